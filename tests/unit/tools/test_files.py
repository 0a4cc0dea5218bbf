"""Reading, editing and deleting files: every wrong call is told why, and changes nothing."""

import hashlib

import pytest
from pydantic import JsonValue

from domain.nouns import ProjectId
from tests.stands import Stand
from tools.commit import Ticket

FIVE = "one\ntwo\nthree\nfour\nfive\n"


def edit(start: int, end: int, content: str = "new\n") -> JsonValue:
    return {"start_line": start, "end_line": end, "new_content": content}


async def five(house: Stand, text: str = FIVE) -> tuple[ProjectId, str]:
    project_id = await house.scaffold()
    made = await house.call(
        "atomic_edit",
        {"file_path": "data/five.txt", "expected_sha256": "new", "edits": [edit(1, 0, text)]},
        project_id=project_id,
    )
    assert not made.failed, made.summary
    return project_id, str(made.data["sha256"])


@pytest.mark.parametrize(
    ("edits", "after"),
    [
        ([edit(2, 3)], "one\nnew\nfour\nfive\n"),
        ([edit(2, 2, "a\nb")], "one\na\nb\nthree\nfour\nfive\n"),
        ([edit(1, 0)], "new\none\ntwo\nthree\nfour\nfive\n"),
        ([edit(6, 5)], "one\ntwo\nthree\nfour\nfive\nnew\n"),
        ([edit(6, -1)], "one\ntwo\nthree\nfour\nfive\nnew\n"),
        ([edit(2, -1, "")], "one\n"),
        ([edit(1, -1, "")], ""),
        ([edit(3, 3, "\n")], "one\ntwo\n\nfour\nfive\n"),
        ([edit(5, 5, "5"), edit(1, 1, "1\n1b")], "1\n1b\ntwo\nthree\nfour\n5\n"),
        ([edit(2, 1, "in\n"), edit(2, 2, "2\n")], "one\nin\n2\nthree\nfour\nfive\n"),
    ],
)
async def test_edits_mean_the_lines_of_the_file_as_it_was(
    house: Stand, edits: list[JsonValue], after: str
) -> None:
    project_id, sha256 = await five(house)
    answer = await house.call(
        "atomic_edit",
        {"file_path": "data/five.txt", "expected_sha256": sha256, "edits": edits},
        project_id=project_id,
    )
    assert not answer.failed, answer.summary
    assert await house.text(project_id, "data/five.txt") == after
    assert answer.data["sha256"] == hashlib.sha256(after.encode()).hexdigest()


@pytest.mark.parametrize(
    ("edits", "message"),
    [
        ([edit(7, 7)], "edit 1 (lines 7 to 7) starts after the end; the file has 5 lines"),
        ([edit(4, 9)], "edit 1 (lines 4 to 9) ends after the end; the file has 5 lines, -1 is the last"),
        ([edit(4, 2)], "edit 1 (lines 4 to 2) ends before it starts; end_line 3 inserts before line 4"),
        ([edit(2, 3), edit(3, 4)], "edits of lines 2 to 3 and 3 to 4 overlap; join them into one"),
        ([edit(3, 4), edit(1, 5)], "edits of lines 1 to 5 and 3 to 4 overlap; join them into one"),
        ([edit(2, 1), edit(2, 1)], "edits of lines 2 to 1 and 2 to 1 overlap; join them into one"),
        ([edit(2, 1, "")], "edit 1 (lines 2 to 1) inserts nothing; give new_content"),
        ([edit(2, 2, "two\n")], "the edits leave data/five.txt as it is; line 2 reads so already"),
        ([edit(0, 2)], "edits.0.start_line: Input should be greater than or equal to 1 (got 0)"),
        ([], "edits: List should have at least 1 item after validation, not 0 (got [])"),
        ([edit(1, 1, "a\0b")], "the text of data/five.txt holds a NUL character; leave it out"),
    ],
)
async def test_a_wrong_edit_is_told_and_changes_nothing(
    house: Stand, edits: list[JsonValue], message: str
) -> None:
    project_id, sha256 = await five(house)
    answer = await house.call(
        "atomic_edit",
        {"file_path": "data/five.txt", "expected_sha256": sha256, "edits": [edit(1, 1), *edits][1:]},
        project_id=project_id,
    )
    assert (answer.kind, answer.summary) == ("invalid", message)
    assert await house.text(project_id, "data/five.txt") == FIVE
    assert (await house.project(project_id)).revision == 2


async def test_one_wrong_edit_among_right_ones_undoes_them_all(house: Stand) -> None:
    project_id, sha256 = await five(house)
    args: dict[str, JsonValue] = {"file_path": "data/five.txt", "expected_sha256": sha256}
    answer = await house.call(
        "atomic_edit", args | {"edits": [edit(1, 1), edit(9, 9)]}, project_id=project_id
    )
    assert answer.failed
    assert await house.text(project_id, "data/five.txt") == FIVE


async def test_an_edit_of_a_changed_file_is_a_conflict_that_names_the_current_hash(house: Stand) -> None:
    project_id, old = await five(house)
    args: dict[str, JsonValue] = {"file_path": "data/five.txt", "expected_sha256": old, "edits": [edit(1, 1)]}
    new = (await house.call("atomic_edit", args, project_id=project_id)).data["sha256"]
    again = await house.call("atomic_edit", args, project_id=project_id)
    assert again.kind == "conflict"
    assert str(new) in again.summary
    assert "read it again" in again.summary


async def test_outside_a_run_an_edit_without_a_hash_is_a_conflict_that_names_the_current_one(
    house: Stand,
) -> None:
    project_id, sha256 = await five(house)
    answer = await house.call(
        "atomic_edit", {"file_path": "data/five.txt", "edits": [edit(1, 1)]}, project_id=project_id
    )
    assert answer.kind == "conflict"
    assert sha256 in answer.summary


async def test_in_a_run_a_hash_left_out_means_what_the_run_last_read(house: Stand) -> None:
    project_id, sha256 = await five(house)
    ticket = await house.open_run(project_id)
    blind: dict[str, JsonValue] = {"file_path": "data/five.txt", "edits": [edit(1, 1)]}
    turn = await house.turn(ticket, ("atomic_edit", blind))
    assert turn.answers[0].kind == "conflict"
    read = await house.turn(
        ticket, ("read_file", {"file_path": "data/five.txt"}), ("atomic_edit", blind), first=2
    )
    assert [answer.failed for answer in read.answers] == [False, False]
    twice = await house.turn(ticket, ("atomic_edit", {**blind, "edits": [edit(2, 2)]}), first=4)
    assert not twice.answers[0].failed  # its own edit told it what the file holds
    args: dict[str, JsonValue] = {"file_path": "data/five.txt", "edits": [edit(5, 5)]}
    current = twice.answers[0].data["sha256"]
    await house.call("atomic_edit", args | {"expected_sha256": current}, project_id=project_id)
    assert current != sha256
    stale = await house.turn(ticket, ("atomic_edit", blind), first=5)
    assert stale.answers[0].kind == "conflict"


async def test_a_deleted_or_restored_file_must_be_read_again(house: Stand) -> None:
    project_id, _ = await five(house)
    ticket: Ticket = await house.open_run(project_id)
    calls = await house.turn(
        ticket,
        ("read_file", {"file_path": "data/five.txt"}),
        ("delete_file", {"file_path": "data/five.txt"}),
        ("restore_version", {"version_id": "2"}),
        ("atomic_edit", {"file_path": "data/five.txt", "edits": [edit(1, 1)]}),
    )
    assert [answer.kind for answer in calls.answers] == ["", "", "", "conflict"]
    assert await house.text(project_id, "data/five.txt") == FIVE


async def test_a_file_keeps_its_line_endings(house: Stand) -> None:
    project_id, sha256 = await five(house)
    windows = FIVE.replace("\n", "\r\n")
    draft = await house.write(project_id, {"data/win.txt": windows.encode(), "data/open.txt": b"one\ntwo"})
    for path, after in (
        ("data/win.txt", b"one\r\nnew\r\nthree\r\nfour\r\nfive\r\n"),
        ("data/open.txt", b"one\nnew\n"),
    ):
        args: dict[str, JsonValue] = {
            "file_path": path,
            "expected_sha256": draft[path],
            "edits": [edit(2, 2)],
        }
        assert not (await house.call("atomic_edit", args, project_id=project_id)).failed
        assert (await house.text(project_id, path)).encode() == after
    assert sha256


BAD_PATHS = [
    ("../film.py", "invalid", "steps outside"),
    ("scenes/../../film.py", "invalid", "steps outside"),
    ("/etc/passwd", "invalid", "is absolute"),
    ("C:/film.py", "invalid", "is absolute"),
    ("scenes\\opening.py", "invalid", "backslash"),
    ("film.py\0.txt", "invalid", "invisible or control"),
    ("scenes/o\u202epening.py", "invalid", "invisible or control"),
    ("scenes/o\u200bpening.py", "invalid", "invisible or control"),
    ("scenes/\nfilm.py", "invalid", "invisible or control"),
    (".env", "invalid", "starts with '.'"),
    ("scenes/.hidden.py", "invalid", "starts with '.'"),
    ("-rf.py", "invalid", "starts with '-'"),
    ("", "invalid", "is empty"),
    ("scenes//opening.py", "invalid", "empty part"),
    ("./film.py", "invalid", "empty part"),
    ("con.py", "invalid", "not every machine"),
    ("scenes/a .py ", "invalid", "not every machine"),
    ("lib/thing.py", "invalid", "a film does not have"),
    ("film", "invalid", "ends in"),
    ("film.sh", "invalid", "ends in"),
    ("scenes/" + "x" * 300 + ".py", "invalid", "characters"),
    ("Film.py", "missing", "did you mean 'film.py'?"),
    ("scenes/openin.py", "missing", "did you mean 'scenes/opening.py'?"),
]


@pytest.mark.parametrize(("path", "kind", "words"), BAD_PATHS)
@pytest.mark.parametrize("tool", ["read_file", "delete_file"])
async def test_a_path_that_cannot_be_is_told_why(
    house: Stand, tool: str, path: str, kind: str, words: str
) -> None:
    project_id = await house.scaffold()
    answer = await house.call(tool, {"file_path": path}, project_id=project_id)
    assert answer.kind == kind
    assert words in answer.summary
    assert not any(ord(letter) < 32 or letter in "\u202e\u200b" for letter in answer.summary)


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        *[case for case in BAD_PATHS if case[1] == "invalid"],
        ("Film.py", "conflict", "differs from 'film.py' by case alone"),
        ("scenes/Opening.py", "conflict", "by case alone"),
        ("scenes/opening.py/x.py", "conflict", "makes a folder of a file"),
        ("stage.py", "invalid", "would hide a library"),
        ("film.py", "conflict", "exists"),
    ],
)
async def test_a_path_that_may_not_be_made_is_told_why(
    house: Stand, path: str, kind: str, words: str
) -> None:
    project_id = await house.scaffold()
    args: dict[str, JsonValue] = {"file_path": path, "expected_sha256": "new", "edits": [edit(1, 0)]}
    answer = await house.call("atomic_edit", args, project_id=project_id)
    assert (answer.kind, words in answer.summary) == (kind, True), answer.summary
    assert (await house.project(project_id)).revision == 1


async def test_a_name_in_another_unicode_form_is_the_same_file(house: Stand) -> None:
    project_id = await house.scaffold()
    composed, apart = "data/caf\u00e9.txt", "data/cafe\u0301.txt"
    args: dict[str, JsonValue] = {"file_path": apart, "expected_sha256": "new", "edits": [edit(1, 0)]}
    assert not (await house.call("atomic_edit", args, project_id=project_id)).failed
    assert composed in (await house.newest(project_id)).files
    assert not (await house.call("read_file", {"file_path": apart}, project_id=project_id)).failed


async def test_a_binary_is_neither_read_nor_edited_and_its_facts_are_told(house: Stand) -> None:
    project_id = await house.scaffold()
    hashes = await house.write(project_id, {"assets/logo.png": b"\x89PNG\0\xff", "data/odd.txt": b"\xff\xfe"})
    for path, sha256 in hashes.items():
        read = await house.call("read_file", {"file_path": path}, project_id=project_id)
        args: dict[str, JsonValue] = {"file_path": path, "expected_sha256": sha256, "edits": [edit(1, 1)]}
        edited = await house.call("atomic_edit", args, project_id=project_id)
        assert (read.kind, edited.kind) == ("invalid", "invalid")
        assert sha256 in read.summary
        assert "bytes" in edited.summary


async def test_a_long_file_is_read_in_parts(house: Stand) -> None:
    lines = [f"line {number}" for number in range(1, 1_501)]
    project_id, _ = await five(house, "\n".join(lines))
    seen: list[str] = []
    start: JsonValue = 1
    while start is not None:
        part = await house.call(
            "read_file", {"file_path": "data/five.txt", "start_line": start}, project_id=project_id
        )
        seen += [line.partition("| ")[2] for line in str(part.data["content"]).split("\n")]
        start = part.data.get("next_line")
    assert seen == lines
    late = await house.call(
        "read_file", {"file_path": "data/five.txt", "start_line": 1_501}, project_id=project_id
    )
    assert late.summary == "start_line is 1501; data/five.txt has 1500 lines"


async def test_one_endless_line_is_cut_in_the_answer_and_said_so(house: Stand) -> None:
    project_id, _ = await five(house, "x" * 100_000)
    answer = await house.call("read_file", {"file_path": "data/five.txt"}, project_id=project_id)
    assert "more characters" in str(answer.data["content"])
    assert len(str(answer.data["content"])) < 25_000


async def test_a_text_over_its_limit_is_refused(house: Stand) -> None:
    project_id = await house.scaffold()
    args: dict[str, JsonValue] = {"file_path": "data/big.txt", "expected_sha256": "new"}
    answer = await house.call(
        "atomic_edit", args | {"edits": [edit(1, 0, "é" * 150_000)]}, project_id=project_id
    )
    assert (answer.kind, answer.summary) == ("limit", "data/big.txt has 300001 bytes; give at most 200000")


async def test_a_project_holds_500_files(house: Stand) -> None:
    project_id = await house.scaffold()
    await house.write(project_id, {f"data/{number}.txt": b"x" for number in range(498)})
    args: dict[str, JsonValue] = {
        "file_path": "data/more.txt",
        "expected_sha256": "new",
        "edits": [edit(1, 0)],
    }
    answer = await house.call("atomic_edit", args, project_id=project_id)
    assert (answer.kind, answer.summary) == ("limit", "the project has 500 files; at most 500")


async def test_a_deleted_file_comes_back(house: Stand) -> None:
    project_id = await house.scaffold()
    before = await house.text(project_id, "film.py")
    gone = await house.call("delete_file", {"file_path": "film.py"}, project_id=project_id)
    assert "film.py" not in (await house.newest(project_id)).files
    back = await house.call("restore_version", {"version_id": gone.data["restore"]}, project_id=project_id)
    assert back.data["changed"] == ["added film.py"]
    assert await house.text(project_id, "film.py") == before
