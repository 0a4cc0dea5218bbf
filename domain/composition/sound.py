"""What a film plays: files, music that is composed for it, effects and speech."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from domain.composition.measure import Frames, Number
from domain.nouns import Noun
from stage import vocabulary as words


def _one_of(kind: str, known: tuple[str, ...]) -> AfterValidator:
    def check(name: str) -> str:
        if name not in known:
            raise ValueError(f"no {kind} {name!r}; there are {', '.join(filter(None, known))}")
        return name

    return AfterValidator(check)


MoodName = Annotated[str, _one_of("mood", tuple(words.MOODS))]
EffectName = Annotated[str, _one_of("sound effect", ("", *words.SOUND_EFFECTS))]
KeyName = Annotated[str, _one_of("key", ("", *words.KEYS))]


class Level(Noun):
    """How loud a sound is at one moment; between two moments it changes steadily."""

    at: float = Field(ge=0, le=7_200)
    """Seconds after the sound's start."""
    gain_db: float = Field(ge=-80, le=24)


class Music(Noun):
    """A piece that is composed for the film, from its length, and always the same."""

    mood: MoodName
    bpm: float = Field(ge=words.MUSIC_TEMPO[0], le=words.MUSIC_TEMPO[1])
    """Its beats fall on the film's seconds `offset + n * 60 / bpm`."""
    meter: Literal[2, 3, 4, 6] = 4
    """Beats of a bar."""
    offset: float = Field(default=0, ge=0, le=600)
    """Seconds of the film at which a bar begins."""
    key: KeyName = ""
    """Its tonic; the mood's own unless said."""
    energy: float = Field(default=0.5, ge=0, le=1)
    """0 leaves drums and melody out, 1 has them from the start."""
    seed: int = Field(default=0, ge=0, le=2**32 - 1)
    """Another number is another piece of the same mood."""


class Speech(Noun):
    """Words that a voice says."""

    text: str = Field(min_length=1, max_length=2_000)
    language: str = Field(default="en", pattern=r"^[a-z]{2}$")
    voice: Literal["female", "male"] = "female"
    pace: float = Field(default=1, ge=0.5, le=2)
    """Against the voice's usual speed."""


class Sound(Noun):
    """One thing that plays along: a file, music, an effect or speech."""

    src: str = ""
    """Path in the project: `assets/music.mp3`."""
    music: Music | None = None
    effect: EffectName = ""
    speech: Speech | None = None
    start: Frames = 0
    """Frame of the film on which it begins; an effect has its peak there."""
    trim: float = Field(default=0, ge=0)
    """Seconds left out at its beginning."""
    seconds: float | None = Field(default=None, gt=0)
    """How much of it plays; to its end unless said, music to the film's."""
    gain_db: float = Field(default=0, ge=-80, le=24)
    fade_in: float = Field(default=0, ge=0)
    """Seconds."""
    fade_out: float = Field(default=0, ge=0)
    """Seconds, before its end or the film's."""
    loop: bool = False
    levels: tuple[Level, ...] = Field(default=(), max_length=1_000)
    """Gains over time, on top of `gain_db`, in order."""
    voice: bool = False
    """A recorded voice: others step back for it. Speech is always one."""
    duck_db: Number | None = Field(default=None, ge=0, le=60)
    """How far it steps back while a voice sounds; music does by itself, other sounds do not."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        given = [name for name in ("src", "music", "effect", "speech") if getattr(self, name)]
        if len(given) != 1:
            said = " and ".join(given) or "none of them"
            raise ValueError(f"a sound is one of src, music, effect and speech; this is {said}")
        times = [level.at for level in self.levels]
        if times != sorted(times):
            raise ValueError("the levels of a sound are not in the order of their times")
        return self

    @property
    def speaks(self) -> bool:
        """Whether others step back for it."""
        return self.voice or self.speech is not None

    @property
    def ducks_db(self) -> float:
        """How far it steps back under a voice, dB."""
        if self.speaks:
            return 0
        if self.duck_db is not None:
            return self.duck_db
        return words.DUCK_DB if self.music else 0
