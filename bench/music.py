"""Music with known beats: seventy pieces of many kinds, written as MIDI and played by fluidsynth."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from render.music.midi import Note, Sheet, written
from render.music.perform import SOUNDFONTS, play

DRUM_CHANNEL = 9
KICK, SNARE, CLAP, HAT, OPEN, RIDE, SHAKER, STICK, CRASH = 36, 38, 39, 42, 46, 51, 82, 37, 49
MAJOR, MINOR = (0, 2, 4, 5, 7, 9, 11), (0, 2, 3, 5, 7, 8, 10)


@dataclass(frozen=True)
class Kind:
    """How pieces of one kind are made."""

    name: str
    tempi: tuple[float, ...]
    meter: int = 4
    swing: float = 0
    """How late off-beat eighths come, as a share of an eighth."""
    rubato: float = 0
    """How far the tempo sways about its middle, as a share."""
    lead_in: float = 0.0
    """Beats of silence or upbeat before the first bar."""


@dataclass
class Piece:
    """A piece and the truth about it; seconds."""

    name: str
    bpm: float
    sheet: Sheet
    beats: list[float]
    downbeats: list[float]
    seconds: float


@dataclass
class Clock:
    """Where beats fall, with a tempo that may sway."""

    kind: Kind
    bpm: float
    start: float
    times: list[float] = field(default_factory=list[float])

    def lay(self, beats: int, draw: random.Random) -> None:
        """Fix the times of so many beats and one more."""
        clock, phase = self.start, draw.random() * 6.28
        for beat in range(beats + 1):
            self.times.append(clock)
            sway = self.kind.rubato * math.sin(2 * math.pi * beat / (self.kind.meter * 4) + phase)
            sway += self.kind.rubato * 0.3 * draw.uniform(-1, 1)
            clock += 60 / self.bpm * (1 + sway)

    def at(self, beat: float) -> float:
        """The second of a beat; off-beat eighths swing."""
        whole = math.floor(beat)
        share = beat - whole
        if self.kind.swing and abs(share - 0.5) < 0.01:
            share += self.kind.swing * 0.5
        low = min(whole, len(self.times) - 2)
        return self.times[low] + (share + whole - low) * (self.times[low + 1] - self.times[low])


KINDS = (
    Kind("rock", (84, 118, 142, 168)),
    Kind("pop", (96, 104, 128)),
    Kind("house", (120, 124, 130)),
    Kind("breaks", (160, 172, 176)),
    Kind("hiphop", (78, 88, 94), swing=0.25),
    Kind("jazz", (100, 132, 168, 190), swing=0.33),
    Kind("shuffle", (92, 116, 138), swing=0.33),
    Kind("waltz", (96, 120, 150, 168), 3),
    Kind("sixeight", (60, 66, 80), 2),
    Kind("ballad", (60, 66, 72)),
    Kind("arpeggio", (70, 90, 110, 130)),
    Kind("rubato", (64, 76, 92, 110), rubato=0.09),
    Kind("strings", (80, 100, 120)),
    Kind("folk", (90, 108, 126)),
    Kind("march", (108, 116, 126), 2),
    Kind("bossa", (104, 128, 140)),
    Kind("reggae", (72, 80, 90)),
    Kind("funk", (96, 106, 114)),
    Kind("metal", (140, 180, 200)),
    Kind("musicbox", (84, 112, 144)),
    Kind("latin", (92, 108)),
    Kind("pulse", (100, 125, 140)),
    Kind("upbeat", (100, 132), lead_in=1),
    Kind("late", (90, 120), lead_in=3.4),
)


def pieces(seconds: float = 20) -> Iterator[Piece]:
    """Make every piece, always the same ones."""
    for kind in KINDS:
        for bpm in kind.tempi:
            yield piece(kind, bpm, seconds)


def piece(kind: Kind, bpm: float, seconds: float = 20) -> Piece:
    """Write one piece."""
    draw = random.Random(f"{kind.name}:{bpm}")
    beats = max(8, round(seconds * bpm / 60 / kind.meter) * kind.meter)
    clock = Clock(kind, bpm, 0.2 + kind.lead_in * 60 / bpm + draw.uniform(0, 0.4))
    clock.lay(beats, draw)
    sheet = Sheet()
    makers = {"upbeat": _pop, "late": _rock}
    makers.get(kind.name, MAKERS.get(kind.name, _rock))(Studio(sheet, clock, draw, kind.meter, beats))
    if kind.name == "upbeat":
        for step in (-1, -0.5):
            sheet.notes.append(Note(clock.times[0] + step * 60 / bpm, 0.2, 67, 80, 0))
    truth = clock.times[:beats]
    return Piece(f"{kind.name}-{bpm:g}", bpm, sheet, truth, truth[:: kind.meter], clock.times[-1] + 1)


def record(made: Piece, folder: Path) -> Path:
    """Play a piece into a FLAC file."""
    path = folder / f"{made.name}.flac"
    font = next(each for each in SOUNDFONTS if each.is_file())
    play(written(made.sheet, made.seconds), font, path)
    return path


@dataclass
class Studio:
    """What a maker writes with."""

    sheet: Sheet
    clock: Clock
    draw: random.Random
    meter: int
    beats: int
    key: int = 0
    scale: tuple[int, ...] = MAJOR
    chords: tuple[int, ...] = (0, 4, 5, 3)

    def __post_init__(self) -> None:
        self.key = self.draw.randrange(12)
        self.scale = self.draw.choice((MAJOR, MINOR))
        self.chords = self.draw.choice(((0, 4, 5, 3), (0, 5, 3, 4), (0, 3, 4, 4), (5, 3, 0, 4), (0, 2, 3, 4)))

    @property
    def bars(self) -> int:
        return self.beats // self.meter

    def tone(self, degree: int, base: int) -> int:
        octave, step = divmod(degree, 7)
        return base + (self.key - base) % 12 + 12 * octave + self.scale[step]

    def chord(self, bar: int, base: int) -> list[int]:
        root = self.chords[bar % len(self.chords)]
        return [self.tone(root + step, base) for step in (0, 2, 4)]

    def hit(self, beat: float, pitch: int, velocity: float, channel: int, length: float = 0.5) -> None:
        """Strike a note, a few milliseconds off as people do."""
        if beat >= self.beats:
            return
        late = self.draw.gauss(0, 0.004)
        start = self.clock.at(beat) + late
        end = self.clock.at(min(beat + length, self.beats)) if beat + length < self.beats else start + 0.4
        loud = max(20, min(120, velocity + self.draw.uniform(-8, 8)))
        self.sheet.notes.append(Note(max(0, start), max(0.05, end - start), pitch, round(loud), channel))

    def drums(self, **rows: str) -> None:
        """Play rows of sixteenths; a row is repeated bar by bar."""
        keys = {"kick": KICK, "snare": SNARE, "clap": CLAP, "hat": HAT, "open": OPEN, "ride": RIDE,
                "shaker": SHAKER, "stick": STICK}  # fmt: skip
        for name, row in rows.items():
            for bar in range(self.bars):
                for step, letter in enumerate(row):
                    if letter != ".":
                        loud = {"x": 78, "X": 104, "o": 52}[letter]
                        beat = bar * self.meter + step * self.meter / len(row)
                        self.hit(beat, keys[name], loud, DRUM_CHANNEL, 0.2)

    def bass(self, row: str, program: int = 33) -> None:
        """Play the chord's root in a rhythm, `5` is its fifth."""
        self.sheet.programs[1] = program
        for bar in range(self.bars):
            root, _, fifth = self.chord(bar, 36)
            for step, letter in enumerate(row):
                if letter != ".":
                    pitch = fifth if letter == "5" else root
                    self.hit(bar * self.meter + step * self.meter / len(row), pitch, 92, 1, 0.6)

    def comp(
        self, row: str, program: int, velocity: float = 72, length: float = 0.6, channel: int = 0
    ) -> None:
        """Strike whole chords in a rhythm."""
        self.sheet.programs[channel] = program
        for bar in range(self.bars):
            for step, letter in enumerate(row):
                if letter != ".":
                    for pitch in self.chord(bar, 55):
                        beat = bar * self.meter + step * self.meter / len(row)
                        self.hit(beat, pitch, velocity + (12 if letter == "X" else 0), channel, length)

    def melody(self, program: int, density: float = 0.6, base: int = 72, channel: int = 2) -> None:
        """Wander over the scale in eighths, more often on beats."""
        self.sheet.programs[channel] = program
        degree = 4
        for eighth in range(self.beats * 2):
            on = eighth % 2 == 0
            if self.draw.random() < (density if on else density * 0.5):
                degree = max(0, min(11, degree + self.draw.choice((-2, -1, 1, 2))))
                self.hit(
                    eighth / 2, self.tone(degree, base), 80 + 8 * on, channel, self.draw.choice((0.5, 1))
                )


def _rock(s: Studio) -> None:
    s.drums(kick="X.....x.X.......", snare="....X.......X...", hat="x.x.x.x.x.x.x.x.")
    s.bass("x.x.x.x.x.x.x.x.")
    s.comp("X.......x.....x.", 29, 60, 1.5)
    s.melody(27, 0.4)


def _pop(s: Studio) -> None:
    s.drums(kick="X..x..x.X.......", clap="....X.......X...", shaker="x.xxx.xxx.xxx.xx")
    s.bass("x..x..x.x.......")
    s.comp("X...x...x...x...", 4, 66)
    s.melody(73, 0.4)


def _house(s: Studio) -> None:
    s.drums(kick="X...X...X...X...", open="..x...x...x...x.", clap="....x.......x...")
    s.comp("..x..x....x..x..", 81, 56, 0.3)
    s.bass("..x...x...x..xx.", 38)


def _breaks(s: Studio) -> None:
    s.drums(kick="X.........X.....", snare="....X..o.o..X..o", hat="x.x.x.x.x.x.x.x.")
    s.bass("x.....x.....5...", 38)
    s.comp("X...............", 89, 60, 4)


def _hiphop(s: Studio) -> None:
    s.drums(kick="X..x..X.....X.x.", snare="....X.......X...", hat="x.x.x.x.x.x.x.x.")
    s.bass("x.....x.........", 33)
    s.comp("X.......x.......", 4, 62, 2)


def _jazz(s: Studio) -> None:
    s.drums(ride="x...x.x.x...x.x.", kick="o...o...o...o...", stick="....x.......x...")
    s.sheet.programs[1] = 32
    for bar in range(s.bars):
        row = [s.chord(bar, 40)[place] for place in (0, 1, 2, 1)]
        for beat, pitch in enumerate(row):
            s.hit(bar * 4 + beat, pitch, 88, 1, 0.9)
    s.comp("..x...........x.", 0, 58, 0.4)
    s.melody(66, 0.5)


def _shuffle(s: Studio) -> None:
    s.drums(kick="X.......X.......", snare="....X.......X...", hat="x.x.x.x.x.x.x.x.")
    s.bass("x...5...x...5...", 34)
    s.comp("x.x.x.x.x.x.x.x.", 26, 58, 0.4)


def _waltz(s: Studio) -> None:
    s.bass("x.....", 43)
    s.comp("..x.x.", 0, 60, 0.7)
    s.melody(40, 0.6)


def _sixeight(s: Studio) -> None:
    s.sheet.programs[0] = 24
    for bar in range(s.bars):
        low, mid, high = s.chord(bar, 52)
        for step, pitch in enumerate((low, mid, high, low + 12, high, mid)):
            s.hit(bar * 2 + step / 3, pitch, 86 if step % 3 == 0 else 64, 0, 0.5)
    s.bass("xx", 32)
    s.melody(73, 0.3)


def _ballad(s: Studio) -> None:
    s.comp("X...x...x...x...", 0, 62, 1)
    s.bass("x.......x.......", 32)
    s.drums(stick="....x.......x...", kick="o.......o.......")
    s.melody(48, 0.3)


def _arpeggio(s: Studio) -> None:
    s.sheet.programs[0] = s.draw.choice((0, 24, 46))
    for bar in range(s.bars):
        low, mid, high = s.chord(bar, 52)
        for step, pitch in enumerate((low, mid, high, mid) * 2):
            s.hit(bar * 4 + step / 2, pitch, 88 if step % 4 == 0 else 70 if step % 2 == 0 else 60, 0, 0.8)
    s.bass("x...............", 43)


def _rubato(s: Studio) -> None:
    s.sheet.programs[0] = 0
    for bar in range(s.bars):
        low, mid, high = s.chord(bar, 48)
        for beat, row in enumerate(((low - 12,), (mid, high), (low,), (mid, high))):
            for pitch in row:
                s.hit(bar * 4 + beat, pitch, 80 if beat % 2 == 0 else 64, 0, 1)
    s.melody(0, 0.6)


def _strings(s: Studio) -> None:
    s.comp("X.......x.......", 48, 70, 2)
    s.sheet.programs[3] = 45
    for beat in range(s.beats):
        s.hit(beat, s.chord(beat // 4, 48)[beat % 3], 84, 3, 0.4)
    s.bass("x...x...x...x...", 43)


def _folk(s: Studio) -> None:
    s.comp("X...x.x...x.x.x.", 25, 70, 0.4)
    s.bass("x.......5.......", 32)
    s.melody(22, 0.5)


def _march(s: Studio) -> None:
    s.drums(kick="X...X...", snare="..x.X.xx")
    s.bass("x.5.", 58)
    s.comp(".x.x", 60, 64, 0.3)
    s.melody(56, 0.6)


def _bossa(s: Studio) -> None:
    s.drums(stick="x..x..x...x..x..", kick="x..xx..xx..xx..x", shaker="xxxxxxxxxxxxxxxx")
    s.bass("x..5x..5x..5x..5", 32)
    s.comp("x..x..x...x..x..", 24, 60, 0.5)


def _reggae(s: Studio) -> None:
    s.drums(kick="........X.......", stick="........X.......", hat="x.x.x.x.x.x.x.x.")
    s.comp("..x...x...x...x.", 27, 70, 0.25)
    s.bass("x..x..x.x.......", 33)


def _funk(s: Studio) -> None:
    s.drums(kick="X..x......x..x..", snare="....X..o.o..X..o", hat="xxxxxxxxxxxxxxxx")
    s.bass("x..x..x...x..xx.", 36)
    s.comp("..x..x.x..x..x.x", 27, 58, 0.15)


def _metal(s: Studio) -> None:
    s.drums(kick="X.xxX.xxX.xxX.xx", snare="....X.......X...", open="x...x...x...x...")
    s.comp("x.xxx.xxx.xxx.xx", 30, 66, 0.2)
    s.bass("x.xxx.xxx.xxx.xx", 34)


def _musicbox(s: Studio) -> None:
    s.sheet.programs[0] = 10
    for bar in range(s.bars):
        tones = s.chord(bar, 67)
        for beat in range(4):
            s.hit(bar * 4 + beat, tones[beat % 3], 84 if beat == 0 else 70, 0, 1)
            if s.draw.random() < 0.5:
                s.hit(bar * 4 + beat + 0.5, tones[(beat + 1) % 3] + 12, 60, 0, 0.5)


def _latin(s: Studio) -> None:
    s.drums(stick="x..x..x...x.x...", kick="X.......X.......", shaker="x.xxx.xxx.xxx.xx")
    s.comp("x.xx.x.xx.x.x.x.", 0, 66, 0.3)
    s.bass("x.....x.....x...", 32)


def _pulse(s: Studio) -> None:
    s.sheet.programs[0] = 81
    for step in range(s.beats * 4):
        pitch = s.chord(step // 16, 48)[(0, 1, 2, 1)[step % 4]]
        s.hit(step / 4, pitch, 92 if step % 4 == 0 else 66, 0, 0.2)
    s.bass("x...x...x...x...", 38)


MAKERS: dict[str, Callable[[Studio], None]] = {
    "rock": _rock, "pop": _pop, "house": _house, "breaks": _breaks, "hiphop": _hiphop, "jazz": _jazz,
    "shuffle": _shuffle, "waltz": _waltz, "sixeight": _sixeight, "ballad": _ballad, "arpeggio": _arpeggio,
    "rubato": _rubato, "strings": _strings, "folk": _folk, "march": _march, "bossa": _bossa,
    "reggae": _reggae, "funk": _funk, "metal": _metal, "musicbox": _musicbox, "latin": _latin,
    "pulse": _pulse,
}  # fmt: skip
