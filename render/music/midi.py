"""Notes as a Standard MIDI File (format 0), with ticks of a tenth of a millisecond."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

TICKS_PER_SECOND = 10_000
_TEMPO = (1_000_000).to_bytes(3, "big")
"""Microseconds of a quarter note: one second, so that times are written as they are."""
DRUM_CHANNEL = 9


@dataclass(frozen=True)
class Note:
    """One note; times in seconds of the piece."""

    start: float
    length: float
    pitch: int
    velocity: int
    channel: int


@dataclass(frozen=True)
class Control:
    """A turn of one of a channel's knobs, by its MIDI number: 7 level, 10 pan, 11 expression, 91 room."""

    at: float
    channel: int
    number: int
    value: int


@dataclass
class Sheet:
    """Everything that a synthesizer is told."""

    programs: dict[int, int] = field(default_factory=dict[int, int])
    """Instrument by channel."""
    notes: list[Note] = field(default_factory=list[Note])
    controls: list[Control] = field(default_factory=list[Control])


def written(sheet: Sheet, seconds: float) -> bytes:
    """Write a sheet as a file that ends after so many seconds."""
    events: list[tuple[int, int, bytes]] = []
    for channel, program in sorted(sheet.programs.items()):
        events.append((0, 0, bytes((0xC0 | channel, program))))
    for turn in sheet.controls:
        events.append((_tick(turn.at), 1, bytes((0xB0 | turn.channel, turn.number, _seven(turn.value)))))
    for note in without_clashes(sheet.notes):
        key = bytes((note.pitch, max(1, _seven(note.velocity))))
        events.append((_tick(note.start), 3, bytes((0x90 | note.channel,)) + key))
        off = bytes((0x80 | note.channel, note.pitch, 0))
        events.append((max(_tick(note.start) + 1, _tick(note.start + note.length)), 2, off))
    events.sort(key=lambda event: event[:2])
    track = bytearray(b"\x00\xff\x51\x03" + _TEMPO)
    clock = 0
    for tick, _, message in events:
        track += _length(tick - clock) + message
        clock = tick
    track += _length(max(0, _tick(seconds) - clock)) + b"\xff\x2f\x00"
    head = struct.pack(">4sIHHH", b"MThd", 6, 0, 1, TICKS_PER_SECOND)
    return head + struct.pack(">4sI", b"MTrk", len(track)) + bytes(track)


def without_clashes(notes: Sequence[Note]) -> Iterable[Note]:
    """End a note where the same key of its channel is struck again: a key cannot be held twice."""
    waiting: dict[tuple[int, int], Note] = {}
    for note in sorted(notes, key=lambda each: each.start):
        key = (note.channel, note.pitch)
        before = waiting.pop(key, None)
        if before is not None:
            left = note.start - before.start
            if left > 0.005:
                yield Note(before.start, min(before.length, left - 0.002), *_rest(before))
        waiting[key] = note
    yield from waiting.values()


def _rest(note: Note) -> tuple[int, int, int]:
    return note.pitch, note.velocity, note.channel


def _tick(seconds: float) -> int:
    return max(0, round(seconds * TICKS_PER_SECOND))


def _seven(value: float) -> int:
    return max(0, min(127, round(value)))


def _length(ticks: int) -> bytes:
    """A number of variable length, seven bits a byte, as MIDI files hold it."""
    parts = [ticks & 0x7F]
    while ticks := ticks >> 7:
        parts.append(0x80 | ticks & 0x7F)
    return bytes(reversed(parts))
