"""Asking a language model over an OpenAI-compatible endpoint: POST /chat/completions, with a budget and patience.

The address is the operator's own word, so it may be on this machine. The key goes into one header, and nowhere else.
"""

import asyncio
import email.utils
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import msgspec

from tracker.errors import ConfigError, ReaderUnavailableError

if TYPE_CHECKING:
    import aiohttp

_LARGEST_ANSWER = 2 * 1024 * 1024
_ATTEMPTS = 4
_LONGEST_WAIT = 60.0
REST_S = 300.0
"""How long an endpoint that could not be asked is left alone, so that a run is not held up at every document."""
_BYTES_PER_TOKEN = 4  # when an endpoint does not count: English has about that many
_PASSES = frozenset({408, 409, 425, 429, 500, 502, 503, 504})
Sleep = Callable[[float], Awaitable[None]]


class Endpoint(msgspec.Struct, frozen=True):
    """Whom to ask: the base URL (`http://localhost:11434/v1`), the model's name, and the key if one is wanted.

    `budget` is how many tokens may be spent until midnight UTC; `seconds` how long one answer may take in all.
    """

    url: str
    model: str
    key: str = ""
    budget: int = 1_000_000
    seconds: float = 120.0


class _Usage(msgspec.Struct):
    total_tokens: int = 0


class _Said(msgspec.Struct):
    content: str | None = None


class _Choice(msgspec.Struct):
    message: _Said


class _Completion(msgspec.Struct):
    choices: list[_Choice]
    usage: _Usage | None = None


class Completion:
    """Asks one endpoint. `today` gives the day whose budget is spent, `sleep` waits between attempts."""

    def __init__(
        self,
        endpoint: Endpoint,
        *,
        today: Callable[[], object],
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Raise ConfigError for an address that is none."""
        if not endpoint.url.startswith(("http://", "https://")) or not endpoint.model:
            raise ConfigError(
                "model_url", "needs an http(s) URL such as http://localhost:11434/v1, and model_name a name"
            )
        self._endpoint, self._today, self._sleep, self._monotonic = endpoint, today, sleep, monotonic
        self._rests_until, self._why = 0.0, ""
        self._day: object = None
        self._spent = 0
        # Some servers know no structured outputs; they are asked in words alone from their first refusal on.
        self._structured = True

    @property
    def spent(self) -> int:
        """Tokens spent today."""
        return self._spent if self._day == self._today() else 0

    def ask(self, messages: Sequence[Mapping[str, str]], form: Mapping[str, object]) -> str:
        """Return the model's answer.

        Raises ReaderUnavailableError when the budget is spent, the key is refused, or no answer comes after four attempts.
        """
        if self._day != (today := self._today()):
            self._day, self._spent = today, 0
        if self._spent >= self._endpoint.budget:
            raise ReaderUnavailableError(f"the budget of {self._endpoint.budget:,} tokens for today is spent")
        body = {"model": self._endpoint.model, "temperature": 0, "messages": list(messages)}
        if self._monotonic() < self._rests_until:
            raise ReaderUnavailableError(self._why)
        # In a thread of its own: the caller may be inside an event loop, which must not be entered twice.
        with ThreadPoolExecutor(1) as thread:
            try:
                return thread.submit(asyncio.run, self._asked(body, form)).result()
            except ReaderUnavailableError as error:
                self._rests_until, self._why = self._monotonic() + REST_S, str(error)
                raise

    async def _asked(self, body: dict[str, Any], form: Mapping[str, object]) -> str:
        import aiohttp  # noqa: PLC0415  (takes long to load, and only this needs it)

        headers = {"User-Agent": "tracker", "Accept-Encoding": "identity"}
        if self._endpoint.key:
            headers["Authorization"] = f"Bearer {self._endpoint.key}"
        reason = ""
        timeout = aiohttp.ClientTimeout(total=self._endpoint.seconds)
        async with aiohttp.ClientSession(timeout=timeout, headers=headers) as session:
            for attempt in range(_ATTEMPTS):
                try:
                    status, raw, wait = await self._once(session, body, form)
                except (aiohttp.ClientError, TimeoutError) as error:
                    status, raw, wait, reason = 0, b"", None, f"no answer ({type(error).__name__})"
                if status == 200:
                    return self._content(raw, body)
                if status == 400 and self._structured:
                    self._structured = False
                    continue
                if status:
                    reason = f"status {status}"
                if status and status not in _PASSES:
                    break
                if attempt + 1 < _ATTEMPTS:
                    await self._sleep(min(wait if wait is not None else 2.0**attempt, _LONGEST_WAIT))
        raise ReaderUnavailableError(f"the model {self._endpoint.model} cannot be asked: {reason}")

    async def _once(
        self, session: "aiohttp.ClientSession", body: dict[str, Any], form: Mapping[str, object]
    ) -> tuple[int, bytes, float | None]:
        asked = dict(body)
        if self._structured:
            schema = {"name": "claims", "strict": True, "schema": form}
            asked["response_format"] = {"type": "json_schema", "json_schema": schema}
        url = self._endpoint.url.rstrip("/") + "/chat/completions"
        async with session.post(url, json=asked, allow_redirects=False) as response:
            raw = bytearray()
            async for part in response.content.iter_any():
                raw += part
                if len(raw) > _LARGEST_ANSWER:
                    raise ReaderUnavailableError(f"the model answers with more than {_LARGEST_ANSWER:,} bytes")
            return response.status, bytes(raw), _wait(response.headers.get("Retry-After"))

    def _content(self, raw: bytes, body: Mapping[str, Any]) -> str:
        try:
            answer = msgspec.json.decode(raw, type=_Completion)
        except msgspec.DecodeError:
            raise ReaderUnavailableError("the endpoint does not answer as /chat/completions does") from None
        used = answer.usage.total_tokens if answer.usage else 0
        self._spent += used or (len(raw) + len(msgspec.json.encode(body))) // _BYTES_PER_TOKEN
        return (answer.choices[0].message.content or "") if answer.choices else ""


def _wait(said: str | None) -> float | None:
    """Seconds of a Retry-After header; a date counts as not given, since clocks differ."""
    if said is None or email.utils.parsedate_tz(said) is not None:
        return None
    try:
        return max(0.0, float(said))
    except ValueError:
        return None
