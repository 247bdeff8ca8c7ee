"""What a site's robots.txt allows us (RFC 9309), known for a day."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import msgspec
from protego import Protego
from yarl import URL

from tracker.fetch.answer import Answer
from tracker.fetch.refusal import Refusal

NAME = "tracker"
"""The product token that rules are addressed to."""
MAX_BYTES = 500 * 1024  # RFC 9309, section 2.5: at least so much is to be read
MAX_DELAY = 60.0

_KEPT_S = 86_400.0
_RETRIED_S = 600.0
_ROOM = 4096
_AGENT = re.compile(r"user[- ]?agent\s*[:\s]\s*(.*)", re.IGNORECASE)
_ASIDE = re.compile(r"(?:site-?maps?|host)\b", re.IGNORECASE)  # said of the site, wherever it stands

Ask = Callable[[URL], Awaitable[Answer]]


class Record(msgspec.Struct, frozen=True):
    """What was found at an origin: its rules (None forbids nothing), or why they are unknown yet.

    `until` is when to look again.
    """

    until: float
    rules: Protego | None = None
    unknown: Refusal | None = None


class Robots:
    """Rules of origins. `ask` fetches a robots.txt, whatever comes of it; times are seconds of `monotonic`."""

    def __init__(self, ask: Ask, monotonic: Callable[[], float]) -> None:
        self._ask, self._now = ask, monotonic
        self._records: dict[URL, Record] = {}
        self._asked: dict[URL, asyncio.Task[Record]] = {}

    async def heed(self, url: URL) -> float:
        """Return the seconds between requests that the site asks for, at most a minute; 0 for none.

        Raises Refusal (`blocked`) if the page is forbidden, or if the rules cannot be had for now: then all of the site
        counts as forbidden (RFC 9309, section 2.3.1.4).
        """
        origin = url.origin()
        record = self._records.get(origin)
        if record is None or record.until <= self._now():
            record = await self._learn(origin)
        if record.unknown is not None:
            why = record.unknown
            raise Refusal(why.kind, why.reason, retry_after=why.retry_after)
        if record.rules is None:
            return 0.0
        if not record.rules.can_fetch(str(url), NAME):
            raise Refusal("blocked", f"robots.txt of {origin.host} forbids this page")
        delay: float | None = record.rules.crawl_delay(NAME)
        return min(delay or 0.0, MAX_DELAY)

    async def close(self) -> None:
        """Give up on what is under way."""
        under_way = list(self._asked.values())
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _learn(self, origin: URL) -> Record:
        task = self._asked.get(origin)
        if task is None:
            task = self._asked[origin] = asyncio.create_task(self._fetch(origin))
            task.add_done_callback(lambda done: self._settled(origin, done))
        return await asyncio.shield(task)

    async def _fetch(self, origin: URL) -> Record:
        answer = await self._ask(origin / "robots.txt")
        record = judged(answer, self._now())
        if len(self._records) >= _ROOM:
            self._records.clear()
        self._records[origin] = record
        return record

    def _settled(self, origin: URL, done: "asyncio.Task[Record]") -> None:
        self._asked.pop(origin, None)
        if not done.cancelled():
            done.exception()


def judged(answer: Answer, now: float) -> Record:
    """Return what an answer for robots.txt means. Pure.

    What is not there (4xx, or a redirect that leads nowhere) forbids nothing; a server that fails or is silent forbids
    everything until it is asked again, ten minutes later or when it said.
    """
    if answer.kind == "fetched":
        return Record(now + _KEPT_S, Protego.parse(concerning(answer.body.decode("utf-8-sig", "replace"))))
    if answer.kind == "rate_limited":
        wait = answer.retry_after or _RETRIED_S
        return Record(now + wait, unknown=Refusal("rate_limited", answer.reason or "", retry_after=answer.retry_after))
    if answer.status is not None and 300 <= answer.status < 500:
        return Record(now + _KEPT_S)
    reason = f"robots.txt cannot be read now, so the site is left alone: {answer.reason}"
    return Record(now + _RETRIED_S, unknown=Refusal("blocked", reason))


def concerning(text: str, name: str = NAME) -> str:
    """Return a robots.txt without the agents that are not us. Pure, linear.

    The parser works through agents times rules, so half a megabyte of agents before half a megabyte of rules would keep
    it busy for an hour. A group keeps its rules under a name that nobody has, so that they apply to nobody.
    """
    kept: list[str] = []
    seen: set[str] = set()
    in_agents = False
    for line in text.splitlines():
        rule = line.partition("#")[0].strip()
        agent = _AGENT.fullmatch(rule)
        if agent is not None:
            if not in_agents:
                in_agents, seen = True, set()
            token = agent[1].replace("*", "").partition("/")[0].strip().lower()
            ours = "*" if agent[1].strip() == "*" else name if token == name else "-"
            if ours not in seen:
                seen.add(ours)
                kept.append(f"User-agent: {ours}")
        elif rule and not _ASIDE.match(rule):
            in_agents = False
            kept.append(rule)
    return "\n".join(kept)
