# One image for everything: the schedule with the web server (the default command), any other command, and the migrations.
#   docker build --tag tracker .
#   docker run --publish 127.0.0.1:8000:8000 --volume tracker:/data tracker
ARG PYTHON=3.13

FROM python:${PYTHON}-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY tracker tracker
COPY schemas schemas
COPY seeds seeds
COPY migrations migrations
COPY config config
RUN python -m venv /opt/tracker \
    && /opt/tracker/bin/python -m pip install --no-cache-dir --constraint constraints.txt '.[postgres,timestamp]'

FROM python:${PYTHON}-slim
COPY --from=build /opt/tracker /opt/tracker
# The database, the key and whatever else is kept: /data is the one place that is written to.
RUN useradd --system --uid 10001 --home-dir /data --create-home --shell /usr/sbin/nologin tracker
USER 10001
WORKDIR /data
VOLUME /data
ENV PATH=/opt/tracker/bin:$PATH PYTHONUNBUFFERED=1 TRACKER_LOG_FORMAT=json
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["tracker"]
CMD ["run", "--web", "--host", "0.0.0.0"]
