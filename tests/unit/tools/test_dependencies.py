"""Scene code uses packages of the operator's list: locked, part of the revision, gone without a trace."""

import json
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from pydantic import JsonValue

from domain.errors import ToolError
from domain.nouns import ProjectId
from domain.packages import LOCK
from render.engine import BoxEngine, EngineConfig
from render.packages import shown
from tests.contracts.engines import Tree
from tests.contracts.sandboxes import SANDBOXES
from tests.stands import Stand, stand
from tests.wheels import file_of, wheel
from tools.answer import Answer
from tools.define import offered
from tools.registry import load_tools

FILM = """\
from stage import Film, Scene, Text
from tea import words

film = Film("Packages", width=320, height=180, fps=30)
scene = Scene("one", seconds=1)
scene.add(Text(words("box"), size=48, color="#FFFFFF", anchor="center"))
film.add(scene)
"""


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Stand]:
    async with stand(tmp_path) as made:
        yield made


async def managed(house: Stand, project: ProjectId, action: str, *packages: str) -> Answer:
    args: dict[str, JsonValue] = {"action": action, "packages": list(packages)}
    return await house.call("manage_dependencies", args, project_id=project)


async def files(house: Stand, project: ProjectId) -> dict[str, str]:
    return dict((await house.newest(project)).files)


async def test_a_package_is_locked_by_its_content_in_a_revision(house: Stand) -> None:
    project = await house.scaffold()
    answer = await managed(house, project, "install", "tea")
    assert not answer.failed, answer.summary
    assert answer.data["packages"] == ["tea==1.0"]
    assert answer.revision == 2
    now = await files(house, project)
    lock = json.loads(await house.text(project, LOCK))
    assert lock["packages"][0]["sha256"] == now[f"packages/{file_of('tea')}"]
    again = await managed(house, project, "remove", "tea")
    assert not again.failed, again.summary
    assert not [path for path in await files(house, project) if "packages" in path]


async def test_what_is_not_on_the_list_changes_nothing(house: Stand) -> None:
    project = await house.scaffold()
    before = await files(house, project)
    for action, name in (
        ("install", "gold"),
        ("install", "tea==1.0"),
        ("install", "-r x"),
        ("remove", "tea"),
    ):
        answer = await managed(house, project, action, name)
        assert answer.failed
        assert name.split("=")[0] in answer.summary
    assert await files(house, project) == before


async def test_no_other_hand_puts_packages_in(house: Stand) -> None:
    project = await house.scaffold()
    before = await files(house, project)
    line: list[JsonValue] = [{"start_line": 1, "end_line": 0, "new_content": '{"packages": []}'}]
    for path in (LOCK, LOCK.upper().replace("JSON", "json"), f"packages/{file_of('gold')}"):
        args: dict[str, JsonValue] = {"file_path": path, "expected_sha256": "new", "edits": line}
        answer = await house.call("atomic_edit", args, project_id=project)
        assert answer.failed
        assert "manage_dependencies' own" in answer.summary
    assert await files(house, project) == before
    await managed(house, project, "install", "tea")
    assert not (await managed(house, project, "install", "tea")).failed


def test_it_is_offered_only_where_the_operator_has_a_list() -> None:
    tools = load_tools().values()
    assert "manage_dependencies" not in {tool.name for tool in offered(tools)}
    assert "manage_dependencies" in {tool.name for tool in offered(tools, {"packages"})}


def tree(folder: Path, content: bytes | None) -> Tree:
    """A film that imports `tea`, with a lock for the real wheel and `content` in its place."""
    import_of = Tree(folder)
    import_of.write("film.py", FILM)
    if content is not None:
        sha256 = import_of.write(f"packages/{file_of('tea')}", wheel("tea"))[
            f"packages/{file_of('tea')}"
        ].name
        entry = {"name": "tea", "version": "1.0", "file": file_of("tea"), "sha256": sha256, "wanted": True}
        import_of.write(LOCK, json.dumps({"packages": [entry]}))
        import_of.write(f"packages/{file_of('tea')}", content)
    return import_of


async def test_scene_code_imports_it_in_its_box_and_nowhere_else(tmp_path: Path) -> None:
    engine = BoxEngine(SANDBOXES["bubblewrap"](), EngineConfig(folder=tmp_path / "engine"))
    for content, compiles in ((wheel("tea"), True), (None, False)):
        folder = tmp_path / f"{compiles}"
        folder.mkdir()
        build = await engine.compile(tree(folder, content).files)
        assert (build.composition is not None) is compiles, build.findings
    await engine.close()


@pytest.mark.parametrize(
    "content", [wheel("tea", says="gold"), wheel("tea", files={"../x.py": "x"}), b"no zip"]
)
def test_a_wheel_that_was_changed_is_not_unpacked(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    changed = tree(tmp_path / "files", content)
    with pytest.raises(ToolError, match=r"is not what packages\.lock\.json says"):
        shown(changed.files, tmp_path / "kept")
    assert list((tmp_path / "kept").iterdir()) == []
