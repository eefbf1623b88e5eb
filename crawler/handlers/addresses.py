"""Which addresses the crawler may speak to: public ones, and nothing else.

A hostile page can redirect a crawler to the machine it runs on, to the router or to a cloud's metadata
service. The judgement is made on the address a connection is about to be opened to, after the name was
resolved, so that neither a name nor an odd spelling of an address (``127.1``, ``0x7f000001``,
``[::ffff:127.0.0.1]``) goes round it.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from scrapy.exceptions import IgnoreRequest

Address = IPv4Address | IPv6Address

# Addresses of metadata services that lie outside every special-purpose range.
_METADATA = frozenset({ip_address("168.63.129.16")})
# IPv6 ranges whose last 32 bits are an IPv4 address that a translator on the way would connect to.
_TRANSLATED = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))
_SIX_TO_FOUR = IPv6Network("2002::/16")
# Special ranges that some versions of Python count as global: protocol assignments, the old 6to4 relay.
_SPECIAL = (IPv4Network("192.0.0.0/24"), IPv4Network("192.88.99.0/24"))


class AddressRefused(IgnoreRequest):
    """A connection to an address that is not public was refused; nothing was sent.

    An ``IgnoreRequest``, so that neither a retry nor an error log with a traceback follows.
    """

    def __init__(self, host: str, address: str) -> None:
        where = host if host == address else f"{host} ({address})"
        super().__init__(f"{where} is no public address")
        self.host = host
        self.address = address


def is_public(address: str | Address) -> bool:
    """Whether ``address`` (a literal, without brackets) is a public unicast address."""
    ip = ip_address(address) if isinstance(address, str) else address
    if isinstance(ip, IPv6Address):
        inner = _embedded(ip)
        if inner is not None:
            return is_public(inner)
    special = ip in _METADATA or any(ip in network for network in _SPECIAL)
    return ip.is_global and not ip.is_multicast and not special


def literal(host: str) -> Address | None:
    """The address that ``host`` spells, brackets allowed; ``None`` when it is a name."""
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None


def check_host(host: str) -> None:
    """Refuse, before any resolution, a host that names this machine or spells a non-public address.

    Raises ``AddressRefused``. A name passes: it is judged again when its address is known.
    """
    ip = literal(host)
    if ip is not None and not is_public(ip):
        raise AddressRefused(host, str(ip))
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        raise AddressRefused(host, "loopback")


def is_test_name(host: str) -> bool:
    """Whether ``host`` lies under ``.test``, which no resolver answers for (RFC 6761)."""
    return host.rstrip(".").lower().endswith(".test")


@dataclass(frozen=True, slots=True)
class Loopback:
    """The one address and port of this machine that names under ``.test`` are connected to."""

    address: str
    port: int

    @classmethod
    def parse(cls, text: str) -> Loopback | None:
        """Read the setting ``LOOPBACK``: ``ADDRESS:PORT``, empty for none.

        Raises ``ValueError`` when it is something else, or no loopback address.
        """
        if not text:
            return None
        host, _, port = text.rpartition(":")
        ip = literal(host)
        if ip is None or not ip.is_loopback or not port.isdecimal() or not 0 < int(port) < 65536:
            raise ValueError(f"LOOPBACK={text!r}: expected a loopback address and a port, such as 127.0.0.1:8000")
        return cls(str(ip), int(port))

    def admits(self, port: int) -> bool:
        """Whether a ``.test`` URL with ``port`` may be connected: only a port left out, or our own."""
        return port in (80, 443, self.port)


def _embedded(ip: IPv6Address) -> IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip in _SIX_TO_FOUR:
        return ip.sixtofour
    if any(ip in network for network in _TRANSLATED) and int(ip) > 1:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.teredo[1] if ip.teredo is not None else None
