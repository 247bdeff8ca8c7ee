"""What docs/delivery.md promises in figures and commands is what the code does."""

import re
from pathlib import Path

import typer

from tracker.cli.door import app
from tracker.domain.ids import short_id
from tracker.services.delivery.content import MOST
from tracker.services.delivery.patience import ATTEMPTS, WAITS, rests_for
from tracker.settings import DELIVERY_S, load

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "delivery.md").read_text()
FLAT = " ".join(TEXT.split())


def test_every_command_and_option_is_one():
    root = typer.main.get_command(app)
    named = set(re.findall(r"tracker (subscriptions|deliveries) (\w+)", TEXT))
    assert {word for _, word in named} >= {"add", "test", "enable", "list", "retry", "drop"}
    for family, word in named:
        assert word in root.commands[family].commands
    options = {o for one in root.commands["subscriptions"].commands["add"].params for o in one.opts}
    options |= {o for one in root.commands["deliveries"].commands.values() for p in one.params for o in p.opts}
    assert set(re.findall(r"--[a-z][a-z-]+", TEXT)) - {"--json"} <= options


def test_figures_are_those_of_the_code():
    assert WAITS == (5, 60, 300, 1800, 7200, 28_800, 86_400)
    assert "after 5 seconds, 1, 5 and 30 minutes, 2 and 8 hours and a day" in FLAT
    assert ATTEMPTS == 8
    assert "After eight attempts" in FLAT
    assert rests_for(8) == 300
    assert "at most five minutes" in FLAT
    assert f"up to {MOST} `changes`" in FLAT
    assert DELIVERY_S == 15
    assert "within 15 seconds" in FLAT
    assert load({}, {}).deliver_flood == 10
    assert "more than ten changes (`deliver_flood`)" in FLAT


def test_ids_look_as_they_are_shown():
    (shown,) = set(re.findall(r"msg_[0-9a-f]{20}", TEXT))
    assert len(shown) == len(short_id("msg", "anything"))
    assert "." not in shown
