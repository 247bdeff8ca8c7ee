"""The web's own composition: from the services to what a server serves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware

from tracker import __version__
from tracker.app import App
from tracker.web import api, operation, pages, problems
from tracker.web.access import Access
from tracker.web.again import Again
from tracker.web.description import describe
from tracker.web.desk import Desk
from tracker.web.limits import Limits

THREADS = 4
"""How many questions are worked on at once. More wait for each other: with eight, 50 clients were served a third less."""

_SUMMARY = "What holds of space missions, agreements and meetings, since when, and which sentence says so."
_DESCRIPTION = """Reading is open; `/acts` decides, for whoever has a token. Lists come in parts: `limit` and `offset`
choose, the Link header leads on (RFC 8288), and `X-Total-Count` tells how many there are. Answers have an ETag that begins with
the position of the log; asked again with If-None-Match, what has not changed is answered with 304. Errors are problems
(RFC 9457). `known_at`, `published_by` and `valid_at` turn back the three clocks: what this tracker knew, what had been published,
what held in the world.
"""


def make(app: App) -> FastAPI:
    """Return what serves the API, ready for a server. One for each process: it remembers answers, and who asks how often."""
    desk = Desk(app)

    @asynccontextmanager
    async def lifespan(_web: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        watching = asyncio.create_task(desk.watch.run())
        try:
            yield
        finally:
            desk.watch.close()
            watching.cancel()

    web = FastAPI(
        title="tracker",
        version=__version__,
        summary=_SUMMARY,
        description=_DESCRIPTION,
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        separate_input_output_schemas=False,
        # What a client calls it too.
        generate_unique_id_function=lambda route: route.name,
    )
    web.state.desk = desk
    web.openapi = lambda: describe(web)  # type: ignore[method-assign]  # FastAPI's documented way to describe oneself
    problems.add_to(web)
    for router in api.routers():
        web.include_router(router)
    web.include_router(operation.router)
    web.include_router(pages.router)
    # From the inside out: what is added last sees a request first.
    web.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    web.add_middleware(Again, looks=desk.looks)
    if origins := [origin.strip() for origin in app.settings.web_cors.split(",") if origin.strip()]:
        web.add_middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match", "Last-Event-ID"],
            expose_headers=["ETag", "Link", "X-Total-Count", "X-Next-Position", "X-Request-ID", "Retry-After"],
        )
    web.add_middleware(Limits, rate=app.settings.web_rate)
    web.add_middleware(Access, count=desk.metrics.count)
    return web
