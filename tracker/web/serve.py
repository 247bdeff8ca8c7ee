"""Running the web server until it is told to stop: no request is cut off that can end soon."""

import asyncio
import socket
import threading

import structlog
import uvicorn

from tracker.app import App
from tracker.errors import ConfigError
from tracker.web.app import make
from tracker.web.limits import LONGEST_ADDRESS

log = structlog.get_logger(__name__)

GRACE_S = 5
"""How long what is being answered may take to end after a stop."""
_LOOK_S = 0.1
_CONNECTIONS = 1000
"""How many may be open at once; whoever comes then is answered 503."""


class Serve:
    """A server on an address; `port` is the one it has, also where any was asked for."""

    def __init__(self, app: App, *, host: str, port: int) -> None:
        """Take the address, so that one that is taken already is told of before anything runs.

        Raises ConfigError for such an address, and StoreUnavailableError for a database that cannot be used.
        """
        self._web = make(app)
        # A database that cannot be used is told of here, to whoever starts the server.
        self._web.state.desk.look()
        self._socket = _listen(host, port)
        self.failed = False
        self.host, self.port = host, int(self._socket.getsockname()[1])
        if app.settings.web_rate == 0 and not _is_own(host):
            log.warning("web.unlimited", host=host, advice="others can connect; set web_rate")
        self._server = uvicorn.Server(
            uvicorn.Config(
                self._web,
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=True,
                proxy_headers=bool(app.settings.web_proxies.strip()),
                forwarded_allow_ips=app.settings.web_proxies,
                timeout_keep_alive=15,
                timeout_graceful_shutdown=GRACE_S,
                limit_concurrency=_CONNECTIONS,
                # Longer ones than we take, so that it is we who refuse them, in words.
                h11_max_incomplete_event_size=32 * LONGEST_ADDRESS,
            )
        )

    def until(self, stop: threading.Event) -> None:
        """Serve until the event is set; then take nothing new, end what runs, and return."""
        log.info("web.listens", host=self.host, port=self.port)
        asyncio.run(self._serve(stop))
        log.info("web.stopped")

    def beside(self, stop: threading.Event) -> threading.Thread:
        """Serve in a thread of its own, which is returned. Should the server fail, it sets the event itself."""

        def run() -> None:
            try:
                self.until(stop)
            except Exception:
                log.exception("web.failed")
                self.failed = True
            finally:
                stop.set()

        thread = threading.Thread(target=run, name="web")
        thread.start()
        return thread

    async def _serve(self, stop: threading.Event) -> None:
        # `serve` would take the signals, which are the command's.
        serving = asyncio.create_task(self._server._serve([self._socket]))  # noqa: SLF001  (said above)
        while not (stop.is_set() or serving.done()):  # noqa: ASYNC110  (who says stop is in another thread)
            await asyncio.sleep(_LOOK_S)
        # Who waits or follows along would hold up the end.
        self._web.state.desk.watch.close()
        self._server.should_exit = True
        await serving
        self._socket.close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ConfigError("--host", f"{host!r} is no address of this machine: {error.strerror}") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(1024)
    except OSError as error:
        made.close()
        raise ConfigError("--host and --port", f"cannot listen on {host}:{port}: {error.strerror}") from None
    return made


def _is_own(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")
