"""What the model reads, projected from the log."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.event import Event, ModelReminded, Notice, ToolProgress
from domain.model import ModelMessage, ToolMessage, UserMessage
from domain.nouns import Sha256
from memory.conversation import conversation, newest_pictures, recall
from storage.blobs import LocalBlobs
from tests.unit.logs import PROMPT, failed, finished, log, queued, replied, revised, sheet

JPEG = b"\xff\xd8\xff\xe0 a picture"


def test_a_conversation_begins_with_the_wish_and_its_form() -> None:
    [wish] = conversation(log(queued(format="9:16", seconds=12, quality="draft", file_format="gif")), {})
    assert wish == UserMessage(
        text=f"{PROMPT}\n\nFormat: 9:16\nLength: 12 seconds\nRender quality: draft\nFile format: gif",
    )


def test_the_same_log_gives_the_same_messages() -> None:
    entries = log(queued(), replied("I look.", ("read_file", {"file_path": "film.py"})), finished("1.1"))
    assert conversation(entries, {}) == conversation(entries, {})


def test_answers_stand_in_the_order_of_their_calls() -> None:
    entries = log(
        queued(),
        replied("", ("read_file", {"a": 1}), ("list_templates", {}), provider_content={"parts": []}),
        finished("1.2", "list_templates", "three"),
        revised(),
        failed("1.1"),
    )
    [_, said, told] = conversation(entries, {})
    assert isinstance(said, ModelMessage)
    assert said.provider_content == {"parts": []}
    assert isinstance(told, ToolMessage)
    assert [(answer.call_id, answer.failed) for answer in told.answers] == [("1.1", True), ("1.2", False)]
    assert told.answers[0].output == {"kind": "missing", "message": "no such file"}
    assert told.answers[1].output == {"summary": "three"}


def test_a_call_that_was_never_answered_has_an_answer_all_the_same() -> None:
    [_, _, told] = conversation(log(queued(), replied("", ("read_file", {}))), {})
    assert isinstance(told, ToolMessage)
    assert told.answers[0].failed


def test_reminders_and_notices_come_after_the_answers_as_one_message() -> None:
    entries = log(
        queued(),
        replied("", ("render_video", {})),
        Notice(substitution="Amiri for Diwani", reason="not installed"),
        ToolProgress(call_id="1.1", message="…"),
        finished("1.1", "render_video"),
        ModelReminded(text="Not yet."),
    )
    *_, told, aside = conversation(entries, {})
    assert isinstance(told, ToolMessage)
    assert aside == UserMessage(text="Notice: Amiri for Diwani (not installed)\n\nNot yet.")


def test_a_notice_from_before_the_first_answer_does_not_stand_among_the_users_words() -> None:
    early = (queued(), Notice(substitution="the database's memory", reason="Redis is away, start it"))
    assert conversation(log(*early), {}) == [UserMessage(text=PROMPT)]
    entries = log(*early, replied("", ("read_file", {})), finished("1.1", "read_file"))
    wish, _, _, aside = conversation(entries, {})
    assert wish == UserMessage(text=PROMPT)
    assert aside == UserMessage(text="Notice: the database's memory (Redis is away, start it)")


def test_an_answer_that_nobody_could_read_is_left_out_and_its_reminder_stays() -> None:
    entries = log(queued(), replied("half a", stopped="malformed"), ModelReminded(text="Again, please."))
    assert conversation(entries, {}) == [UserMessage(text=PROMPT), UserMessage(text="Again, please.")]


def test_only_the_newest_pictures_are_shown_and_older_ones_are_links() -> None:
    events: list[Event] = [queued()]
    names = [Sha256(f"{number:064x}") for number in range(6)]
    for turn, name in enumerate(names, start=1):
        events.append(replied("", ("visual_frame_inspection", {}), turn=turn))
        events.append(finished(f"{turn}.1", "visual_frame_inspection", images=(sheet(name),)))
    entries = log(*events)
    newest = newest_pictures(entries)
    assert newest == names[2:]
    told = [
        message for message in conversation(entries, dict.fromkeys(newest, JPEG)) if message.role == "tool"
    ]
    assert [len(message.answers[0].images) for message in told] == [0, 0, 1, 1, 1, 1]
    assert told[0].answers[0].output["pictures"] == [sheet(names[0]).href]
    assert told[-1].answers[0].images[0].media_type == "image/jpeg"


def test_long_answers_age_ten_rounds_at_a_time() -> None:
    events: list[Event] = [queued()]
    for turn in range(1, 21):
        events.append(replied("", ("read_file", {}), turn=turn))
        events.append(finished(f"{turn}.1", data={"content": "x" * 3_000, "lines": ["y" * 1_600]}))
    lengths: list[int] = []
    for message in conversation(log(*events), {}):
        if isinstance(message, ToolMessage):
            lengths.append(len(str(message.answers[0].output)))
    assert all(length < 3_800 for length in lengths[:10])
    assert all(length > 4_500 for length in lengths[10:])
    shorter = [m for m in conversation(log(*events[:-2]), {}) if isinstance(m, ToolMessage)]
    assert all(len(str(message.answers[0].output)) > 4_500 for message in shorter)


async def test_a_picture_that_is_gone_stays_a_link(tmp_path: Path) -> None:
    blobs = LocalBlobs(tmp_path)
    kept = await blobs.put(JPEG)
    entries = log(
        queued(),
        replied("", ("visual_frame_inspection", {})),
        finished("1.1", "visual_frame_inspection", images=(sheet("ab" * 32), sheet(kept))),
    )
    told = (await recall(entries, blobs))[-1]
    assert isinstance(told, ToolMessage)
    assert [image.content for image in told.answers[0].images] == [JPEG]


@pytest.mark.parametrize("turns", [1, 5])
def test_a_longer_log_only_adds_messages(turns: int) -> None:
    events: list[Event] = [queued()]
    for turn in range(1, turns + 1):
        events.append(replied(f"step {turn}", ("read_file", {}), turn=turn))
        events.append(finished(f"{turn}.1"))
    before = conversation(log(*events), {})
    after = conversation(log(*events, replied("Done.")), {})
    assert after[: len(before)] == before


def test_who_reads_every_word_is_told_a_long_conversation_as_a_whole() -> None:
    long = "word " * 2_000
    events = [queued()]
    for number in range(1, 31):
        events += [replied(long, ("read_file", {}), turn=number), finished(f"{number}.1", summary=long)]
    entries = log(*events, replied("Done."))
    assert len(conversation(entries, {})) < 40
    told = conversation(entries, {}, whole=True)
    assert told[0] == UserMessage(text=PROMPT)
    assert len(told) == 62
    assert all(each.answers[0].output["summary"] == long for each in told if isinstance(each, ToolMessage))
