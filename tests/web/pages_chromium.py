"""A real browser in tests: Chromium, driven through its own protocol; what it asked for and complained of is kept."""

import asyncio
import base64
import contextlib
import itertools
import json
import shutil
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import aiohttp

BINARY = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_PATIENCE_S = 30


class Browser:
    """One tab. `visit` an address, then ask the page."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket, self._numbers = socket, itertools.count(1)
        self.asked: list[str] = []
        self.complaints: list[str] = []

    async def call(self, method: str, **params):
        """Return what a method of the protocol answers."""
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": params})
        while True:
            message = await self._message()
            if message.get("id") == number:
                assert "error" not in message, (method, message["error"])
                return message["result"]

    async def _message(self):
        received = await self._socket.receive(timeout=_PATIENCE_S)
        assert received.type is aiohttp.WSMsgType.TEXT, received
        message = json.loads(received.data)
        match message.get("method"):
            case "Network.requestWillBeSent":
                self.asked.append(message["params"]["request"]["url"])
            case "Runtime.exceptionThrown":
                self.complaints.append(message["params"]["exceptionDetails"]["text"])
            case "Log.entryAdded" if message["params"]["entry"]["level"] in ("warning", "error"):
                entry = message["params"]["entry"]
                self.complaints.append(f"{entry['text']} {entry.get('url', '')}")
        return message

    async def visit(self, url: str) -> None:
        """Open an address, and wait until it has come with all it needs."""
        before = (await self.call("Page.getFrameTree"))["frameTree"]["frame"]["loaderId"]
        await self.call("Page.navigate", url=url)
        for _ in range(1000):
            frame = (await self.call("Page.getFrameTree"))["frameTree"]["frame"]
            # A mere step to another place of the same page loads nothing.
            loaded = frame["loaderId"] != before or frame["url"].partition("#")[0] == url.partition("#")[0]
            if loaded and await self.run("document.readyState") == "complete":
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{url} never was complete")

    async def run(self, script: str):
        """Return what a script says in the page."""
        made = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in made, made
        return made["result"].get("value")

    async def size(self, width: int, height: int = 900, *, scheme: str = "light") -> None:
        """Make the window so many CSS pixels wide, by day or by night."""
        await self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 500
        )
        await self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    async def picture(self, path: Path, *, most: int = 3000) -> None:
        """Save the page from its top, at most so many pixels high."""
        box = (await self.call("Page.getLayoutMetrics"))["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": box["width"], "height": min(box["height"], most), "scale": 1}
        made = await self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
        await asyncio.to_thread(_save, path, base64.b64decode(made["data"]))

    async def press(self, key: str, code: int) -> None:
        """Press a key and let it go."""
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key=key, code=key, windowsVirtualKeyCode=code)


def _save(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


async def _port(folder: Path, process: asyncio.subprocess.Process) -> str:
    told = folder / "DevToolsActivePort"
    for _ in range(_PATIENCE_S * 20):
        if told.exists() and (lines := told.read_text().splitlines()):
            return lines[0]
        assert process.returncode is None, "the browser has ended"
        await asyncio.sleep(0.05)
    raise AssertionError("the browser never opened its door")


@contextlib.asynccontextmanager
async def browser(folder: Path, *, more: Sequence[str] = ()) -> AsyncIterator[Browser]:
    """Start Chromium with an empty profile in a folder, for the length of the block."""
    assert BINARY
    command = [BINARY, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
    command += ["--disable-background-networking", "--disable-component-update", "--hide-scrollbars", *more]
    command += [f"--user-data-dir={folder}", "--remote-debugging-port=0", "about:blank"]
    quiet = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*command, stdout=quiet, stderr=quiet)
    try:
        port = await _port(folder, process)
        async with aiohttp.ClientSession() as session:
            async with session.get(f"http://127.0.0.1:{port}/json/list") as answer:
                tabs = await answer.json()
            address = next(tab["webSocketDebuggerUrl"] for tab in tabs if tab["type"] == "page")
            async with session.ws_connect(address, max_msg_size=0) as socket:
                made = Browser(socket)
                for domain in ("Page", "Runtime", "Log", "Network"):
                    await made.call(f"{domain}.enable")
                yield made
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), _PATIENCE_S)
