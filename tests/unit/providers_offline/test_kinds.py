"""Which kind of film a prompt asks for, and the words that only that kind has."""

from __future__ import annotations

from typing import Any

import pytest

from domain.plugins import load_all
from providers.offline.kind import kind_of, kinds
from providers.offline.plan import content, film_edits, plan
from providers.offline.reading import read
from providers.offline.source import assigned
from templates.source import SOURCES

GALLERY: dict[str, Any] = dict(load_all("templates.gallery"))
PROMPTS: list[tuple[str, str, dict[str, Any]]] = [
    (
        'Testimonial, 9 seconds: "They answered in an hour" – Dana Reuter, owner of Café Mokka',
        "quote",
        {"TITLE": "They answered in an hour", "AUTHOR": "Dana Reuter", "ROLE": "Owner of Café Mokka"},
    ),
    (
        "Ein Zitat für unser Museum: „Sehen lernt man langsam“ von Ida Falk, ruhig, 12 Sekunden",
        "quote",
        {"TITLE": "Sehen lernt man langsam", "AUTHOR": "Ida Falk"},
    ),
    (
        "تهنئة رمضان من مخبز السنابل، 12 ثانية",
        "ramadan",
        {"TITLE": "رمضان كريم", "BRAND": "مخبز السنابل", "LANGUAGE": "ar"},
    ),
    (
        "An Eid greeting from Cedar Clinic, square",
        "ramadan",
        {"TITLE": "Eid Mubarak", "SECOND_TITLE": "عيد مبارك", "BRAND": "Cedar Clinic"},
    ),
    (
        "Countdown to the Spring Run on 21 April, 9 days to go, energetic",
        "countdown",
        {"TITLE": "Spring Run", "DATE": "21 April", "LEFT": "09:00:00:00", "MUSIC": "energetic"},
    ),
    (
        "Statistik: Unser Verein wächst. 2019: 120, 2022: 310, 2025: 640 Mitglieder",
        "data",
        {
            "POINTS": [
                {"title": "2019", "text": "120"},
                {"title": "2022", "text": "310"},
                {"title": "2025", "text": "640"},
            ]
        },
    ),
    (
        'Kinetic type for our manifesto: "Less noise, more sense"',
        "kinetic",
        {"TITLE": "Less noise, more sense"},
    ),
    (
        "A TikTok for Velo Hub. Points: Book a slot, Bring your bike, Ride home",
        "social",
        {"BRAND": "Velo Hub"},
    ),
    ("Promo for the Tidewatch app. Features: Live tides, Safe routes", "app", {"BRAND": "Tidewatch"}),
    (
        'Podcast clip for Night Desk, episode 7: "Nobody reads the footnotes" with Omar Said',
        "audiogram",
        {"TITLE": "Nobody reads the footnotes", "EPISODE": "Episode 7", "GUEST": "Omar Said"},
    ),
    (
        "A transparent lower third: Eva Brandt, Chief of the fire brigade",
        "news",
        {"GROUND": "clear", "POINTS": [{"title": "Eva Brandt", "text": "Chief of the fire brigade"}]},
    ),
    ("A birthday greeting for Grandma Rosa, 8 seconds", "basic", {}),
    ("Explain how our app finds a parking space: 1. Ask 2. Compare 3. Reserve", "explainer", {}),
    ("A 15-second product film for the Orrel lamp. Features: Dims at a touch, Solid brass", "product", {}),
]


@pytest.mark.parametrize(("prompt", "template", "words"), PROMPTS)
def test_a_prompt_reaches_the_template_of_its_kind_with_its_words(
    prompt: str, template: str, words: dict[str, Any]
) -> None:
    made = plan(read(prompt), sorted(GALLERY))
    assert made.template == template
    written = content(made, {})
    assert {name: written.get(name) for name in words} == words


@pytest.mark.parametrize("name", sorted(GALLERY))
def test_the_example_prompt_of_a_template_chooses_it(name: str) -> None:
    made = plan(read(GALLERY[name].CARD.example_prompt), sorted(GALLERY))
    assert made.template == name


def test_a_template_that_is_not_there_leaves_the_film_to_another() -> None:
    assert plan(read('A quote: "Good work is quiet" by Lina Marsh'), ["basic"]).template == "basic"


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.template)
def test_the_words_of_a_kind_are_constants_that_its_template_has(kind: Any) -> None:
    files = SOURCES / kind.template
    known = assigned((files / "content.py").read_text("utf-8"))
    made = plan(read(GALLERY[kind.template].CARD.example_prompt), sorted(GALLERY))
    assert set(made.wish.more) <= set(known)
    assert film_edits((files / "film.py").read_text("utf-8"), made) == []
    assert kind_of(kind.template) is kind


@pytest.mark.parametrize("said", ["no music", "ohne Musik", "بدون موسيقى", "silent"])
def test_a_film_without_music_has_none(said: str) -> None:
    made = plan(read(f'A quote, {said}: "Good work is quiet" by Lina Marsh'), sorted(GALLERY))
    assert content(made, {})["MUSIC"] == ""


def test_a_color_within_a_name_paints_nothing() -> None:
    assert read("An Eid greeting from Olive House").colors == ()
    assert read("An Eid greeting from Cedar Clinic, in blue").colors != ()
