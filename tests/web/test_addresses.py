"""Which addresses are asked: none that may be a machine of the operator's own, however it is spelled."""

import pytest

from domain.errors import Denied, UserError
from providers.web.addresses import not_public
from providers.web.guard import Guard, place_of, resolve

OWN = [
    # loopback and unspecified
    "127.0.0.1", "127.8.8.8", "0.0.0.0", "0.1.2.3", "::1", "::",
    # private, shared, link-local, a cloud's own
    "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1", "100.127.255.254",
    "169.254.169.254", "169.254.170.2", "168.63.129.16", "fe80::1", "fec0::1", "fc00::1", "fd00:ec2::254",
    # IPv4 inside of IPv6: mapped, compatible, translated, tunnelled
    "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::8.8.8.8",
    "64:ff9b:1::a00:1", "2002:7f00:1::", "2002:a9fe:a9fe::1", "2001::1", "2001:0:53aa:64c::1",
    # for documents, tests, relays, many, nobody
    "192.0.2.1", "198.51.100.1", "203.0.113.9", "2001:db8::1", "3fff::1", "198.18.0.1", "198.19.255.255",
    "192.0.0.1", "192.88.99.1", "192.31.196.1", "192.52.193.1", "192.175.48.1", "2620:4f:8000::1",
    "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255", "ff02::1", "100::1", "5f00::1",
    # no address at all
    "fe80::1%eth0", "2606:4700::1%lo", "localhost", "", "1.2.3", "8.8.8.8/32",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "169.253.255.255",
    "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "223.255.255.255", "2606:4700:4700::1111", "2a00:1450:4001::200e", "2001:4860:4860::8888",
]  # fmt: skip


@pytest.mark.parametrize("address", OWN)
def test_an_address_that_is_not_public_is_refused_with_its_reason(address: str) -> None:
    assert not_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_passes_up_to_its_neighbours(address: str) -> None:
    assert not_public(address) == ""


SPELLED = [
    "http://127.0.0.1/a.png", "http://2130706433/", "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/",
    "http://0/", "http://[::1]/", "http://[::ffff:7f00:1]/", "http://[0:0:0:0:0:ffff:127.0.0.1]/",
    "http://localhost/", "http://LOCALHOST./", "http://127.0.0.1./", "http://0x7f.0.0.1/",
    "http://017700000001/", "http://①②⑦.⓪.⓪.①/", "http://[::]/", "http://[fe80::1]/",
    "http://169.254.169.254/latest/meta-data/", "http://[64:ff9b::a9fe:a9fe]/",
]  # fmt: skip
"""This machine and its neighbours, as a name that the system's own resolver reads."""


@pytest.mark.parametrize("url", SPELLED)
async def test_this_machine_is_refused_in_every_spelling(url: str) -> None:
    place = place_of(url)
    assert place.port is not None
    with pytest.raises(UserError) as refused:
        await Guard(resolve).addresses(place.host.decode(), place.port)
    assert refused.value.code in ("url_refused", "url_unknown")


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.com/a.png", "neither https"),
        ("file:///etc/passwd", "neither https"),
        ("gopher://example.com/", "neither https"),
        ("data:image/png;base64,AAAA", "neither https"),
        ("//example.com/a.png", "neither https"),
        ("logo.png", "neither https"),
        ("http:///a.png", "names no host"),
        ("https://", "names no host"),
        ("http://user:secret@example.com/", "a user's name"),
        ("http://example.com@127.0.0.1/", "a user's name"),
        ("http://[fe80::1%25eth0]/", "names no host"),
        ("http://exa mple.com/", "a space"),
        ("http://example.com\\@127.0.0.1/", "a backslash"),
        ("http://example.com/\r\nHost: evil", "a space"),
        ("http://example.com/\x00", "nobody sees"),
        ("http://example.com:99999/", "cannot be taken apart"),
        ("http://[::1/", "cannot be taken apart"),
        ("http://" + "a" * 70 + ".com/", "cannot be taken apart"),
        ("https://example.com/" + "a" * 3_000, "3020 characters"),
    ],
)
def test_an_address_that_cannot_be_read_in_one_way_only_is_refused(url: str, why: str) -> None:
    with pytest.raises(UserError, match=why) as refused:
        place_of(url)
    assert "secret" not in refused.value.message
    assert len(refused.value.message) < 300


def test_an_address_is_taken_apart_as_it_is_asked() -> None:
    place = place_of("https://bücher.example/ä b.png?q=ü#top".replace(" ", "%20"))
    assert (place.host, place.port) == (b"xn--bcher-kva.example", 443)
    assert place.target == b"/%C3%A4%20b.png?q=%C3%BC"


@pytest.mark.parametrize("port", [22, 25, 3306, 6379, 9200])
async def test_ports_where_no_web_server_listens_are_not_asked(port: int) -> None:
    async def anywhere(host: str, port: int) -> list[str]:
        return ["8.8.8.8"]

    with pytest.raises(Denied, match=str(port)):
        await Guard(anywhere).addresses("example.com", port)
    assert await Guard(anywhere).addresses("example.com", 443) == ["8.8.8.8"]


async def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    async def both(host: str, port: int) -> list[str]:
        return ["8.8.8.8", "10.0.0.1"]

    with pytest.raises(Denied, match=r"10\.0\.0\.1, which is not public \(private\)"):
        await Guard(both).addresses("rebound.example", 80)
