"""Scaffolding, versions, notes and assets."""

from pathlib import Path

import pytest
from pydantic import JsonValue

from domain.account import Principal
from domain.event import MemoryNoted
from domain.nouns import ProjectId
from tests.stands import OWNER, Stand

PLAIN: dict[str, JsonValue] = {"template_name": "plain", "project_name": "Noor Tea"}


async def test_a_scaffold_makes_a_project_with_its_shape_and_its_log(house: Stand) -> None:
    answer = await house.call("scaffold_project", PLAIN | {"width": 1080, "height": 1920, "fps": 25})
    project = await house.project(str(answer.project_id))
    assert (project.name, project.template, project.width, project.height, project.fps, project.revision) == (
        "Noor Tea", "plain", 1080, 1920, 25, 1,
    )  # fmt: skip
    assert await house.told(project.project_id) == ["tool.started", "project.revised", "tool.finished"]
    assert answer.data["files"] == ["film.py", "scenes/opening.py"]


async def test_in_a_run_a_scaffold_fills_the_runs_project(house: Stand) -> None:
    project_id = await house.empty_project()
    ticket = await house.open_run(project_id)
    (answer,) = (await house.turn(ticket, ("scaffold_project", PLAIN))).answers
    project = await house.project(project_id)
    assert (answer.project_id, project.revision, project.template) == (project_id, 1, "plain")


async def test_a_scaffold_does_not_write_over_source_unless_told_to(house: Stand) -> None:
    project_id = await house.scaffold()
    await house.write(project_id, {"assets/logo.png": b"\x89PNG", "NOTES.md": b"mine"})
    refused = await house.call("scaffold_project", PLAIN, project_id=project_id)
    assert refused.kind == "conflict"
    assert "replace=true" in refused.summary
    again = await house.call("scaffold_project", PLAIN | {"replace": True}, project_id=project_id)
    assert again.data["files"] == ["assets/logo.png", "film.py", "scenes/opening.py"]


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ({"template_name": "plane"}, "no template 'plane'; did you mean 'plain'? templates are plain"),
        ({"fps": 1_000}, "fps: Input should be less than or equal to 120 (got 1000)"),
        ({"width": 100_000}, "width: Input should be less than or equal to 7680 (got 100000)"),
        ({"height": 0}, "height: Input should be greater than or equal to 16 (got 0)"),
        ({"project_name": ""}, "project_name: String should have at least 1 character (got '')"),
        ({"project_name": "\u200b"}, "project_name '\\u200b' has no visible letter; give a title"),
        ({"direction": "up"}, "direction: Input should be 'ltr' or 'rtl' (got 'up')"),
    ],
)
async def test_a_wrong_scaffold_makes_no_project(
    house: Stand, args: dict[str, JsonValue], message: str
) -> None:
    answer = await house.call("scaffold_project", PLAIN | args)
    assert answer.summary == message
    nothing = await house.call("read_file", {"file_path": "film.py"})
    assert "you have no projects" in nothing.summary


async def test_a_project_that_does_not_exist_is_missing(house: Stand) -> None:
    answer = await house.call("scaffold_project", PLAIN, project_id="nowhere")
    assert answer.kind == "missing"
    assert "nowhere" in answer.summary


async def test_a_saved_version_is_restored_by_its_id_or_its_number(house: Stand) -> None:
    project_id = await house.scaffold()
    saved = await house.call("save_version", {"label": "First cut"}, project_id=project_id)
    version_id = (await house.newest(project_id)).version_id
    assert (saved.data["restore"], (await house.newest(project_id)).label) == ("1", "First cut")
    await house.call("delete_file", {"file_path": "film.py"}, project_id=project_id)
    back = await house.call("restore_version", {"version_id": version_id}, project_id=project_id)
    assert back.revision == 3
    assert "film.py" in (await house.newest(project_id)).files
    same = await house.call("restore_version", {"version_id": "1"}, project_id=project_id)
    assert (same.revision, same.summary) == (None, "The film stands so already.")


@pytest.mark.parametrize("version_id", ["99", "0", "nonsense", "1; drop", "٣", "1" * 60])
async def test_an_unknown_version_is_answered_with_those_there_are(house: Stand, version_id: str) -> None:
    project_id = await house.scaffold()
    await house.call("save_version", {"label": "First cut"}, project_id=project_id)
    answer = await house.call("restore_version", {"version_id": version_id}, project_id=project_id)
    assert answer.kind == "missing"
    assert "'First cut', revision 1" in answer.summary


async def test_a_project_without_source_has_nothing_to_save_render_or_look_at(house: Stand) -> None:
    project_id = await house.empty_project()
    for tool, args in {
        "save_version": {"label": "x"}, "render_video": {}, "run_preview": {}, "run_build_check": {},
        "map_project_ast": {}, "visual_frame_inspection": {},
    }.items():  # fmt: skip
        answer = await house.call(tool, args, project_id=project_id)
        assert (answer.kind, "scaffold_project" in answer.summary) == ("missing", True), tool


async def test_a_note_is_kept_once_and_told(house: Stand) -> None:
    project_id = await house.scaffold()
    note: dict[str, JsonValue] = {"kind": "color", "text": "Brand green is #2E7D4F.", "reason": "the prompt"}
    first = await house.call("remember", note, project_id=project_id)
    second = await house.call("remember", note | {"text": "brand green is #2e7d4f."}, project_id=project_id)
    assert first.data["note_id"] == second.data["note_id"]
    noted = [entry.event for entry in await house.events(project_id) if isinstance(entry.event, MemoryNoted)]
    assert [(event.text, event.by) for event in noted] == [("Brand green is #2E7D4F.", "user")]
    odd = await house.call("remember", {"kind": "colour", "text": "x"}, project_id=project_id)
    assert "Input should be 'color', 'font'" in odd.summary


async def test_an_uploaded_asset_is_copied_by_its_id_or_its_name(house: Stand) -> None:
    project_id = await house.scaffold()
    asset_id = await house.upload("Our Logo (final).png", b"\x89PNG...")
    by_id = await house.call("add_asset", {"source": asset_id}, project_id=project_id)
    assert by_id.data["path"] == "assets/Our-Logo-final.png"
    by_name = await house.call(
        "add_asset", {"source": "Our Logo (final).png", "name": "../../logo"}, project_id=project_id
    )
    assert by_name.data["path"] == "assets/logo.png"
    files = (await house.newest(project_id)).files
    assert files["assets/logo.png"] == files["assets/Our-Logo-final.png"]


async def test_an_unknown_asset_is_answered_with_those_there_are(house: Stand) -> None:
    project_id = await house.scaffold()
    empty = await house.call("add_asset", {"source": "logo.png"}, project_id=project_id)
    assert "upload one by POST /api/assets/upload" in empty.summary
    await house.upload("other.png", b"\x89PNG")
    answer = await house.call("add_asset", {"source": "logo.png"}, project_id=project_id)
    assert (answer.kind, "other.png" in answer.summary) == ("missing", True)


@pytest.mark.parametrize("door", ["http", "mcp", "agent"])
async def test_no_file_of_the_machine_is_read_through_a_network_door(
    house: Stand, door: str, tmp_path: Path
) -> None:
    project_id = await house.scaffold()
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"\x89PNG")
    caller = Principal.model_validate({"user_id": OWNER, "door": door})
    answer = await house.call("add_asset", {"source": str(secret)}, project_id=project_id, principal=caller)
    assert (answer.kind, "no uploaded asset" in answer.summary) == ("missing", True)


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("gone.png", "missing", "no plain file"),
        ("link.png", "missing", "no plain file"),
        ("key.pem", "invalid", "ending"),
    ],
)
async def test_only_a_plain_media_file_is_taken_from_the_own_machine(
    house: Stand, tmp_path: Path, name: str, kind: str, words: str
) -> None:
    project_id = await house.scaffold()
    (tmp_path / "real.png").write_bytes(b"\x89PNG")
    (tmp_path / "link.png").symlink_to(tmp_path / "real.png")
    local = Principal(user_id=OWNER, door="socket")
    answer = await house.call(
        "add_asset", {"source": str(tmp_path / name)}, project_id=project_id, principal=local
    )
    assert (answer.kind, words in answer.summary) == (kind, True), answer.summary


async def test_no_sandbox_is_said_with_the_way_to_one(house: Stand) -> None:
    project_id: ProjectId = await house.scaffold()
    for tool in ("run_build_check", "map_project_ast", "visual_frame_inspection"):
        answer = await house.call(tool, project_id=project_id)
        assert (answer.kind, answer.summary) == (
            "unavailable", "bubblewrap is missing; install it: apt install bubblewrap",
        )  # fmt: skip
