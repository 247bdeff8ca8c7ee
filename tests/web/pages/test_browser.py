"""A real browser opens every page: nothing is asked of other hosts, nothing complains, nobody is shut out."""

import asyncio
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web.pages_chromium import BINARY, browser

pytestmark = pytest.mark.skipif(BINARY is None, reason="no Chromium is installed")

SCREENS = Path(__file__).resolve().parents[3] / "build" / "screens"
WIDTHS = (390, 820, 1280)
PATHS = {
    "board": "/",
    "subject": "/subjects/mission/lupex",
    "then": "/subjects/mission/lupex?published_by=2020",
    "why": "/subjects/mission/lupex/explain/launch_date",
    "history": "/subjects/mission/lupex/history",
    "compare": "/subjects/mission/lupex/compare?from=2020&to=2026",
    "documents": "/documents",
    "document": "/documents/harm",
    "versions": "/documents/wire%2F1%3Fa%3Db?version=2&against=1",
    "conflicts": "/conflicts",
    "slips": "/slips",
    "sources": "/sources",
    "audit": "/audit",
    "search": "/search?q=lunar+polar",
}
BY_NIGHT = ("board", "subject", "why", "document", "versions", "compare")
AXE = """axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]})
  .then(found => found.violations.filter(each => ["serious", "critical"].includes(each.impact))
  .map(each => each.id + ": " + each.nodes.map(node => node.target).join(", ")))"""


def test_pages_are_sound_at_every_width_by_day_and_by_night(shown, tmp_path):
    axe = (resources.files("axe_core_python") / "axe.min.js").read_text("utf-8")
    root = str(shown.client.base_url).rstrip("/")

    async def look() -> None:
        async with browser(tmp_path) as tab:
            for name, path in PATHS.items():
                for width in WIDTHS:
                    await tab.size(width)
                    await tab.visit(root + path)
                    assert await tab.run("document.documentElement.scrollWidth") <= width, (name, width)
                    await tab.picture(SCREENS / f"{name}-{width}.png")
                for scheme in ("light", "dark") if name in BY_NIGHT else ("light",):
                    await tab.size(1280, scheme=scheme)
                    await tab.run(axe)
                    assert await tab.run(AXE) == [], (name, scheme)
                    if scheme == "dark":
                        await tab.picture(SCREENS / f"{name}-1280-dark.png")
            assert tab.complaints == []
            assert {urlsplit(url).netloc for url in tab.asked if not url.startswith("data:")} == {urlsplit(root).netloc}

    asyncio.run(look())


def test_somebody_goes_from_the_board_to_the_marked_sentence_with_the_keyboard(shown, tmp_path):
    root = str(shown.client.base_url).rstrip("/")

    async def go(tab, words: str) -> None:
        """Step from link to link until one has these words, and take it."""
        before = await tab.run("location.href")
        for _ in range(200):
            await tab.press("Tab", 9)
            here = await tab.run(
                "[document.activeElement.textContent.trim(), getComputedStyle(document.activeElement).outlineStyle]"
            )
            if here[0] == words:
                assert here[1] != "none", "where one is must be seen"
                break
        else:
            raise AssertionError(f"{words!r} cannot be reached")
        await tab.run("document.activeElement.click()")
        for _ in range(200):
            if await tab.run("location.href") != before and await tab.run("document.readyState") == "complete":
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"{words!r} leads nowhere")

    async def walk() -> None:
        async with browser(tmp_path) as tab:
            await tab.size(1280)
            await tab.visit(root + "/?name=lupex&kind=mission")
            await tab.press("Tab", 9)
            assert await tab.run("document.activeElement.textContent") == "Skip to the content"
            await go(tab, "LUPEX")
            assert await tab.run("document.querySelectorAll('svg rect.window').length") >= 3
            await go(tab, "Launch")
            await go(tab, "2025-01-india-japan-space-snapshot")
            assert (
                await tab.run("document.querySelector('#said').textContent") == "LUPEX is scheduled for launch in 2025"
            )
            for _ in range(100):
                place = await tab.run("document.querySelector('#said').getBoundingClientRect().top / innerHeight")
                if 0 <= place < 1:
                    break
                await asyncio.sleep(0.02)
            assert 0 <= place < 1, "the sentence is to be in sight"

    asyncio.run(walk())
