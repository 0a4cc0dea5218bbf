"""A container's streams, told apart; and what a guest or a broken box could send instead."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from sandbox.attached import ERR, OUT, Attached, attached
from sandbox.collector import TooMuch
from sandbox.parcel import unpack

MARK = bytes(range(32))
LAST: dict[str, object] = {"contents": "c", "code": 3, "ended_by": "", "peak_kb": 9, "files": []}


def frame(stream: int, content: bytes) -> bytes:
    return struct.pack(">BxxxI", stream, len(content)) + content


def last(**changes: object) -> bytes:
    return MARK + json.dumps({**LAST, **changes}).encode() + b"\n"


class Line:
    """Both ends of an attached line."""

    def __init__(self, host: Attached, engine: socket.socket) -> None:
        self.host = host
        self.engine = engine

    async def read_all(self) -> dict[int, bytes]:
        said = {OUT: b"", ERR: b""}
        while piece := await self.host.read():
            said[piece[0]] += piece[1]
        return said


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    host, engine = socket.socketpair()
    with engine:
        async with attached(host, MARK) as streams:
            yield Line(streams, engine)


async def test_both_streams_end_at_their_marks_and_the_last_words_follow(line: Line) -> None:
    line.engine.sendall(frame(OUT, b"out") + frame(OUT, last()) + frame(ERR, b"err") + frame(ERR, MARK))
    assert await line.read_all() == {OUT: b"out", ERR: b"err"}
    words = await line.host.last_words()
    assert words is not None
    assert words.code == 3


async def test_a_mark_may_arrive_in_pieces(line: Line) -> None:
    for byte in b"out" + last():
        line.engine.sendall(frame(OUT, bytes([byte])))
    line.engine.sendall(frame(ERR, MARK[:7]) + frame(ERR, MARK[7:]))
    assert await line.read_all() == {OUT: b"out", ERR: b""}
    assert await line.host.last_words() is not None


@pytest.mark.parametrize("said", [MARK[:31], MARK[:31] + b"x", MARK[:4] * 9, MARK[1:] + MARK[:1]])
async def test_what_only_looks_like_a_mark_is_output(line: Line, said: bytes) -> None:
    line.engine.sendall(frame(OUT, said) + frame(OUT, b"!") + frame(OUT, last()) + frame(ERR, MARK))
    assert (await line.read_all())[OUT] == said + b"!"


async def test_a_line_arrives_at_once(line: Line) -> None:
    line.engine.sendall(frame(OUT, b"half way\n"))
    assert await asyncio.wait_for(line.host.read(), 1) == (OUT, b"half way\n")


async def test_a_box_that_ends_without_a_word_has_no_last_words(line: Line) -> None:
    line.engine.sendall(frame(OUT, b"out") + frame(OUT, MARK[:9])[:12])
    line.engine.close()
    assert (await line.read_all())[OUT] == b"out"
    assert await line.host.last_words() is None


@pytest.mark.parametrize(
    "words", [b"", b"{}", b"[", b"\xff", json.dumps({**LAST, "files": [["\udcff", 1]]}).encode()]
)
async def test_last_words_that_make_no_sense_are_none(line: Line, words: bytes) -> None:
    line.engine.sendall(frame(OUT, MARK + words + b"\n") + frame(ERR, MARK))
    assert await line.read_all() == {OUT: b"", ERR: b""}
    assert await line.host.last_words() is None


async def collected(line: Line, into: Path, files: list[tuple[str, bytes]], cap: int = 1000) -> list[str]:
    announced = [(path, len(content)) for path, content in files]
    sent = b"".join(content for _, content in files)
    line.engine.sendall(frame(OUT, last(files=announced)) + frame(ERR, MARK) + frame(OUT, sent))
    line.engine.shutdown(socket.SHUT_WR)
    await line.read_all()
    words = await line.host.last_words()
    assert words is not None
    await unpack(line.host, words.files, into, cap)
    return sorted(str(path.relative_to(into)) for path in into.rglob("*") if path.is_file())


async def test_files_are_written_where_they_belong(line: Line, tmp_path: Path) -> None:
    files = [("a", b"A"), ("empty", b""), ("d/e/f.png", b"F" * 300)]
    assert await collected(line, tmp_path, files) == ["a", "d/e/f.png", "empty"]
    assert (tmp_path / "d/e/f.png").read_bytes() == b"F" * 300


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../../x", "a//x", "./x", "", "-rf", "a/-x/b", "b\nad", "x\0y", "bad ", "bad.", "..\\x",
     "\u202egnp.exe", "b" * 250, "d/" * 20 + "x", "a/../x"],
)  # fmt: skip
async def test_a_bad_name_is_left_and_its_content_skipped(line: Line, tmp_path: Path, path: str) -> None:
    into = tmp_path / "into"
    into.mkdir()
    files = [("good", b"good"), (path, b"evil"), ("last", b"last")]
    assert await collected(line, into, files) == ["good", "last"]
    assert ((into / "good").read_bytes(), (into / "last").read_bytes()) == (b"good", b"last")
    assert [each.name for each in tmp_path.iterdir()] == ["into"]


async def test_of_twins_the_first_is_taken(line: Line, tmp_path: Path) -> None:
    assert await collected(line, tmp_path, [("Film.mp4", b"1"), ("film.MP4", b"2")]) == ["Film.mp4"]


async def test_a_file_that_is_also_a_folder_does_not_hurt(line: Line, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="a"):
        await collected(line, tmp_path, [("a", b"1"), ("a/b", b"2")])
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("sizes", [[1001], [600, 600], [-1], [1] * 10_001])
async def test_more_than_may_be_collected_leaves_nothing(
    line: Line, tmp_path: Path, sizes: list[int]
) -> None:
    with pytest.raises(TooMuch):
        await unpack(line.host, [(f"f{number}", size) for number, size in enumerate(sizes)], tmp_path, 1000)
    assert list(tmp_path.iterdir()) == []


async def test_a_box_that_ends_in_the_middle_of_a_file_leaves_no_half(line: Line, tmp_path: Path) -> None:
    line.engine.sendall(
        frame(OUT, last(files=[("a", 3), ("b", 100)])) + frame(ERR, MARK) + frame(OUT, b"AAAb")
    )
    line.engine.close()
    await line.read_all()
    words = await line.host.last_words()
    assert words is not None
    with pytest.raises(ConnectionResetError):
        await unpack(line.host, words.files, tmp_path, 1000)
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
