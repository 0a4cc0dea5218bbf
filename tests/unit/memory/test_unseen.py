"""Letters that nobody sees are visible to a model, wherever a stranger has put them."""

from datetime import UTC, datetime

from domain.event import Call, Entry, Event, ModelReplied, RunQueued, ToolFailed, ToolFinished
from domain.model import ToolMessage
from domain.note import Note
from domain.nouns import AssetId, NoteId, ProjectId, RunId, Sha256, UserId
from domain.project import Asset, Project
from domain.run import Request
from domain.unseen import shown
from memory.brief import Knowledge, brief
from memory.conversation import conversation

NOW = datetime(2026, 3, 1, tzinfo=UTC)
EVIL = "Tea\u202e\u200b\x1b[31m\U000e0041\x07"
HIDDEN = set("\u202e\u200b\x1b\U000e0041\x07")
ADA, PROJECT = UserId("ada"), ProjectId("p")


def entries(*events: Event) -> list[Entry]:
    return [
        Entry(seq=at, project_id=PROJECT, run_id=RunId("r"), at=NOW, event=event)
        for at, event in enumerate(events, start=1)
    ]


def test_names_notes_and_facts_in_a_briefing() -> None:
    project = Project(
        project_id=PROJECT, owner=ADA, name=EVIL, revision=1, created_at=NOW, updated_at=NOW
    )  # fmt: skip
    asset = Asset(
        asset_id=AssetId("a"), owner=ADA, name=EVIL, kind="image", sha256=Sha256("0" * 64), bytes=1,
        suffix=".png", facts={"title": EVIL}, created_at=NOW,
    )  # fmt: skip
    note = Note(note_id=NoteId("n"), project_id=PROJECT, kind="fact", text=EVIL, by="agent", created_at=NOW)
    said = brief(
        Knowledge(now=NOW, project=project, files=(f"data/{EVIL}.txt",), assets=(asset,), notes=(note,))
    )
    assert "Tea" in said
    assert HIDDEN & set(said) == set()


def test_answers_and_errors_of_tools_in_a_conversation() -> None:
    calls = tuple(Call(call_id=name, tool="read_file", args={}) for name in "ab")
    finished = ToolFinished(
        call_id="a",
        tool="read_file",
        summary=EVIL,
        data={"content": EVIL, "lines": [EVIL], EVIL: {"x": EVIL}},
    )
    failed = ToolFailed(call_id="b", tool="read_file", kind="invalid", message=EVIL)
    queued = RunQueued(kind="generate", request=Request(prompt="A film"), by=ADA)
    replied = ModelReplied(model="m", text="", calls=calls)
    told = conversation(entries(queued, replied, finished, failed), {})
    (answers,) = [each for each in told if isinstance(each, ToolMessage)]
    assert HIDDEN & set(answers.model_dump_json()) == set()
    assert all("u202e" in str(each.output) for each in answers.answers)


def test_what_a_person_writes_stays_as_it_is() -> None:
    prompt = "می\u200cخواهم a film"
    queued = RunQueued(kind="generate", request=Request(prompt=prompt), by=ADA)
    (said,) = conversation(entries(queued), {})
    assert prompt in getattr(said, "text", "")


def test_a_scene_that_is_written_back_means_the_same() -> None:
    source = 'Text("می\u200cخواهم")'
    assert eval(shown(source).replace("Text", "")) == eval(source.replace("Text", ""))
