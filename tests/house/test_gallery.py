"""The gallery shows every word of a film, and stays small."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from docs.gallery.draw import draw
from docs.gallery.entries import Entry, entries
from docs.gallery.page import PAGE, PICTURES, clip_of, still_of, text
from docs.gallery.props import furnish
from domain import plugins
from stage import vocabulary as words
from stage.examples import source

MOST_BYTES = 6_000_000


def test_the_page_is_current() -> None:
    assert PAGE.read_text("utf-8") == text(), "make gallery writes it anew"


def test_the_page_names_every_word_there_is() -> None:
    page = PAGE.read_text("utf-8")
    every = {
        *words.KINDS, *words.EFFECTS, *words.MASKS, *words.TRANSITIONS, *words.EASE_NAMES, *words.CAMERA,
        *words.PART_PROPERTIES, *words.STAGGER_ORDERS, *plugins.names("templates.gallery"),
    }  # fmt: skip
    assert sorted(word for word in every if f"**{word}**" not in page and word not in page) == []
    shown = {entry.name for entry in entries()}
    assert {*words.KINDS, *words.TRANSITIONS, *plugins.names("templates.gallery")} <= shown


def test_every_entry_has_its_still_and_its_clip_and_nothing_else_lies_there() -> None:
    wanted = {path for entry in entries() for path in (still_of(entry), clip_of(entry))}
    assert {path.name for path in PICTURES.iterdir()} == {path.name for path in wanted}


def test_the_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in PICTURES.iterdir()) <= MOST_BYTES


def test_an_entry_is_drawn_as_a_still_and_a_clip_that_moves(tmp_path: Path) -> None:
    furnish(tmp_path)
    snippet = "box = scene.add(Rect(width=400, height=400, fill='accent'))\ntl.to(box, x=900, duration=1)\n"
    still, clip = (
        Image.open(io.BytesIO(each))
        for each in draw(Entry("Nodes", "box", "A box.", {"film.py": source(snippet)}, seconds=1), tmp_path)
    )
    assert (still.size[0], getattr(still, "n_frames", 1)) == (560, 1)
    assert (clip.size[0], getattr(clip, "n_frames", 1)) == (384, 10)
