"""Addresses that a page of the web has no business to have asked: this machine's, its network's."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

# RFC 6052, 8215: IPv4 addresses written in IPv6, as translators between the two have them.
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))


def is_private(address: str) -> bool:
    """Tell whether an address, as the system's resolver gives it, is not one of the public internet's.

    The registries of IANA, as `ipaddress` has them, and addresses that lead to one of theirs.
    """
    try:
        ip = ip_address(address.partition("%")[0])  # fe80::1%eth0
    except ValueError:
        return True
    return not all(one.is_global and not one.is_multicast for one in _all_of(ip))


def _all_of(ip: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """Return an address, or the IPv4 one that it carries."""
    if isinstance(ip, IPv4Address):
        return [ip]
    if ip.ipv4_mapped:
        return [ip.ipv4_mapped]
    if any(ip in network for network in _NAT64):
        return [IPv4Address(ip.packed[-4:])]
    if ip.sixtofour:
        return [ip, ip.sixtofour]
    return [ip, *(ip.teredo or ())]
