"""One draft is one revision, or nothing."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.account import LOCAL_USER
from domain.draft import LARGEST_FILE, MOST_FILES, Draft
from domain.errors import Conflict, NotFound, ToolError
from domain.event import ProjectRevised
from domain.nouns import ProjectId, Sha256
from domain.project import Project, Revision
from storage.blobs import LocalBlobs
from tests.contracts.databases import START, House, a_project, open_house

NAME = ProjectId("p")


def tree(**files: str) -> Revision:
    hashes = {
        path.replace("__", "/").replace("_py", ".py"): Sha256(text * 64) for path, text in files.items()
    }
    return Revision(project_id=NAME, number=3, message="m", files=hashes, created_at=START)


def test_a_draft_shows_what_it_changes() -> None:
    draft = Draft(NAME, tree(film_py="a", scenes__x_py="b"))
    draft.write("film.py", b"new")
    draft.remove("scenes/x.py")
    draft.place("assets/logo.png", Sha256("c" * 64))
    assert [(change.path, change.what) for change in draft.changed] == [
        ("assets/logo.png", "added"),
        ("film.py", "changed"),
        ("scenes/x.py", "removed"),
    ]
    assert "scenes/x.py" not in draft
    assert draft.hash("film.py") == hashlib.sha256(b"new").hexdigest()


@pytest.mark.parametrize(
    "path", ["", "/etc/passwd", "../x.py", "a\0.py", "a\u202eyp.py", ".git/config", "\ud800.py"]
)
def test_a_path_that_may_not_be_is_refused_and_nothing_changes(path: str) -> None:
    draft = Draft(NAME)
    with pytest.raises(ToolError) as raised:
        draft.write(path, b"x")
    assert raised.value.kind == "invalid"
    assert draft.changed == []


@given(st.text(max_size=40) | st.text(alphabet="./~ab\\", max_size=12).map(lambda text: f"scenes/{text}.py"))
def test_no_path_leads_out_of_the_project(path: str) -> None:
    draft = Draft(NAME)
    try:
        draft.write(path, b"")
    except ToolError:
        return
    inside = Path("/project")
    assert [(inside / kept).resolve().is_relative_to(inside) for kept in draft.files] == [True]
    assert (inside / path).resolve() != inside


@pytest.mark.parametrize("path", ["FILM.py", "scenes/X.py", "scenes/x.py/y.py"])
def test_a_twin_of_a_file_is_refused(path: str) -> None:
    draft = Draft(NAME, tree(film_py="a", scenes__x_py="b"))
    with pytest.raises(ToolError, match=r"film\.py|scenes/x\.py"):
        draft.write(path, b"")


def test_too_much_is_refused() -> None:
    draft = Draft(NAME)
    with pytest.raises(ToolError, match=f"at most {LARGEST_FILE}"):
        draft.write("film.py", bytes(LARGEST_FILE + 1))
    draft.replace({f"{number}.py": Sha256("a" * 64) for number in range(MOST_FILES)})
    draft.write("0.py", b"changed")
    with pytest.raises(ToolError, match=f"has {MOST_FILES} files already"):
        draft.write("one_more.py", b"")


def test_a_missing_file_names_its_likes() -> None:
    draft = Draft(NAME, tree(scenes__intro_py="a"))
    with pytest.raises(ToolError, match=r"did you mean 'scenes/intro\.py'") as raised:
        draft.remove("scenes/inro.py")
    assert raised.value.kind == "missing"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house("sqlite", tmp_path) as house:
        yield house


@pytest.fixture
async def project(house: House) -> Project:
    project = a_project()
    async with house.database.transaction(LOCAL_USER) as tx:
        await tx.projects.add(project)
    return project


async def test_a_committed_draft_is_one_revision_and_one_event(
    house: House, project: Project, tmp_path: Path
) -> None:
    blobs = LocalBlobs(tmp_path / "blobs")
    draft = Draft(project.project_id)
    draft.write("film.py", b"one")
    draft.write("film.py", b"two")
    draft.write("scenes/x.py", b"x")
    files = await draft.host_files(blobs)
    assert {path: file.read_bytes() for path, file in files.items()} == {
        "film.py": b"two",
        "scenes/x.py": b"x",
    }
    async with house.database.transaction(LOCAL_USER) as tx:
        revision = await draft.commit(tx, "first")
    assert revision is not None
    async with house.database.transaction(LOCAL_USER) as tx:
        assert await tx.revisions.get(project.project_id) == revision
        (entry,) = await tx.events.read(project.project_id)
    assert isinstance(entry.event, ProjectRevised)
    assert entry.event.revision == 1
    with pytest.raises(NotFound):
        await blobs.get(Sha256(hashlib.sha256(b"one").hexdigest()))


async def test_a_draft_without_changes_is_nothing(house: House, project: Project) -> None:
    async with house.database.transaction(LOCAL_USER) as tx:
        assert await Draft(project.project_id).commit(tx, "nothing") is None
        assert await tx.events.last(project.project_id) == 0


async def test_the_slower_of_two_drafts_leaves_nothing(house: House, project: Project) -> None:
    drafts = [Draft(project.project_id), Draft(project.project_id)]
    for number, draft in enumerate(drafts):
        draft.write("film.py", str(number).encode())

    async def commit(draft: Draft) -> None:
        async with house.database.transaction(LOCAL_USER) as tx:
            await draft.commit(tx, "m")

    await commit(drafts[0])
    with pytest.raises(Conflict, match="since then: film"):
        await commit(drafts[1])
    async with house.database.transaction(LOCAL_USER) as tx:
        assert await tx.events.last(project.project_id) == 1
