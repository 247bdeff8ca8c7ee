"""Thirty days of March 2026: what ten outlets write, mostly of LUPEX, and what their servers do meanwhile."""

import msgspec

from tests.acceptance.site.outlets import (
    Habit,
    Outlet,
    atom,
    day,
    during,
    json_feed,
    listing,
    once,
    rss,
    rss_of_changing_guids,
    rss_of_one_guid,
    sitemap,
    story,
)
from tests.acceptance.site.server import Reply, Web

DAYS = 30
MOVED = "http://courier.example/atom.xml"
LOGIN = (
    b"<html><head><title>Members</title></head><body><form>Name <input name=u> Word <input name=p></form></body></html>"
)

PLAN = (
    "The lunar polar rover LUPEX is scheduled for launch in 2028, the Japanese space agency JAXA said on Sunday. India's ISRO "
    "builds the lander, and JAXA provides the rover and the H3 rocket. Engineers at Sagamihara finished fitting the drill last "
    "week, and the flight model now waits for its shaking tests, which begin once the snow has left the access road. "
    "The drill has to reach ice that no sunlight has warmed for two thousand million years, and to bring it up unmelted."
)
PLAN_CORRECTED = PLAN.replace("and JAXA provides the rover and the H3 rocket", "JAXA provides the rover and the H3 rocket, and NASA "
                              "provides a neutron spectrometer").replace("the snow", "the last snow")  # fmt: skip
SLIP = (
    "The launch of LUPEX has slipped from 2028 to 2029, JAXA said on Tuesday. The drill broke twice in the vacuum chamber, and "
    "both times the fault lay in a bearing that had passed every test at room temperature. A new bearing has been ordered from "
    "a maker of dental tools in Nagano, who laughed when he was told what it was for, and then asked for fourteen months."
)
BRIDGE = "The harbour bridge stays closed for another week while painters wait for a dry day, the port office said."


def copied(text: str, by: str) -> str:
    """As others print it: a line of their own in front, and the last sentence cut."""
    return f"{by} \u2014 {text.rpartition('. ')[0]}."


def outlets() -> list[Outlet]:
    """Every outlet of the month, not yet open."""
    return [
        Outlet(
            "agency",
            "Agency Newsroom",
            rss,
            (
                story("plan", 0, "LUPEX to fly in 2028", PLAN, (4, "LUPEX to fly in 2028 with a guest", PLAN_CORRECTED)),
                story("slip", 9, "LUPEX slips to 2029", SLIP),
                story("visit", 12, "Schools visit the clean room", "Forty pupils from Kumamoto looked at bolts, and one asked to keep a glove."),
            ),
            habits=(during(5.5, 7, Reply("500", 500, b"Something broke.")),),
        ),
        Outlet(
            "courier",
            "Polar Courier",
            atom,
            (
                story("rover-plan", 1.5, "Moon rover to leave in 2028", copied(PLAN, "TSUKUBA")),
                story("rover-late", 10, "Moon rover a year late", copied(SLIP, "NAGANO")),
            ),
            habits=(
                once(3, Reply("429", 429, headers={"Retry-After": "21600"})),
                _moved_from(8, MOVED),
            ),
        ),
        Outlet(
            "desk",
            "Lunar Desk",
            json_feed,
            (
                story(
                    "our-own",
                    2.5,
                    "A rover under plastic",
                    "People who work on the rover told this paper that the launch of LUPEX is planned for 2028. Visitors of JAXA saw it "
                    "under a plastic cover, next to a box of spare wheels and a kettle that nobody admits to owning.",
                ),
                story(
                    "budget",
                    16,
                    "What a year of waiting costs",
                    "The lunar rover LUPEX is now expected to launch in 2029. Keeping the team together until then costs as much as a small "
                    "museum, two people close to the budget committee said, and nobody knows yet which account it comes from.",
                ),
            ),
            habits=(during(14, 16.5, Reply("login", 200, LOGIN, {"Content-Type": "text/html"})),),
            media_type="application/feed+json",
        ),
        Outlet(
            "ministry",
            "Press releases of the ministry",
            listing,
            (
                story(
                    "joint-panel-meets-on-lunar-cooperation",
                    0,
                    "Joint panel meets on lunar cooperation",
                    "Officials of both countries went through the open points of the lander's interface for two days.\n"
                    "They agreed to meet again in autumn, and to bring fewer slides. " + "The minutes will be public. " * 12,
                ),
                story(
                    "lupex-passes-its-critical-review",
                    15,
                    "LUPEX passes its critical review",
                    "LUPEX has passed its critical design review, ISRO said on Monday.\n"
                    "The board had eleven questions and was content with ten answers; the eleventh is due in April. "
                    + "Copies of the report can be asked for at the counter. " * 8,
                ),
            ),
            media_type="text/html; charset=utf-8",
        ),
        Outlet(
            "times",
            "Harbour Times",
            sitemap,
            (
                story("bridge", 1, "Bridge stays closed", BRIDGE + " " + "Ferries run every hour. " * 20),
                story(
                    "wheel-maker",
                    18,
                    "The man who makes wheels for the Moon",
                    "He has made wheels for wheelbarrows, for hearses and now for LUPEX, and charges the same for all of them.\n"
                    + "His workshop smells of rubber and of soup. " * 15,
                ),
            ),
        ),
        Outlet(
            "wire",
            "Subcontinent Wire",
            rss,
            (story("late", 9.5, "LUPEX late by a year", copied(SLIP, "BENGALURU")),),
            habits=(
                during(10, 13.5, Reply("hang", hangs=True)),
                during(20, 99, Reply("403", 403, b"Checking your browser", {"cf-mitigated": "challenge"})),
            ),
        ),
        Outlet(
            "gazette",
            "Village Gazette",
            rss,
            (story("fair", 0.5, "Fair moved to June", "The fair moves to June since the field is under water, the mayor wrote."),),
            habits=(during(13, 99, Reply("410", 410)),),
        ),
        Outlet(
            "liar",
            "Evening Liar",
            rss,
            tuple(
                story(f"tide-{n}", n + 0.3, f"High tide number {n}", f"The water stood {n} hands below the {mark} at noon.")
                for n, mark in enumerate(_MARKS)
            ),
            habits=(_never_again(18, 21),),
            etag='"never-changes"',
        ),
        Outlet(
            "bulletin",
            "Observatory Bulletin",
            rss_of_one_guid,
            tuple(
                story(f"night-{n}", n + 0.1, f"Night {n} at the dome", f"We saw {what}, and then the clouds came.")
                for n, what in enumerate(_SIGHTS)
            ),
        ),
        Outlet(
            "daily",
            "Daily Reprint",
            rss_of_changing_guids,
            tuple(
                story(f"recipe-{n}", 2 * n + 0.2, f"Soup of {what}", f"Boil {what} until the neighbours ask what it is.")
                for n, what in enumerate(_SOUPS)
            ),
        ),
    ]  # fmt: skip


_MARKS = ("quay", "old ladder", "lamp", "third ring", "mouth of the drain", "painted fish", "mooring post", "stairs", "sill",
          "weed line", "cannon", "bench", "iron door", "pump", "chapel wall", "crane", "net loft", "slipway", "tide clock")  # fmt: skip
_SIGHTS = ("Saturn", "a faint comet", "the Moon's limb", "two satellites", "nothing at all", "Mars", "a bright meteor", "Vega",
           "the ring nebula", "an owl", "Jupiter's spot", "a balloon", "the Pleiades")  # fmt: skip
_SOUPS = (
    "leeks",
    "barley",
    "river fish",
    "nettles",
    "old bread",
    "beetroot",
    "chestnuts",
    "sorrel",
    "pumpkin",
    "lentils",
)


def _never_again(since: float, until: float) -> Habit:
    """Whatever it is asked, nothing has changed."""

    def habit(_outlet: Outlet, request) -> Reply | None:
        if not day(since) <= request.at < day(until):
            return None
        return Reply("304" if "if-none-match" in request.headers else "304 unasked", 304)

    return habit


def _moved_from(since: float, to: str) -> Habit:
    """The feed has gone to another address for good."""

    def habit(outlet: Outlet, request) -> Reply | None:
        if request.url == to or request.at < day(since):
            return None
        return Reply("301", 301, headers={"Location": to})

    return habit


class Opened(msgspec.Struct, frozen=True):
    """The web of the month, and its outlets by name."""

    web: Web
    outlets: dict[str, Outlet]


def opened(web: Web) -> Opened:
    """Put every outlet on the web."""
    found = {outlet.name: outlet for outlet in outlets()}
    for outlet in found.values():
        outlet.open(web)
    web.pages[MOVED] = found["courier"].answer
    return Opened(web, found)
