"""The whole film: its frame, its theme, its scenes in order, its sounds."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple, TypeVar, Unpack, cast, overload

from stage import beats
from stage import vocabulary as words
from stage.entrance import Entrance, EntranceWords, Entry, entrance
from stage.mistakes import Place, Wrong, did_you_mean, here, mistake, warn
from stage.scene import Scene
from stage.sounds import Heard, Music
from stage.theme import Theme, palette
from stage.values import clean, number

RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
H = TypeVar("H", bound=Heard)


class Box(NamedTuple):
    """A box in pixels of the frame."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right, px."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom, px."""
        return self.bottom - self.top


class Film:
    """The whole film; `film.py` leaves one under the name `film`."""

    def __init__(
        self,
        title: str = "",
        *,
        width: int = 1920,
        height: int = 1080,
        fps: float = 30,
        language: str = "en",
        theme: Theme | str = "paper",
        tempo: float | None = None,
        seed: int | str = 0,
        loudness: float | None = None,
        cuts_on_beats: bool = False,
    ) -> None:
        self.place_made = here()
        self.title = _text("title", title)
        self.width = _whole("width", width, 1920)
        self.height = _whole("height", height, 1080)
        self.fps = _rate(fps)
        self.language = _text("language", language)
        self.theme = _theme(theme)
        self.seed = str(seed)
        self.bpm: float | None = None
        self.first_beat = 0.0
        self.beats: beats.Beats | None = None
        self.loudness = _loudness(loudness)
        self.cuts_on_beats = bool(cuts_on_beats)
        self.entries: list[Entry] = []
        self.sounds: list[Heard] = []
        self.marks: dict[str, tuple[float, Place | None]] = {}
        if tempo is not None:
            self.tempo(tempo)

    @property
    def unit(self) -> float:
        """How much larger than 1080 px the shorter side is: multiply sizes by it."""
        return min(self.width, self.height) / 1080

    @property
    def shape(self) -> str:
        """`wide`, `tall` or `square`."""
        return words.frame_shape(self.width, self.height)

    @property
    def rtl(self) -> bool:
        """Whether the film's language is read from the right."""
        return self.language.replace("_", "-").split("-")[0].lower() in RTL

    @property
    def safe(self) -> Box:
        """The box that stays free of the players' buttons: what scenes lay their children in, px."""
        left, top, right, bottom = words.SAFE_AREAS[self.shape]
        return Box(left * self.width, top * self.height, (1 - right) * self.width, (1 - bottom) * self.height)

    @property
    def beat(self) -> float:
        """Length of a beat, seconds; half a second without a tempo."""
        return 60 / self.bpm if self.bpm else 0.5

    def tempo(self, bpm: float, first_beat: float = 0) -> None:
        """Lay a grid of beats over the film, so that `at="beat:4"` and `film.beat` mean something."""
        try:
            self.bpm = number("tempo", bpm, *words.TEMPO)
            self.first_beat = number("first_beat", first_beat, 0, 600)
            self.beats = beats.steady(self.bpm, self.first_beat)
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    def follow(self, heard: str | Sequence[float]) -> None:
        """Take the beats that were heard in music: `film.follow("assets/music.beats.json")`, or seconds."""
        try:
            times = beats.read(heard) if isinstance(heard, str) else list(heard)
            self.beats = beats.given(times)
            self.first_beat = times[0]
            self.bpm = 60 * (len(times) - 1) / (times[-1] - times[0])
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    def beat_at(self, beat: float) -> float:
        """The second of the film at which a beat falls, counted from 0."""
        return self.beats.at(beat) if self.beats else beat * self.beat

    def random(self, name: str) -> random.Random:
        """Give a random source that draws the same in every run: `film.random("stars").uniform(0, 1)`."""
        return random.Random(f"{self.seed}:{name}")

    def mark(self, name: str, seconds: float) -> None:
        """Name a moment of the film for whoever reads the composition."""
        try:
            self.marks[str(name)] = (
                number("seconds of a mark", seconds, 0, words.LIMITS["seconds"][1]),
                here(),
            )
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    def second_of_mark(self, name: str) -> float:
        """Tell when a marked moment is, seconds of the film; raises Wrong when nothing is marked so."""
        if name not in self.marks:
            known = ", ".join(self.marks) or "none"
            raise Wrong(
                f"no mark {name!r}{did_you_mean(name, self.marks)}", f"film.mark it; marks are {known}"
            )
        return self.marks[name][0]

    @overload
    def add(self, part: H) -> H: ...
    @overload
    def add(
        self, part: Scene, enter: str = "cut", over: float = 0.5, **how: Unpack[EntranceWords]
    ) -> Scene: ...
    def add(
        self, part: Scene | Heard, enter: str = "cut", over: float = 0.5, **how: Unpack[EntranceWords]
    ) -> Scene | Heard:
        """Put a scene after the last one, coming in by a transition that takes `over` seconds; or a sound."""
        if isinstance(part, Heard):
            self.sounds.append(part)
            if isinstance(part, Music) and self.bpm is None:
                self.tempo(part.usual_tempo)
        elif isinstance(cast(object, part), Scene):
            self._append(part, enter, over, dict(how))
        else:
            shown = (
                "nothing (a build function without return?)"
                if cast(object, part) is None
                else type(part).__name__
            )
            mistake("scene_wrong", f"film.add got {shown}", "give a Scene, a Sound, Music, a Sfx or Speech")
        return part

    def _append(self, scene: Scene, enter: object, over: object, how: dict[str, object]) -> None:
        if any(entry.scene is scene or entry.scene.id == scene.id for entry in self.entries):
            mistake("id_double", f"two scenes are named {scene.id!r}", "give every scene an id of its own")
        scene.added = True
        try:
            coming = entrance(scene.id, enter, over, how)
        except Wrong as wrong:
            mistake("transition_wrong", wrong.message, wrong.hint)
            coming = Entrance()
        if not self.entries and coming.kind != "cut":
            message = f"the first scene {scene.id!r} comes in by cut, not by {enter}"
            warn("transition_first", message, "leave out enter")
            coming = Entrance()
        self.entries.append(Entry(scene, coming, here()))

    def seconds_of(self, scene: str) -> float:
        """Tell when a scene begins, seconds of the film; raises Wrong when it has none of that id."""
        clock = 0.0
        for entry in self.entries:
            clock -= entry.overlap
            if entry.scene.id == scene:
                return clock
            clock += entry.scene.seconds
        known = [entry.scene.id for entry in self.entries]
        raise Wrong(
            f"no scene is named {scene!r}{did_you_mean(scene, known)}", f"scenes are {', '.join(known)}"
        )


def _loudness(said: object) -> float | None:
    try:
        return None if said is None else number("loudness of the film, LUFS", said, *words.LOUDNESS)
    except Wrong as wrong:
        mistake("film_limit", wrong.message, wrong.hint)
        return None


def _whole(name: str, value: object, instead: int) -> int:
    low, high = words.LIMITS[name]
    try:
        found = number(f"{name} of the film", value, low, high)
        if found != int(found):
            raise Wrong(f"{name} of the film is {found:g}", f"give a whole number of {low:g} to {high:,g}")
        return int(found)
    except Wrong as wrong:
        mistake("film_limit", wrong.message, wrong.hint)
        return instead


def _rate(value: object) -> float:
    low, high = words.LIMITS["fps"]
    try:
        found = words.frame_rate(number("fps of the film", value, low, high))
        if found is None:
            rates = ", ".join(f"{rate:g}" for rate in words.BROADCAST)
            raise Wrong(
                f"fps of the film is {value!r}", f"give a whole number of {low:g} to {high:g}, or {rates}"
            )
        return found
    except Wrong as wrong:
        mistake("film_limit", wrong.message, wrong.hint)
        return 30


def _text(name: str, value: object) -> str:
    try:
        return str(clean("the film", name, words.Property("text", ""), value))
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return ""


def _theme(theme: object) -> Theme:
    try:
        if isinstance(theme, str):
            return palette(theme)
        if not isinstance(theme, Theme):
            raise Wrong(f"theme is {theme!r}", "give a Theme(…) or the name of one")
        return theme
    except Wrong as wrong:
        mistake("value_wrong", wrong.message, wrong.hint)
        return Theme()
