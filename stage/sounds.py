"""What plays along: files, music by mood, sound effects and speech."""

from __future__ import annotations

from collections.abc import Sequence

from stage import vocabulary as words
from stage.mistakes import Wrong, did_you_mean, here, mistake
from stage.values import number

Start = float | str
Levels = Sequence[tuple[float, float]]
MOST_SECONDS = words.LIMITS["seconds"][1]
MOST_LEVELS = 1_000
MOST_LETTERS = 2_000


class Heard:
    """Anything that a film plays; `start` is seconds of the film, or `"scene+0.5"`, a mark, `"beat:8"`."""

    def __init__(self, start: Start, gain_db: float, fade_in: float, fade_out: float, levels: Levels) -> None:
        self.place_made = here()
        self.start = start
        self.settings: dict[str, object] = {}
        self._set("gain_db", gain_db, *words.GAIN_DB)
        self._set("fade_in", fade_in, 0, MOST_SECONDS)
        self._set("fade_out", fade_out, 0, MOST_SECONDS)
        self._level(levels)

    def source(self) -> dict[str, object]:
        """What it plays, as the composition says it."""
        raise AssertionError(type(self).__name__)

    def _set(self, name: str, value: float | None, low: float, high: float) -> None:
        try:
            if value is not None and number(f"{name} of a sound", value, low, high):
                self.settings[name] = value
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    def _level(self, levels: Levels) -> None:
        hint = "give pairs of seconds and decibels: [(0, 0), (2.5, -12)]"
        try:
            said = [
                {"at": number("a level's second", at, 0, MOST_SECONDS),
                 "gain_db": number("a level", gain_db, *words.GAIN_DB)}
                for at, gain_db in levels
            ]  # fmt: skip
            if len(said) > MOST_LEVELS:
                raise Wrong(f"a sound has {len(said):,} levels", f"give at most {MOST_LEVELS:,}")
            if said:
                self.settings["levels"] = sorted(said, key=lambda level: level["at"])
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint or hint)
        except (TypeError, ValueError):
            mistake("value_wrong", f"the levels of a sound are {levels!r}"[:200], hint)


class Sound(Heard):
    """A file that plays along: `film.add(Sound("assets/music.mp3", gain_db=-8, fade_out=1.2))`."""

    def __init__(
        self,
        src: str,
        *,
        start: Start = 0,
        trim: float = 0,
        seconds: float | None = None,
        gain_db: float = 0,
        fade_in: float = 0,
        fade_out: float = 0,
        loop: bool = False,
        levels: Levels = (),
        voice: bool = False,
        duck_db: float | None = None,
    ) -> None:
        super().__init__(start, gain_db, fade_in, fade_out, levels)
        self.src = src
        self._set("trim", trim, 0, MOST_SECONDS)
        self._set("seconds", seconds, 0.01, MOST_SECONDS)
        self._set("duck_db", duck_db, 0, 60)
        self.settings["loop"] = bool(loop)
        self.settings["voice"] = bool(voice)

    def source(self) -> dict[str, object]:
        """The path of its file."""
        return {"src": self.src}


class Music(Heard):
    """A piece composed for the film: `film.add(Music("warm"))`; its beats are the film's, `beat:n`."""

    def __init__(
        self,
        mood: str = "warm",
        *,
        tempo: float | None = None,
        start: Start = 0,
        seconds: float | None = None,
        key: str = "",
        meter: int | None = None,
        energy: float = 0.5,
        gain_db: float = 0,
        fade_in: float = 0,
        fade_out: float = 0,
        levels: Levels = (),
        duck_db: float | None = None,
        seed: int = 0,
    ) -> None:
        super().__init__(start, gain_db, fade_in, fade_out, levels)
        self.mood = _chosen("mood of music", mood, tuple(words.MOODS), "warm")
        self.key = _chosen("key of music", key, ("", *words.KEYS), "")
        table = words.MOODS[self.mood]
        self.bpm: float | None = None
        self.meter = table.meter
        self.energy, self.seed = 0.5, 0
        self._set("seconds", seconds, 0.5, MOST_SECONDS)
        self._set("duck_db", duck_db, 0, 60)
        try:
            if tempo is not None:
                self.bpm = number("tempo of music", tempo, *words.MUSIC_TEMPO)
            if meter is not None:
                if meter not in words.METERS:
                    raise Wrong(
                        f"meter of music is {meter!r}", f"give one of {', '.join(map(str, words.METERS))}"
                    )
                self.meter = meter
            self.energy = number("energy of music", energy, 0, 1)
            self.seed = int(number("seed of music", seed, 0, 2**32 - 1))
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    @property
    def usual_tempo(self) -> float:
        """Beats a minute where the film has no tempo of its own."""
        return self.bpm or words.MOODS[self.mood].bpm

    def source(self) -> dict[str, object]:
        """Its mood and manner; tempo and bars come with the film."""
        found: dict[str, object] = {"mood": self.mood, "meter": self.meter, "energy": self.energy}
        if self.key:
            found["key"] = self.key
        if self.seed:
            found["seed"] = self.seed
        return {"music": found}


class Sfx(Heard):
    """A sound effect that peaks on its moment: `film.add(Sfx("whoosh", start="points"))`."""

    def __init__(
        self,
        name: str,
        *,
        start: Start = 0,
        gain_db: float = 0,
        fade_in: float = 0,
        fade_out: float = 0,
    ) -> None:
        super().__init__(start, gain_db, fade_in, fade_out, ())
        self.name = _chosen("a sound effect", name, tuple(words.SOUND_EFFECTS), "pop")

    def source(self) -> dict[str, object]:
        """The name of the effect."""
        return {"effect": self.name}


class Speech(Heard):
    """A voice that says words, while music steps back: `film.add(Speech("Hello.", start="opening+0.4"))`."""

    def __init__(
        self,
        text: str,
        *,
        start: Start = 0,
        language: str | None = None,
        voice: str = "female",
        pace: float = 1,
        gain_db: float = 0,
        levels: Levels = (),
    ) -> None:
        super().__init__(start, gain_db, 0, 0, levels)
        self.text = text.strip() if isinstance(text, str) else ""  # pyright: ignore[reportUnnecessaryIsInstance]
        self.language: str | None = None
        if language is not None:
            short = str(language).replace("_", "-").split("-")[0].lower()
            self.language = _chosen("language of speech", short, words.VOICE_LANGUAGES, "en")
        self.voice = _chosen("voice of speech", voice, words.VOICES, "female")
        self.pace = 1.0
        try:
            if not 1 <= len(self.text) <= MOST_LETTERS:
                raise Wrong(
                    f"the words of a speech are {text!r}"[:120], f"give 1 to {MOST_LETTERS:,} letters"
                )
            self.pace = number("pace of speech", pace, 0.5, 2)
        except Wrong as wrong:
            mistake("value_wrong", wrong.message, wrong.hint)

    def source(self) -> dict[str, object]:
        """The words and the voice; the language is the film's unless said."""
        found: dict[str, object] = {"text": self.text, "voice": self.voice, "pace": self.pace}
        if self.language:
            found["language"] = self.language
        return {"speech": found}


def _chosen(what: str, name: object, known: tuple[str, ...], instead: str) -> str:
    if isinstance(name, str) and name in known:
        return name
    guess = did_you_mean(str(name), known)
    mistake("value_wrong", f"{what} is {name!r}{guess}", f"give one of {', '.join(filter(None, known))}")
    return instead
