"""Which addresses may be dialled: the public internet, and of the rest only what the operator opened.

The ranges are those of the IANA special-purpose registries (RFC 6890 and what was added since), listed here because
Python 3.11 calls several of them global: 192.88.99.0/24, multicast, the NAT64 prefixes, 6to4, 3fff::/20 and others.
"""

import ipaddress
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from tracker.errors import ConfigError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

_PRIVATE: tuple[tuple[Network, str], ...] = (
    (IPv4Network("127.0.0.0/8"), "loopback"),
    (IPv4Network("10.0.0.0/8"), "a private network"),
    (IPv4Network("172.16.0.0/12"), "a private network"),
    (IPv4Network("192.168.0.0/16"), "a private network"),
    (IPv6Network("::1/128"), "loopback"),
    (IPv6Network("fc00::/7"), "a private network"),
)

# Services that hand keys to whoever asks from inside a machine: never opened by opening private networks.
_METADATA: tuple[tuple[Network, str], ...] = (
    (IPv4Network("169.254.169.254/32"), "a cloud metadata service"),
    (IPv4Network("169.254.170.2/32"), "a cloud metadata service"),
    (IPv4Network("100.100.100.200/32"), "a cloud metadata service"),
    (IPv4Network("168.63.129.16/32"), "a cloud metadata service"),
    (IPv4Network("192.0.0.192/32"), "a cloud metadata service"),
    (IPv6Network("fd00:ec2::/32"), "a cloud metadata service"),
    (IPv6Network("fd20:ce::254/128"), "a cloud metadata service"),
)

_NEVER: tuple[tuple[Network, str], ...] = (
    (IPv4Network("0.0.0.0/8"), "this host"),
    (IPv4Network("100.64.0.0/10"), "shared address space of carriers"),
    (IPv4Network("169.254.0.0/16"), "link-local"),
    (IPv4Network("192.0.0.0/24"), "protocol assignments"),
    (IPv4Network("192.0.2.0/24"), "documentation"),
    (IPv4Network("192.31.196.0/24"), "AS112 anycast"),
    (IPv4Network("192.52.193.0/24"), "automatic multicast tunnelling"),
    (IPv4Network("192.88.99.0/24"), "6to4 relays"),
    (IPv4Network("192.175.48.0/24"), "AS112 anycast"),
    (IPv4Network("198.18.0.0/15"), "benchmarking"),
    (IPv4Network("198.51.100.0/24"), "documentation"),
    (IPv4Network("203.0.113.0/24"), "documentation"),
    (IPv4Network("224.0.0.0/4"), "multicast"),
    (IPv4Network("240.0.0.0/4"), "reserved"),
    (IPv6Network("::/128"), "this host"),
    (IPv6Network("::/96"), "IPv4-compatible"),
    (IPv6Network("::ffff:0:0:0/96"), "translated IPv4"),
    (IPv6Network("64:ff9b::/96"), "translated IPv4 (NAT64)"),
    (IPv6Network("64:ff9b:1::/48"), "translated IPv4 (NAT64)"),
    (IPv6Network("100::/64"), "discard-only"),
    (IPv6Network("2001::/32"), "Teredo tunnels"),
    (IPv6Network("2001::/23"), "protocol assignments"),
    (IPv6Network("2001:db8::/32"), "documentation"),
    (IPv6Network("2002::/16"), "6to4 tunnels"),
    (IPv6Network("2620:4f:8000::/48"), "AS112 anycast"),
    (IPv6Network("3fff::/20"), "documentation"),
    (IPv6Network("5f00::/16"), "segment routing"),
    (IPv6Network("fe80::/10"), "link-local"),
    (IPv6Network("fec0::/10"), "site-local"),
    (IPv6Network("ff00::/8"), "multicast"),
)
_UNICAST = IPv6Network("2000::/3")  # all of IPv6 that was ever given out for global use


class Allowed:
    """What may be dialled: `private` opens loopback and private networks, `networks` single ones.

    Raises ConfigError for a network that is none.
    """

    def __init__(self, *, private: bool = False, networks: Iterable[str] = ()) -> None:
        self._private = private
        try:
            self._networks = tuple(ipaddress.ip_network(text) for text in networks)
        except ValueError as error:
            raise ConfigError("fetch networks", f"{error}; write an address or a network such as 10.1.2.0/24") from None

    def why_not(self, text: str) -> str | None:
        """Return why an address is not dialled, None if it may be. Pure; the text is one that `ipaddress` reads."""
        address = ipaddress.ip_address(text.partition("%")[0])
        inner = _unwrapped(address)
        if isinstance(address, IPv6Address) and inner is not None and address.ipv4_mapped is not None:
            address, inner = inner, None  # the machine dials the IPv4 address itself
        why = self._why_not(address)
        return f"{why} around {inner}" if why and inner is not None else why

    def _why_not(self, address: Address) -> str | None:
        if why := _within(_METADATA, address):
            return f"{address} is {why}"
        if any(address in network for network in self._networks):
            return None
        if why := _within(_PRIVATE, address):
            return None if self._private else f"{address} is {why}"
        if why := _within(_NEVER, address):
            return f"{address} is {why}"
        if isinstance(address, IPv6Address) and address not in _UNICAST:
            return f"{address} is reserved"
        # Ranges set aside after this list was written, as far as the interpreter knows of them.
        return None if address.is_global else f"{address} is not on the public internet"


def _within(ranges: tuple[tuple[Network, str], ...], address: Address) -> str | None:
    return next((why for network, why in ranges if address in network), None)


def _unwrapped(address: Address) -> IPv4Address | None:
    """The IPv4 address inside an IPv6 one (RFC 4291, 3056, 6052), None where there is none."""
    if isinstance(address, IPv4Address):
        return None
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    if address.teredo is not None:
        return address.teredo[1]
    if address in IPv6Network("64:ff9b::/96") or (address in IPv6Network("::/96") and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None
