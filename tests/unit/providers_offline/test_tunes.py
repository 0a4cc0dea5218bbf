"""The music that prompts and orders ask for."""

import pytest

from providers.offline.orders import orders
from providers.offline.tunes import ordered, silent
from tests.unit.providers_offline.test_rules import KNOWN


@pytest.mark.parametrize(
    "text",
    [
        "A silent film",
        "no music, please",
        "without any music",
        "ohne Musik",
        "بدون موسيقى",
        "remove the music",
    ],
)
def test_silence_is_understood(text: str) -> None:
    assert silent(text)
    assert ordered(text)[0] == ""


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Make the music calm and the title bigger", "calm"),
        ("change the call to Visit us and make the music energetic", "energetic"),
        ("Die Musik soll festlich sein", "festive"),
        ("اجعل الموسيقى هادئة", "calm"),
        ("change the title to Hello", None),
        ("make it calm", None),
    ],
)
def test_the_mood_of_music_is_taken_from_its_own_clause(text: str, mood: str | None) -> None:
    found, rest = ordered(text)
    assert found == mood
    assert ("title" in rest) == ("title" in text)
    assert ("Visit us" in rest) == ("Visit us" in text)


def test_an_order_changes_the_music_of_a_film_or_leaves_it_out() -> None:
    known = {**KNOWN, "MUSIC": "warm", "SOUND": ""}
    assert orders("Make the music energetic.", known).words == {"MUSIC": "energetic"}
    assert orders("No music.", known).words == {"MUSIC": ""}
    song = {**known, "SOUND": "assets/song.mp3"}
    assert orders("No music.", song).words == {"MUSIC": "", "SOUND": ""}
