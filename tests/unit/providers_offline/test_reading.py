"""What the offline director reads out of prompts: lengths, formats, languages, names, points and looks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from providers.offline.plan import plan
from providers.offline.reading import read

LENGTHS = {
    "A 12-second film for Ada": 12,
    "15s ad for Ada": 15,
    "half a minute about tea": 30,
    "a minute and a half on bees": 90,
    "Ein Film von 45 Sekunden für Ada": 45,
    "ein zwölfsekündiger Clip für Ada": 12,
    "eine halbe Minute über Tee": 30,
    "anderthalb Minuten über Tee": 90,
    "فيديو مدته ١٥ ثانية عن الشاي": 15,
    "فيديو مدته نصف دقيقة عن الشاي": 30,
    "twenty seconds for Ada": 20,
    "Wait four minutes. A film of 24 seconds about tea": 24,
    "A film for Ada, ready in the 60s": None,
}
FORMATS = {
    "a vertical film": "9:16",
    "an Instagram story for Ada": "9:16",
    "ein Hochkantvideo": "9:16",
    "فيديو عمودي عن الشاي": "9:16",
    "a square film": "1:1",
    "ein quadratisches Video": "1:1",
    "فيديو مربع": "1:1",
    "in 16:9, please": "16:9",
    "a story about Times Square": None,
}
LISTS = {
    "A film for Ada. Points: Clay, Wheels and Kilns": ["Clay", "Wheels", "Kilns"],
    "A film for Ada. Features: Salt and pepper; Oil; Bread": ["Salt and pepper", "Oil", "Bread"],
    "A film for Ada with three reasons: Clay, Wheels, and Kilns.": ["Clay", "Wheels", "Kilns"],
    "Explain tea. Step one: Boil water. Step two: Wait.": ["Boil water", "Wait"],
    "Explain tea: 1. Boil water 2. Wait 3. Pour": ["Boil water", "Wait", "Pour"],
    "A film for Ada.\nPoints:\n- Clay\n- Wheels\n- Kilns": ["Clay", "Wheels", "Kilns"],
    "Ein Film für Ada. Punkte: Ton, Scheiben und Öfen": ["Ton", "Scheiben", "Öfen"],
    "Erkläre Tee. Schritt 1: Wasser kochen. Schritt 2: Warten.": ["Wasser kochen", "Warten"],
    "فيلم عن آدا. النقاط: طين، عجلات، وأفران": ["طين", "عجلات", "أفران"],
    "اشرح الشاي. الخطوات: غلي الماء؛ الانتظار": ["غلي الماء", "الانتظار"],
}


@pytest.mark.parametrize("prompt", LENGTHS)
def test_lengths_are_read_in_three_languages(prompt: str) -> None:
    assert read(prompt).seconds == LENGTHS[prompt]


@pytest.mark.parametrize("prompt", FORMATS)
def test_formats_are_read_in_three_languages(prompt: str) -> None:
    assert read(prompt).frame == FORMATS[prompt]


@pytest.mark.parametrize("prompt", LISTS)
def test_lists_are_taken_apart(prompt: str) -> None:
    assert [each.title for each in read(prompt).points] == LISTS[prompt]


@pytest.mark.parametrize(
    ("prompt", "wanted"),
    [
        (
            'A film for Ada. Title: "Slow clay". Tagline: made by hand',
            {"title": "Slow clay", "subtitle": "made by hand", "brand": "Ada"},
        ),
        ('A teaser called "Slow clay" for Ada Pots', {"title": "Slow clay", "brand": "Ada Pots"}),
        (
            "An ad for the wheel Gyro by Ada Pots",
            {"title": "Wheel Gyro", "brand": "Ada Pots", "intent": "product"},
        ),
        (
            "Invitation to the kiln opening on 3 May",
            {"title": "Kiln opening", "subtitle": "On 3 May", "occasion": "invitation"},
        ),
        (
            "A film for Ada. End with “Come by”. ada.example/now",
            {"call": "Come by", "link": "ada.example/now"},
        ),
        (
            "Ein Film für Töpferei Ada. Titel: „Ruhiger Ton“. Endet mit „Komm vorbei“",
            {"title": "Ruhiger Ton", "call": "Komm vorbei"},
        ),
        ("فيلم لمتجر آدا بعنوان «طين هادئ»", {"title": "طين هادئ", "brand": "متجر آدا", "language": "ar"}),
        ("Explain how clay dries", {"title": "How clay dries", "intent": "explain"}),
        ("Erkläre, wie Ton trocknet", {"title": "Wie Ton trocknet", "intent": "explain", "language": "de"}),
        ("A calm, dark film for Ada in #1F6B4A", {"tone": "calm", "dark": True, "colors": ("#1F6B4A",)}),
        ("Film for Ada in navy and gold", {"colors": ("#16294D", "#C79A3B")}),
    ],
)
def test_named_things_find_their_place(prompt: str, wanted: dict[str, Any]) -> None:
    wish = read(prompt)
    assert {name: getattr(wish, name) for name in wanted} == wanted


def test_what_the_request_holds_wins_over_the_prompt() -> None:
    wish = read(
        "A square 12-second film for Ada\n\nFormat: 9:16\nLength: 8 seconds\nRender quality: draft\n"
        "File format: prores\nAssets to use: a1, a2"
    )
    assert (wish.frame, wish.seconds, wish.quality, wish.assets) == ("9:16", 8, "draft", ("a1", "a2"))
    assert (wish.title, wish.file_format) == ("Ada", "prores")


def test_a_second_title_is_given_translated_or_declined() -> None:
    assert read("A film for Ada. Title: “Slow clay”. Arabic title: «طين هادئ»").second_title == "طين هادئ"
    assert read("A film for Layla Coffee, title in English and Arabic").second_title == "قهوة ليلى"
    spelled = read("A film for Brondo Coffee, title in English and Arabic")
    assert spelled.second_title.startswith("قهوة")
    assert "spelled by sound" in spelled.asides[0]
    declined = read("A film titled “Where the wild rivers run”, in English and Arabic")
    assert declined.second_title == ""
    assert "cannot translate" in declined.asides[0]


def test_quotes_are_kept_letter_for_letter() -> None:
    wish = read('A quote film: "Make less; make it last, always." calm')
    assert wish.title == "Make less; make it last, always."


@pytest.mark.parametrize(
    "prompt",
    [
        "x",
        "؟؟؟",
        "🙂🙂",
        "make a video",
        ".",
        "\ue000\ue001",
        "A" * 5_000,
        "1. 2. 3.",
        '"" «» „“',
        "a: b: c:",
    ],
)
def test_any_prompt_gives_a_film_with_a_title(prompt: str) -> None:
    wish = read(prompt)
    assert wish.title.strip()
    assert len(wish.title) <= 200


@pytest.mark.parametrize("word", ["the ", "of ", " with", "a.b.", "1. ", "(", '"', "calm tea for Ada: "])
@pytest.mark.timeout(5)
def test_a_prompt_of_any_length_is_read_at_once_and_what_is_left_out_is_said(word: str) -> None:
    wish = read((word * 20_000)[:20_000])
    assert "letters of the prompt only" in wish.asides[0]


@pytest.mark.parametrize(
    ("prompt", "asked"),
    [("A 10 hour film about tea", "36,000"), ("Ein 3-stündiger Film über Tee", "10,800"),
     ("A 20 minute film about tea", "1,200"), ("فيلم مدته 2 ساعات عن الشاي", "7,200")],
)  # fmt: skip
def test_a_film_that_would_be_too_long_is_made_shorter_aloud(prompt: str, asked: str) -> None:
    wish = read(prompt)
    assert wish.seconds is None
    assert any(asked in aside and "at most 600" in aside for aside in wish.asides)


def test_opening_hours_are_no_length() -> None:
    wish = read("Open 24 hours: a 12 second clip for Kiosk Nord")
    assert (wish.seconds, wish.asides) == (12, ())


PROMPTS = Path(__file__).parents[2] / "runs"
ASKED: list[dict[str, Any]] = [
    wanted
    for name in ("prompts.json", "prompts_second.json")
    for wanted in json.loads((PROMPTS / name).read_text("utf-8"))
]


@pytest.mark.parametrize("wanted", ASKED, ids=range(len(ASKED)))
def test_what_a_prompt_names_is_read(wanted: dict[str, Any]) -> None:
    wish = read(wanted["prompt"])
    said = (
        wish.title, wish.second_title, wish.subtitle, wish.kicker, wish.brand, wish.call, wish.link,
        *(f"{each.title} {each.text}" for each in wish.points),
        *(text for text in wish.more.values() if isinstance(text, str)),
    )  # fmt: skip
    lines = [" ".join(line.split()).casefold() for line in said]
    missing = [phrase for phrase in wanted["phrases"] if not any(phrase.casefold() in line for line in lines)]
    assert missing == []
    assert (wish.seconds, wish.frame or "16:9") == (wanted["seconds"], wanted["format"])


TALK = {
    "Could you make a film about slow clay? calm": ("title", "Slow clay"),
    "a clip for TikTok, 9 s. Our app is called Otterly. Points: Swim; Dive": ("title", "Otterly"),
    "Ein Clip für Instagram, 9 Sekunden lang, über die Töpferei Ott": ("title", "Töpferei Ott"),
    "A clip for Ada, a small pottery. Points: Clay; Wheels": ("subtitle", "A small pottery"),
    "quick 8 s reel, Ott opens on 4 May": ("subtitle", "Opens on 4 May"),
    "a teaser for the choir “Otters”. Points: Sing; Swim": ("brand", "Otters"),
    "Name in English and Arabic (ليلى) for the tea Layla": ("second_title", "ليلى"),
}


@pytest.mark.parametrize("prompt", TALK)
def test_talk_around_a_wish_is_understood(prompt: str) -> None:
    part, wanted = TALK[prompt]
    assert getattr(read(prompt), part) == wanted


def test_how_a_film_is_to_look_is_no_point_of_it() -> None:
    listed = "A film for Ada.\n1. Clay\n2. Wheels\nUse navy and bright colors.\nZany cartoon look please"
    assert [each.title for each in read(listed).points] == ["Clay", "Wheels"]
    arabic = "فيلم عن خزف:\n• طين\n• دولاب\nأسلوب جميل وبسيط"
    assert [each.title for each in read(arabic).points] == ["طين", "دولاب"]


@pytest.mark.parametrize(
    "prompt",
    [
        "A 90-second film for Ada, a small pottery. Points: Clay; Wheels",
        "A 60-second film for Ada: we seek potters",
        "A 75-second product film for the Ada wheel. Features: Quiet; Light; Repairable",
        "A 60-second film explaining how Ada works. Steps: Knead; Throw; Fire",
    ],
)
def test_a_long_film_with_little_to_tell_does_not_stand_still(prompt: str) -> None:
    made = plan(read(prompt), ("basic", "product", "explainer"))
    second = made.seconds / sum(shot.seconds for shot in made.shots)
    longest = max(shot.seconds / shot.call.count("{}") * second for shot in made.shots)
    assert longest <= 13.5
    assert len({shot.call for shot in made.shots}) == len(made.shots)
