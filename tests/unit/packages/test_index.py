"""Packages come from the operator's index, checked by hash and run by nobody."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from domain.errors import ToolError, Unavailable
from providers.packages import PackagesConfig, create
from tests.wheels import file_of, index, wheel

EVIL = "import pathlib\npathlib.Path(__file__).with_name('ran').touch()\nraise SystemExit(3)\n"


async def test_a_package_comes_with_what_it_needs(tmp_path: Path) -> None:
    files = {
        file_of("pot"): wheel("pot", needs=["Tea_Leaf>=1", 'gold; extra == "rich"']),
        file_of("tea_leaf"): wheel("tea_leaf"),
        file_of("tea_leaf", "2.0"): wheel("tea_leaf", "2.0"),
    }
    with index(tmp_path, files) as address:
        found = await create(PackagesConfig(allowed=("pot", "tea-leaf<2"), index=SecretStr(address))).find(
            ["pot"]
        )
    assert [(each.locked.name, each.locked.version, each.locked.wanted) for each in found] == [
        ("pot", "1.0", True), ("tea-leaf", "1.0", False),
    ]  # fmt: skip
    assert found[0].locked.needs == ("tea-leaf",)
    assert found[0].content == files[file_of("pot")]


@pytest.mark.slow
async def test_nothing_of_a_package_is_run(tmp_path: Path) -> None:
    files = {file_of("evil"): wheel("evil", files={"evil/__init__.py": EVIL, "evil/setup.py": EVIL})}
    with index(tmp_path, files) as address:
        (found,) = await create(PackagesConfig(allowed=("evil",), index=SecretStr(address))).find(["evil"])
    assert found.locked.name == "evil"
    assert list(tmp_path.rglob("ran")) == []


REFUSED = {
    "not on the list": ({file_of("gold"): wheel("gold")}, "gold", "not on the operator's list"),
    "needs what is not on the list": (
        {file_of("pot"): wheel("pot", needs=["gold"]), file_of("gold"): wheel("gold")},
        "pot",
        "needs it, but",
    ),
    "source alone": ({"pot-1.0.tar.gz": b"source"}, "pot", "pure wheels"),
    "compiled": ({"pot-1.0-cp311-cp311-manylinux1_x86_64.whl": wheel("pot")}, "pot", "pure wheels"),
    "is another one": ({file_of("pot"): wheel("pot", says="gold")}, "pot", "pot|gold"),
    "climbs out": ({file_of("pot"): wheel("pot", files={"../planted.py": "x"})}, "pot", "leads out"),
    "is not there": ({file_of("other"): wheel("other")}, "pot", "pure wheels"),
    "takes our place": ({file_of("pot"): wheel("pot", files={"stage.py": "x"})}, "pot", "take the place"),
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=[] if n < 4 else [pytest.mark.slow]) for n, each in enumerate(REFUSED)]
)
async def test_what_may_not_be_taken_is_refused_with_the_reason(name: str, tmp_path: Path) -> None:
    files, wanted, words = REFUSED[name]
    with index(tmp_path, files) as address:
        packages = create(PackagesConfig(allowed=("pot",), index=SecretStr(address)))
        with pytest.raises(ToolError, match=words):
            await packages.find([wanted])
    assert not list(tmp_path.rglob("planted.py"))


async def test_a_wheel_that_is_not_what_the_index_said_is_refused(tmp_path: Path) -> None:
    with index(tmp_path, {file_of("pot"): wheel("pot")}, wrong=[file_of("pot")]) as address:
        packages = create(PackagesConfig(allowed=("pot",), index=SecretStr(address)))
        with pytest.raises(ToolError, match=r"(?i)hash"):
            await packages.find(["pot"])


@pytest.mark.slow
async def test_a_file_on_a_host_of_its_own_is_refused(tmp_path: Path) -> None:
    with index(tmp_path, {file_of("pot"): wheel("pot")}) as address:
        page = tmp_path / "simple/pot/index.html"
        page.write_text(
            page.read_text().replace('href="', f'href="{address.replace("127.0.0.1", "localhost")}/pot/')
        )
        packages = create(PackagesConfig(allowed=("pot",), index=SecretStr(address)))
        with pytest.raises(ToolError, match="localhost, which is not the index"):
            await packages.find(["pot"])
        hosts = ("localhost",)
        packages = create(PackagesConfig(allowed=("pot",), index=SecretStr(address), hosts=hosts))
        assert len(await packages.find(["pot"])) == 1


async def test_an_index_that_is_away_is_told_without_its_password() -> None:
    address = SecretStr("http://user:secret-word@127.0.0.1:1/simple")
    with pytest.raises(Unavailable) as told:
        await create(PackagesConfig(allowed=("pot",), index=address)).find(["pot"])
    assert "secret-word" not in str(told.value)


@pytest.mark.parametrize("entry", ["-e .", "git+https://x", "pot @ http://x", "pot;os_name", "", "pot[x]"])
def test_an_allow_list_that_cannot_be_read_is_told(entry: str) -> None:
    with pytest.raises(ValueError, match="allow-list"):
        create(PackagesConfig(allowed=(entry,), index=SecretStr("http://127.0.0.1:1")))
