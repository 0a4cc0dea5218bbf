"""Every voice says what it is asked to, the same way each time, and refuses what it cannot say."""

import wave
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from domain.composition import Composition, Scene, Sound, Speech
from domain.errors import ToolError, Unavailable
from domain.speech import Speaker, recording_path
from providers import espeak
from render.spoken import Recordings
from tests.contracts.sandboxes import SANDBOXES

SPEAKERS: dict[str, Callable[[], Speaker]] = {"espeak": lambda: espeak.create(SANDBOXES["bubblewrap"]())}


@pytest.fixture(params=list(SPEAKERS))
def speaker(request: pytest.FixtureRequest) -> Speaker:
    return SPEAKERS[request.param]()


def heard(content: bytes) -> tuple[float, float]:
    """Length in seconds and loudest sample of a recording."""
    with wave.open(BytesIO(content)) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), np.int16)
        return len(samples) / file.getframerate() / file.getnchannels(), float(np.abs(samples).max())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Every cup tells a story."),
        ("de", "Jede Tasse erzählt eine Geschichte."),
        ("ar", "كل كوب يحكي قصة"),
    ],
)
async def test_words_of_each_language_are_said(speaker: Speaker, language: str, text: str) -> None:
    content = await speaker.say(Speech(text=text, language=language))
    seconds, loudest = heard(content)
    assert 0.8 < seconds < 5
    assert loudest > 3_000
    assert await speaker.say(Speech(text=text, language=language)) == content


async def test_pace_and_voice_change_how_words_sound(speaker: Speaker) -> None:
    text = "One house, one garden, one long table under the trees."
    usual = await speaker.say(Speech(text=text))
    quick = await speaker.say(Speech(text=text, pace=1.8))
    assert heard(quick)[0] < 0.75 * heard(usual)[0]
    assert await speaker.say(Speech(text=text, voice="male")) != usual


@pytest.mark.parametrize(
    "text", ["!!! ???", "\u200b", "--help", "[[h@l'oU]]", "<speak>hi</speak>", "-w /box/x"]
)
async def test_odd_words_are_said_or_refused_in_one_sentence(speaker: Speaker, text: str) -> None:
    with suppress(ToolError):
        assert heard(await speaker.say(Speech(text=text)))[0] < 10


async def test_a_film_records_each_speech_once(tmp_path: Path, speaker: Speaker) -> None:
    hello, bye = Speech(text="Hello."), Speech(text="Good bye.")
    sounds = tuple(Sound(speech=speech, start=start) for start, speech in enumerate((hello, bye, hello)))
    film = Composition(width=64, height=64, fps=30, scenes=(Scene(id="a", frames=90),), sounds=sounds)
    recordings = Recordings(tmp_path, speaker)
    first = await recordings.of(film)
    assert sorted(first) == sorted({recording_path(hello), recording_path(bye)})
    marks = [path.stat().st_ino for path in first.values()]
    assert [path.stat().st_ino for path in (await recordings.of(film)).values()] == marks
    assert not list(tmp_path.glob("*.new"))


async def test_a_machine_without_the_program_says_what_to_install() -> None:
    away = espeak.Espeak(SANDBOXES["bubblewrap"](), program="espeak-nowhere")
    with pytest.raises(Unavailable, match="apt install espeak-ng"):
        await away.say(Speech(text="Hello."))
