"""Addresses that a page of the web has no business to have asked: this machine's, its network's."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# IPv4 addresses written in IPv6, as translators between the two have them (RFC 6052, 8215), and as RFC 4291
# once did (2.5.5.1).
_CARRY_IPV4 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"), IPv6Network("::/96"))


def is_private(address: str) -> bool:
    """Tell whether an address, as the system's resolver gives it, is not one of the public internet's.

    The registries of IANA, as `ipaddress` has them, and addresses that lead to one of theirs.
    """
    try:
        ip = ip_address(address.partition("%")[0])  # fe80::1%eth0
    except ValueError:
        return True
    return not all(one.is_global and not one.is_multicast for one in _all_of(ip))


def is_private_literal(host: str) -> bool:
    """Tell whether a URL's host is itself an address that must not be asked; a name is not.

    Systems also read `127.1`, `0x7f000001` and `2130706433` (inet_aton).
    """
    try:
        return is_private(str(ip_address(host)))
    except ValueError:
        pass
    try:
        return is_private(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, ValueError):
        return False


def _all_of(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return an address, or the IPv4 one that it carries."""
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if any(ip in network for network in _CARRY_IPV4):
        return [IPv4Address(ip.packed[-4:])]
    if ip.sixtofour:
        return [ip, ip.sixtofour]
    return [ip, *(ip.teredo or ())]
