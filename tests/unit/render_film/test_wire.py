"""Messages between host and guest arrive whole, or are refused."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as some

from domain.engine import Progress
from domain.nouns import Noun
from render.wire import Said, pack, receive, send, unpack


class Head(Noun):
    """Any head."""

    text: str


@given(some.text(), some.lists(some.binary(max_size=200), max_size=8))
def test_what_is_packed_is_unpacked(text: str, parts: list[bytes]) -> None:
    head, found = unpack(pack(Head(text=text), parts))
    assert Head.model_validate_json(head).text == text
    assert found == parts


@given(some.binary(max_size=300))
def test_noise_is_refused_and_breaks_nothing(noise: bytes) -> None:
    with pytest.raises(ValueError, match=r"message|list|JSON|valid"):
        unpack(noise + b"\xff")


@pytest.mark.parametrize("cut", [1, 5, 12, 20])
def test_a_cut_message_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match=r"cut|missing"):
        unpack(pack(Head(text="hello"), [b"12345678"])[:-cut])


def test_a_message_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="longer"):
        unpack(pack(Head(text="hello"), [b"1"]) + b"2")


def test_messages_follow_one_another_until_the_stream_ends() -> None:
    stream = BytesIO()
    send(b"one", stream)
    send(b"", stream)
    stream.write(b"\0\0\0\x09half")
    stream.seek(0)
    assert [receive(stream), receive(stream), receive(stream), receive(stream)] == [b"one", b"", None, None]


def test_progress_is_one_line_of_json() -> None:
    line = Said(progress=Progress(stage="drawing", done=3, total=9)).model_dump_json(exclude_none=True)
    assert "\n" not in line
    assert Said.model_validate_json(line).progress == Progress(stage="drawing", done=3, total=9)
