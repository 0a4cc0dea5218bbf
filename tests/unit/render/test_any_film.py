"""Films of random properties within the vocabulary's ranges: whatever a schema lets through is drawn."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

import random
from pathlib import Path

import pytest

from domain.composition import Composition, Cue, Gradient, GradientStop, Said, Series, Shadow, Span
from render.picture import Picture
from stage import vocabulary as words
from tests.unit.render.films import write_clip, write_photo, write_tone

TEXTS = (
    "",
    "Hi",
    "نص عربي طويل",
    "a\nb\n\nc",
    "👩‍👩‍👧x",
    "\u202e\u2067abc",
    "x" * 200,
    " \n ",
    "日本語",
    "\u00ad",
    "١٢٣ %",
)
ODD = {
    "d": ("", "M0 0", "M0 0 L1e9 5", "M0 0 H10 V10 Z", "bad", "M 0 0 A 0 0 0 0 0 5 5"),
    "markup": ("", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'><circle r='5'/></svg>", "<svg viewBox='0 0 1e30 1'/>",
               "<svg xmlns='http://www.w3.org/2000/svg'><g id='a'><path id='b' d='M0 0 L9'/><circle r='nan'/></g><rect id='c' width='9'/></svg>"),
    "follow": ("", "M0 0 L90 40", "M0 0", "bad", "M0 0 L1e9 0"),
    "code": ("", "def f(x):\n\treturn 'x'", "\0\n" * 9, TEXTS[2]),
    "focus": ("", "1", "3-1,9999999999-1,x", "-"),
    "features": ("", "tnum", "-liga,ss01=2", "x", "🎉🎉🎉🎉"),
    "language": ("", "ar", "zh-Hant", "x!", "é"),
}  # fmt: skip
PAINTS = (
    "#FF0000",
    "#00FF0080",
    Gradient(stops=(GradientStop(color="#FF0000", at=0), GradientStop(color="#0000FF00", at=0.3))),
    Gradient(
        shape="radial", stops=(GradientStop(color="#FF0000", at=0.5), GradientStop(color="#0000FF", at=0.5))
    ),
)

LISTS: dict[str, tuple[object, ...]] = {
    "numbers": ((), (1, -5, 1e9), (0,)),
    "points": ((), ((0, 0),), ((0, 0), (0, 0), (90, -40), (1e6, 3))),
    "texts": ((), TEXTS),
    "colors": ((), ("#FF0000", "#00FF0080")),
    "series": ((), (Series(values=()),), (Series(values=(None, 1, -1e15)), Series(values=(0, 0, 0), color=PAINTS[2]))),
    "cues": ((), (Cue(start=2, end=9, text="a b"), Cue(start=5, end=5, text=TEXTS[2])),
             (Cue(start=0, end=30, text="one two", words=(Said(text="one", start=0, end=3), Said(text="two", start=4, end=2))),)),
}  # fmt: skip


class Chance:
    """Makes films of one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.count = 0

    def value(self, name: str, rule: words.Property) -> object:
        one = self.random
        if rule.type == "number":
            low, high = (
                rule.low if rule.low is not None else -1e3,
                rule.high if rule.high is not None else 1e3,
            )
            return one.choice(
                (low, high, min(max(one.uniform(-300, 600), low), high), one.uniform(low, high))
            )
        if rule.type == "shadows":
            blurs, spreads = (0, 0.01, 5, 400), (-50, 0, 30, 5_000)
            return [Shadow(x=9, y=one.uniform(-99, 99), blur=one.choice(blurs), spread=one.choice(spreads))]
        if rule.type == "spans":
            return [
                Span(text=one.choice(TEXTS), size=one.choice((None, 1, 300)), underline=True) for _ in "ab"
            ]
        if rule.type in LISTS:
            return one.choice(LISTS[rule.type])
        kinds: dict[str, tuple[object, ...]] = {
            "color": PAINTS[:2], "paint": PAINTS, "flag": (True, False), "choice": rule.choices,
            "file": ("assets/photo.png", "assets/clip.mp4", "assets/a.wav", "assets/none.png", ""), "name": ("display", "mono", "Amiri", "Nope"),
        }  # fmt: skip
        return one.choice(kinds.get(rule.type) or ODD.get(name, TEXTS))

    def track(self, name: str, rule: words.Property, unit: str | None) -> dict[str, object]:
        frames = sorted(self.random.uniform(-5, 25) for _ in range(self.random.randint(1, 3)))
        eases = ("none", "elastic.out", "back.inOut", "steps(3)", "spring(0.4)")
        keys = [
            {"frame": f, "value": self.value(name, rule), "ease": self.random.choice(eases)} for f in frames
        ]
        stagger = {
            "each": 2,
            "order": self.random.choice(words.STAGGER_ORDERS),
            "total": self.random.choice((None, 0, 9)),
        }
        return {"property": name, "unit": unit, "stagger": stagger if unit else None, "keys": keys}

    def node(self, depth: int = 0) -> dict[str, object]:
        self.count += 1
        name = f"n{self.count}"
        kind = self.random.choice(tuple(words.KINDS))
        table = words.KINDS[kind]
        props = {each: self.value(each, table[each]) for each in self.random.sample(sorted(table), 8)}
        moving = [each for each, rule in table.items() if rule.animatable]
        tracks = [self.track(each, table[each], None) for each in self.random.sample(moving, 2)]
        if kind in ("text", "counter"):
            part = self.random.choice(tuple(words.PART_PROPERTIES))
            tracks.append(self.track(part, words.PART_PROPERTIES[part], self.random.choice(words.PART_UNITS)))
        if kind == "repeater":  # one in another multiplies: few of each stay below what a film may hold
            props |= {"count": self.random.randint(1, 5), "rows": self.random.randint(1, 3)}
        deeper = kind in words.CONTAINERS and depth < 3
        children = [self.node(depth + 1) for _ in range(self.random.randint(0, 3) if deeper else 0)]
        if kind == "svg":
            children = [
                {"id": f"{name}e{at}", "kind": "element", "props": {"of": of}}
                for at, of in enumerate(self.random.sample(("a", "b", "", "none"), 2))
            ]
        return {"id": name, "kind": kind, "props": props, "tracks": tracks, "children": children}

    def film(self) -> Composition:
        camera = [
            self.track(name, rule, None) for name, rule in words.CAMERA.items() if self.random.random() < 0.2
        ]
        enter = {"kind": self.random.choice(words.TRANSITIONS), "frames": 7}
        size = self.random.choice(((320, 180), (17, 16), (90, 160)))
        return Composition.model_validate(
            {
                "width": size[0], "height": size[1], "fps": 30, "direction": self.random.choice(("ltr", "rtl")),
                "scenes": [
                    {"id": "a", "frames": 20, "nodes": [self.node() for _ in range(3)], "camera": camera},
                    {"id": "b", "frames": 20, "enter": enter},
                ],
            }
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_vocabulary_allows_is_drawn(seed: int, tmp_path: Path) -> None:
    write_photo(tmp_path / "assets/photo.png", 300, 200)
    write_clip(tmp_path / "assets/clip.mp4")
    write_tone(tmp_path / "assets/a.wav", 0.5)
    picture = Picture(Chance(seed).film(), tmp_path)
    for frame in (0, 7, 19, 22):
        assert (picture.draw(frame)[:, :, 3] == 255).all()
    assert picture.layout([0, 10, 20]).nodes
