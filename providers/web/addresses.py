"""Which addresses are public: everything else may be a machine of the operator's own."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

Network = IPv4Network | IPv6Network

_NOT_PUBLIC: Final = {
    "0.0.0.0/8": "this host",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "carrier-grade NAT",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "a cloud's own server",
    "169.254.0.0/16": "link-local, where clouds keep their keys",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "AMT relays",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarks",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
    "2001::/23": "protocol assignments, Teredo among them",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4, which holds an IPv4 address",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
}
"""The special-purpose registries of IANA (IPv4 and IPv6), and one address that every virtual machine of a
large cloud has beside it. Our own list, because that of the standard library differs between versions."""
_TABLE: Final = tuple((ip_network(network), why) for network, why in _NOT_PUBLIC.items())
_GLOBAL: Final = ip_network("2000::/3")
"""All of IPv6 that is given out; what maps, translates or embeds IPv4 (::ffff:0:0/96, 64:ff9b::/96,
64:ff9b:1::/48), loopback, unique-local, link-local, site-local and multicast addresses lie outside of it."""


def not_public(address: str, permitted: Iterable[Network] = ()) -> str:
    """Say why a resolved address may not be connected to; empty for a public one.

    An address in a permitted network counts as public.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return "no address"
    if any(found in network for network in permitted if network.version == found.version):
        return ""
    if isinstance(found, IPv6Address) and (found not in _GLOBAL or found.scope_id):
        return "IPv6 that is not given out for the public"
    return next((why for network, why in _TABLE if network.version == found.version and found in network), "")
