"""Composing a whole piece for a stretch of film."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from domain.composition import Music
from render.music.band import DRUMS, Band, Player
from render.music.form import Form, shaped
from render.music.lead import Singer
from render.music.midi import DRUM_CHANNEL, Control, Note, Sheet
from render.music.moods import BANDS
from render.music.parts import PARTS, Bar, Desk, Stroke, chords_of
from render.music.theory import SCALES, TONICS, Chord, Tonality, ladder, nearest, voiced

HUMAN_S = 0.006
"""How far a player other than the drums is from the beat at most, seconds."""
LEVEL, PAN, EXPRESSION, ROOM = 7, 10, 11, 91
SUNG_WITHOUT = 0.3
"""With less energy than this nobody sings the melody."""


@dataclass(frozen=True)
class Piece:
    """Music as notes."""

    sheet: Sheet
    form: Form

    @property
    def beats(self) -> tuple[float, ...]:
        """The seconds of all beats, to the last chord."""
        form = self.form
        found = [
            form.start(bar) + beat * form.beat for bar in range(form.bars) for beat in range(form.beats(bar))
        ]
        return (*found, form.final)


def compose(music: Music, seconds: float, start: float = 0) -> Piece:
    """Write a piece that begins on the film's second `start`, lasts so long, and ends with its last chord.

    The same music is the same piece, note for note.
    """
    band = BANDS[music.mood]
    beat = 60 / music.bpm
    form = shaped(
        seconds=seconds, beat=beat, meter=music.meter, phase=music.offset - start, energy=music.energy
    )
    tonality = Tonality(TONICS[music.key or band.tonic], SCALES[band.scale])
    draw = random.Random(f"{music.mood}:{music.seed}")
    harmony = _harmony(band, tonality, form)
    sheet = Sheet()
    free = (channel for channel in range(16) if channel != DRUM_CHANNEL)
    for player in band.players:
        channel = DRUM_CHANNEL if player.role == "drums" else next(free)
        hand = random.Random(draw.random())
        _seat(sheet, player, channel, form)
        bars = [Bar(n, form.beats(n), chord, form.growth(n), n == form.bars - 1)
                for n, chord in enumerate(harmony)]  # fmt: skip
        if bars and bars[0].growth < player.enters:
            _opening(sheet, player, bars[0], form, channel)
        playing = _playing(player, tonality, music, hand)
        for bar in bars:
            if bar.growth + 1e-9 < player.enters:
                continue
            for stroke in playing(bar):
                sheet.notes.append(_note(stroke, form.start(bar.number), form, band, channel, hand))
        if player.role != "drums" or form.bars > 1:
            _last(sheet, player, tonality.chord(band.last), form, channel)
        if player.role == "pad" and form.first > 0.25 and player.enters == 0:
            for pitch in voiced(harmony[0] if harmony else tonality.chord(band.last), (), player.center):
                sheet.notes.append(Note(0, form.first, pitch, 52, channel))
    return Piece(sheet, form)


def _harmony(band: Band, tonality: Tonality, form: Form) -> list[Chord]:
    """One chord a bar: rounds of the band's turns, and its ending before the last chord."""
    names = chords_of((band.turns[0], band.turns[0], band.turns[1], band.turns[0]))
    row = [names[bar % len(names)] for bar in range(form.bars)]
    if form.bars > 1:
        row[-1] = band.ending
    return [tonality.chord(name) for name in row]


def _seat(sheet: Sheet, player: Player, channel: int, form: Form) -> None:
    """Give a player an instrument and a place; pads swell over the piece."""
    sheet.programs[channel] = player.program
    for number, value in ((LEVEL, player.level), (PAN, player.pan), (ROOM, player.room)):
        sheet.controls.append(Control(0, channel, number, value))
    for bar in range(form.bars if player.role == "pad" else 0):
        value = round(104 + 23 * form.growth(bar))
        sheet.controls.append(Control(form.start(bar), channel, EXPRESSION, value))


def _playing(
    player: Player, tonality: Tonality, music: Music, hand: random.Random
) -> Callable[[Bar], Iterator[Stroke]]:
    """A player's way to play a bar."""
    if player.role != "lead":
        desk = Desk(player, tonality, hand)
        return lambda bar: PARTS[player.role](desk, bar)
    singer = Singer(tonality, player.center, music.meter, hand)
    return singer.sing if music.energy >= SUNG_WITHOUT else lambda bar: iter(())


def _note(stroke: Stroke, bar: float, form: Form, band: Band, channel: int, hand: random.Random) -> Note:
    """Put a stroke on the clock: swung, and a little human unless it is a drum."""
    at = stroke.at
    if band.swing and abs(at % 1 - 0.5) < 0.01:
        at += band.swing * 0.5
    seconds = bar + at * form.beat + stroke.late
    velocity = stroke.velocity
    if channel != DRUM_CHANNEL:
        seconds += abs(hand.gauss(0, HUMAN_S / 3)) if at else 0
        velocity += hand.uniform(-5, 5)
    length = min(stroke.length * form.beat, form.final - seconds)
    return Note(max(0.0, seconds), max(0.03, length), stroke.pitch, round(velocity), channel)


def _opening(sheet: Sheet, player: Player, bar: Bar, form: Form, channel: int) -> None:
    """Let those who join later mark the first moment: a piece begins on it, it does not creep in."""
    if player.role == "bass":
        root = nearest((bar.chord.root,), player.center)
        sheet.notes.append(Note(form.first, form.bar, root, 88, channel))
    elif player.role in ("bells", "arpeggio"):
        for place, pitch in enumerate(ladder(bar.chord.tones, player.center, 3)):
            sheet.notes.append(Note(form.first + 0.03 * place, form.bar, pitch, 74, channel))
    elif player.role == "drums":
        sheet.notes.append(Note(form.first, 0.3, DRUMS[next(iter(player.kit))], 84, channel))


def _last(sheet: Sheet, player: Player, chord: Chord, form: Form, channel: int) -> None:
    """Strike the last chord and let it ring."""
    ring = max(0.3, form.seconds - form.final)
    match player.role:
        case "drums":
            keys = [(DRUMS["crash" if "snare" in player.kit else "triangle"], 84)]
            first = next(iter(player.kit))
            keys.append((DRUMS[first], 96))
        case "bass":
            keys = [(nearest((chord.root,), player.center), 92)]
        case "lead":
            keys = [(nearest((chord.root,), player.center), 86)]
        case "bells" | "arpeggio":
            keys = [(pitch, 70) for pitch in ladder(chord.tones, player.center, 2)]
        case _:
            keys = [(pitch, 76) for pitch in voiced(chord, (), player.center)]
    for place, (pitch, velocity) in enumerate(keys):
        late = 0.02 * place if player.role == "comp" else 0
        sheet.notes.append(Note(form.final + late, ring, pitch, velocity, channel))
