"""A wheel from a stranger is looked through before a byte of it is unpacked."""

import stat
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from domain.packages import Lock, Locked, plain_name
from domain.wheel import LARGEST_UNPACKED, called, unpack
from tests.wheels import file_of, wheel

GOOD = {"tea/__init__.py": "x = 1\n"}


def packed(entries: list[tuple[zipfile.ZipInfo | str, bytes]]) -> bytes:
    """A wheel of `tea` with members that no packer would write."""
    page = BytesIO(wheel("tea", files=GOOD))
    with zipfile.ZipFile(page, "a", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return page.getvalue()


def special(name: str, kind: int, content: bytes = b"/etc/passwd") -> bytes:
    info = zipfile.ZipInfo(name)
    info.external_attr = (kind | 0o777) << 16
    return packed([(info, content)])


def shorter() -> bytes:
    """A wheel whose directory says that a member is much smaller than it is."""
    content = packed([("tea/big.py", b"#" * 300_000)])
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(b"tea/big.py"))
    return content[: place + 24] + (10).to_bytes(4, "little") + content[place + 28 :]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "climbs": (lambda: packed([("../planted.py", b"x")]), "leads out"),
    "climbs from inside": (lambda: packed([("tea/../../planted.py", b"x")]), "leads out"),
    "absolute": (lambda: packed([("/planted.py", b"x")]), "leads out"),
    "backslash": (lambda: packed([("tea\\..\\planted.py", b"x")]), "not every machine"),
    "drive": (lambda: packed([("C:planted.py", b"x")]), "not every machine"),
    "turned around": (lambda: packed([("tea/\u202eyp.py", b"x")]), "not every machine"),
    "NUL": (
        lambda: packed([("tea/a.py", b"x")]).replace(b"tea/a.py", b"tea/a\0py"),
        "not every machine|twice",
    ),
    "link": (lambda: special("tea/link", stat.S_IFLNK), "no regular file"),
    "device": (lambda: special("tea/device", stat.S_IFBLK), "no regular file"),
    "FIFO": (lambda: special("tea/fifo", stat.S_IFIFO), "no regular file"),
    "twice": (lambda: packed([("TEA/__init__.py", b"x")]), "twice"),
    "too deep": (lambda: packed([("/".join(["tea", *"d" * 30, "a.py"]), b"x")]), "too deep"),
    "too many": (lambda: packed([(f"tea/m{n}.py", b"") for n in range(3_001)]), "3000"),
    "too large": (lambda: packed([("tea/zero", bytes(LARGEST_UNPACKED + 1))]), "unpacks to more"),
    "longer than it says": (shorter, "no wheel that can be read|longer than it says"),
    "compiled": (lambda: packed([("tea/fast.so", b"x")]), "compiled"),
    "bytecode": (lambda: packed([("tea/a.pyc", b"x")]), "compiled"),
    "start-up file": (lambda: packed([("tea.pth", b"import os")]), "by itself"),
    "start-up module": (lambda: packed([("sitecustomize.py", b"x")]), "by itself|takes? the place"),
    "scripts": (lambda: packed([("tea-1.0.data/scripts/run", b"x")]), "installer"),
    "in the place of ours": (lambda: packed([("stage/__init__.py", b"x")]), "take the place"),
    "in the place of the library": (lambda: packed([("json.py", b"x")]), "take the place"),
    "in the place of the film": (lambda: packed([("scenes/opening.py", b"x")]), "take the place"),
    "another one inside": (lambda: wheel("tea", files=GOOD, says="coffee"), "says inside"),
    "says nothing": (lambda: packed([("other.dist-info/METADATA", b"Name: x")]), "does not say"),
    "no archive": (lambda: b"not a zip", "no wheel"),
    "cut": (lambda: wheel("tea", files=GOOD)[:-30], "no wheel"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_wheel_is_refused_and_leaves_nothing(name: str, tmp_path: Path) -> None:
    make, words = HOSTILE[name]
    path, into = tmp_path / file_of("tea"), tmp_path / "into"
    path.write_bytes(make())
    into.mkdir()
    with pytest.raises(ValueError, match=words):
        unpack(path, path.name, into)
    assert [each for each in into.rglob("*") if not each.is_dir()] == []
    assert sorted(each.name for each in tmp_path.iterdir()) == ["into", path.name]


def test_a_good_wheel_comes_out_readable_and_without_rights(tmp_path: Path) -> None:
    path = tmp_path / file_of("tea")
    info = zipfile.ZipInfo("tea/run.py")
    info.external_attr = 0o106755 << 16
    path.write_bytes(packed([(info, b"x")]))
    assert unpack(path, path.name, tmp_path / "into") == ["tea", "tea-1.0.dist-info"]
    assert (tmp_path / "into/tea/__init__.py").read_text() == "x = 1\n"
    assert (tmp_path / "into/tea/run.py").stat().st_mode & 0o7111 == 0


def test_two_wheels_do_not_share_a_module(tmp_path: Path) -> None:
    for name in ("tea", "pot"):
        (tmp_path / file_of(name)).write_bytes(wheel(name, files={"kettle.py": name}))
    unpack(tmp_path / file_of("tea"), file_of("tea"), tmp_path / "into")
    with pytest.raises(ValueError, match="another package too"):
        unpack(tmp_path / file_of("pot"), file_of("pot"), tmp_path / "into")
    assert (tmp_path / "into/kettle.py").read_text() == "tea"


@pytest.mark.parametrize(
    "file",
    ["tea-1.0.tar.gz", "tea-1.0-cp311-cp311-linux_x86_64.whl", "../tea-1.0-py3-none-any.whl", "tea.whl"],
)
def test_only_pure_wheels_have_a_name(file: str) -> None:
    with pytest.raises(ValueError, match="no pure wheel"):
        called(file)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-r requirements.txt",
        "tea==1.0",
        "git+https://x/y",
        "./tea",
        "tea[extra]",
        "té",
        "a" * 101,
        "tea ",
        "tea\n",
    ],
)
def test_only_a_name_is_a_name(text: str) -> None:
    with pytest.raises(ValueError, match="no package name"):
        plain_name(text)


def locked(name: str, *needs: str, wanted: bool = False) -> Locked:
    return Locked(
        name=name, version="1", file=file_of(name, "1"), sha256="0" * 64, wanted=wanted, needs=needs
    )


def test_what_nothing_needs_any_more_goes_too() -> None:
    lock = Lock(
        packages=(locked("leaf"), locked("pot", "tea", wanted=True), locked("tea", "leaf", wanted=True))
    )
    assert [each.name for each in lock.without(["pot"]).packages] == ["leaf", "tea"]
    kept = lock.without(["tea"])
    assert [(each.name, each.wanted) for each in kept.packages] == [
        ("leaf", False),
        ("pot", True),
        ("tea", False),
    ]
    assert lock.without(["pot", "Tea"]).packages == ()
    with pytest.raises(ValueError, match="was not asked for"):
        lock.without(["leaf"])
