"""The public internet may be dialled; nothing else, unless the operator opened it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import ConfigError
from tracker.fetch import addresses
from tracker.fetch.addresses import Allowed

PUBLIC = [
    "8.8.8.8",
    "93.184.216.34",
    "192.0.1.1",
    "100.63.255.255",
    "223.255.255.255",
    "2606:4700::1111",
    "2a00:1450::1",
]
INSIDE = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "::1",
    "fd12::1",
    "fc00::1",
]
NEVER = [
    "0.0.0.0", "0.1.2.3", "100.64.0.1", "169.254.0.1", "192.0.0.8", "192.0.0.9", "192.0.2.1", "192.88.99.1", "198.18.0.1",
    "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::2", "::7f00:1", "::808:808", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::808:808", "64:ff9b:1::1",
    "100::1", "100:0:0:1::1", "2001::1", "2001:2::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "2002:808:808::1",
    "3fff::1", "4000::1", "5f00::1", "8000::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
METADATA = ["169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254"]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_are_dialled(address):
    assert Allowed().why_not(address) is None


@pytest.mark.parametrize("address", [*INSIDE, *NEVER, *METADATA])
def test_nothing_else_is(address):
    assert Allowed().why_not(address) is not None


@pytest.mark.parametrize("address", INSIDE)
def test_an_operator_can_open_the_inside(address):
    assert Allowed(private=True).why_not(address) is None


@pytest.mark.parametrize("address", [*NEVER, *METADATA])
def test_what_is_no_place_for_news_stays_closed(address):
    assert Allowed(private=True).why_not(address) is not None


@pytest.mark.parametrize("address", METADATA)
def test_no_network_that_is_opened_reaches_the_keys_of_a_machine(address):
    assert Allowed(private=True, networks=["0.0.0.0/0", "::/0"]).why_not(address) is not None


def test_one_network_can_be_opened_and_its_neighbour_stays_closed():
    allowed = Allowed(networks=["10.1.2.0/24", "::1"])
    assert allowed.why_not("10.1.2.3") is None
    assert allowed.why_not("::1") is None
    assert allowed.why_not("::ffff:10.1.2.3") is None
    assert allowed.why_not("10.1.3.3") == "10.1.3.3 is a private network"
    assert allowed.why_not("127.0.0.1") == "127.0.0.1 is loopback"


def test_a_network_that_is_none_is_the_operators_to_mend():
    with pytest.raises(ConfigError, match=r"10\.1\.2\.3/24.*write an address or a network"):
        Allowed(networks=["10.1.2.3/24"])


@pytest.mark.parametrize(
    ("wrapped", "inner"),
    [("2002:a9fe:a9fe::", "169.254.169.254"), ("64:ff9b::10.0.0.1", "10.0.0.1"), ("::192.168.0.1", "192.168.0.1")],
)
def test_the_reason_names_the_address_inside(wrapped, inner):
    assert inner in (Allowed().why_not(wrapped) or "")


@settings(deadline=None)
@given(st.ip_addresses(v=4))
def test_an_address_fares_no_better_in_the_clothes_of_the_other_family(address):
    inside = Allowed().why_not(str(address))
    assert (Allowed().why_not(f"::ffff:{address}") is None) == (inside is None)
    for clothes in ("64:ff9b::", "::", "::ffff:0:"):
        assert Allowed().why_not(f"{clothes}{address}") is not None


@settings(deadline=None)
@given(st.data())
def test_every_address_of_every_listed_range_is_refused(data):
    network, _ = data.draw(st.sampled_from([*addresses._PRIVATE, *addresses._METADATA, *addresses._NEVER]))
    address = data.draw(st.integers(int(network.network_address), int(network.broadcast_address)))
    text = str(type(network.network_address)(address))
    assert Allowed().why_not(text) is not None


@settings(deadline=None)
@given(st.ip_addresses())
def test_what_the_interpreter_knows_to_be_special_is_refused_too(address):
    if not address.is_global or address.is_multicast or address.is_loopback or address.is_link_local:
        assert Allowed().why_not(str(address)) is not None


def test_an_address_with_a_zone_is_judged_without_it():
    assert Allowed(private=True).why_not("fe80::1%eth0") == "fe80::1 is link-local"
