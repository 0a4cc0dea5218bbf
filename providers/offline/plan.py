"""The plan of a film: its template, its scenes with their shares of time, and the words in content.py."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from providers.offline import sketches
from providers.offline.colors import palette
from providers.offline.kind import Kind, kind_of
from providers.offline.source import Edit, edit
from providers.offline.tones import MOODS, faces
from providers.offline.tunes import silent
from providers.offline.wish import Wish

FRAMES: Final = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
USUAL_SECONDS: Final = 12.0
_TEMPLATES: Final = {"title": "basic", "product": "product", "explain": "explainer"}
_OPENINGS: Final = {"basic": "opening", "product": "hero", "explainer": "question"}
_LAYOUTS: Final = ("numeral", "split", "field")
CONDENSED: Final = 19
"""Letters of a word that only a condensed face can set large."""
LONG_WORD: Final = 14
"""Letters of a word that needs the frame's whole width."""
LONG_SCENE: Final = 7.0
"""Seconds after which a scene that has said its words wants to be followed by another one."""
ROWS: Final = 4
"""Points that one scene may show at once."""


@dataclass(frozen=True)
class Shot:
    """One line of the storyboard."""

    call: str
    """How film.py builds it; `{}` stands for its length."""
    seconds: float
    """How long it wants to be."""
    module: str
    says: str
    code: str = ""
    """Its scene, when the director writes it."""
    field: bool = False
    """Whether it stands on a full field of accent."""


@dataclass(frozen=True)
class Plan:
    """Everything that is decided before the first file is written."""

    wish: Wish
    template: str
    seconds: float
    width: int
    height: int
    seed: int
    shots: tuple[Shot, ...]

    @property
    def name(self) -> str:
        """The film's title."""
        return (self.wish.title or self.wish.brand or "Film")[:120]

    @property
    def rtl(self) -> bool:
        return self.wish.language in ("ar", "fa", "he", "ur")


def plan(wish: Wish, templates: Sequence[str]) -> Plan:
    """Decide on template, length, frame and storyboard."""
    template = wish.kind if wish.kind in templates else _TEMPLATES[wish.intent]
    if template == "explainer" and not wish.points:
        template = "basic"
    if template not in templates:
        template = next((each for each in ("basic", *templates) if each in templates), "basic")
    width, height = FRAMES[wish.frame or "16:9"]
    seed = _seed(wish.prompt)
    kind = kind_of(template)
    base, each = (kind.base, kind.each) if kind else (6.5, 2.6)
    seconds = wish.seconds or max(10 if kind else USUAL_SECONDS, round(base + each * len(wish.points)))
    shots = storyboard(wish, template, seconds, seed)
    return Plan(wish, template, seconds, width, height, seed, shots)


def plan_again(wish: Wish, template: str) -> Plan:
    """Decide on the storyboard of a film that exists, from its own words."""
    seed = _seed(wish.title)
    seconds = wish.seconds or USUAL_SECONDS
    return Plan(wish, template, seconds, 0, 0, seed, storyboard(wish, template, seconds, seed))


def _seed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:6], "big")


def line_of(wish: Wish) -> str:
    """What a film with time to spare says word by word: its subtitle, or a few words of its mood.

    Who explains something says nothing that does not.
    """
    mood = {} if wish.intent == "explain" else MOODS.get(wish.tone, {})
    return wish.subtitle or mood.get(wish.language, "")


def storyboard(wish: Wish, template: str, seconds: float, seed: int) -> tuple[Shot, ...]:
    """Divide a film into scenes: each point alone when there is time for it, else several at once.

    A template of one kind of film divides itself.
    """
    if kind_of(template):
        return ()
    opening, name = _OPENINGS.get(template, "opening"), wish.brand or wish.title
    first = Shot(
        f"{opening}.build(film, {{}})", hold(wish.title, wish.subtitle, wish.kicker), opening, wish.title
    )
    last = Shot(
        "closing.build(film, {})", max(2.4, hold(name, wish.call, wish.link)), "closing", name, field=True
    )
    second: list[Shot] = []
    if wish.second_title:
        need = hold(wish.second_title) + 0.2
        second = [Shot("second.build(film, {})", need, "second", wish.second_title, field=True)]
    told = _points(wish, template, seconds - 0.75 * _whole([first, last, *second]), seed)
    shots = [first, *second, *told, last] if template == "basic" else [first, *told, *second, last]
    place = 1 + (len(second) if template == "basic" else 0)
    if _has_time_for_a_line(wish, shots, seconds) and (words := line_of(wish)):
        shots.insert(
            place, _line(wish, words, seed, field=not (shots[place - 1].field or shots[place].field))
        )
    if seconds > 1.25 * _whole(shots) and len(told) > 0 and len(wish.points) > 1 and not told[0].code:
        count = len(wish.points)
        shots[-1:] = [*([_details(count)] if template == "product" else _together(count, seed)), last]
    shots[-1:] = [*_said_again(wish, template, shots, seconds, seed), last]
    if template == "basic" and shots[1].field:
        shots[0] = replace(first, call='opening.build(film, {}, into="accent")')
    return tuple(shots)


def _whole(shots: Sequence[Shot]) -> float:
    return sum(shot.seconds for shot in shots)


def _has_time_for_a_line(wish: Wish, shots: list[Shot], seconds: float) -> bool:
    """Whether a film has time to spare, or too few scenes, for a line of its own."""
    spare = seconds / _whole(shots)
    if not wish.points and len(shots) < 4:
        return spare > 1.25
    return bool(wish.subtitle) and spare > 1.3


def _said_again(wish: Wish, template: str, shots: list[Shot], seconds: float, seed: int) -> list[Shot]:
    """Scenes that say points and title once more, large, where a long film has little to tell."""
    steps = len(wish.points) - 1 if template == "explainer" and wish.points else 0
    lacking = round(seconds / LONG_SCENE) - len(shots) - steps
    told = [
        (f"point_{place + 1}", f'content.POINTS[{place}]["title"]', point.title)
        for place, point in enumerate(wish.points)
    ]
    told.append(("title", "content.TITLE", wish.title))
    if wish.subtitle:
        told.append(("subtitle", "content.SUBTITLE", wish.subtitle))
    told = told[: max(lacking, 0)]
    found: list[Shot] = []
    for number, (what, words, text) in enumerate(told, start=1):
        name, field = f"said_{what}", (len(told) - number) % 2 == 1
        code = sketches.statement(name, seed % 12 + number, field=field, words=words)
        found.append(Shot(f"{name}.build(film, {{}})", hold(text) + 0.6, name, text, code, field))
    return found


def _line(wish: Wish, words: str, seed: int, *, field: bool) -> Shot:
    code = sketches.statement("in_a_line", seed % 12, field=field, loud=wish.tone in ("bold", "energetic"))
    return Shot("in_a_line.build(film, {})", hold(words) + 0.6, "in_a_line", words, code, field)


def _details(count: int) -> Shot:
    """Quick views of the product, one for each of its features."""
    return Shot("details.build(film, {})", 1.1 * min(4, count), "details", "all points", field=True)


def _together(count: int, seed: int) -> list[Shot]:
    """Scenes that show again all points at once, before the end."""
    shots: list[Shot] = []
    for number, (begin, end) in enumerate(_groups(count), start=1):
        name = f"all_{number}" if count > ROWS else "all_points"
        code = sketches.rows(name, begin, end, seed % 9 + number, field=False)
        shots.append(
            Shot(f"{name}.build(film, {{}})", 1.2 + 0.9 * (end - begin + 1), name, "all points", code)
        )
    return shots


def layout(wish: Wish, seed: int, index: int) -> str:
    """Choose the arrangement of a point; long words get the whole width."""
    longest = max(map(len, wish.points[index].title.split()), default=0)
    return "field" if longest > LONG_WORD else _LAYOUTS[(seed + index) % len(_LAYOUTS)]


def hold(*texts: str) -> float:
    """Seconds that a scene needs for its words, with their coming and going."""
    words = sum(len(text.split()) for text in texts)
    return max(1.6, 0.9 + 0.28 * words) + 1.1


def _points(wish: Wish, template: str, seconds: float, seed: int) -> list[Shot]:
    points, count = wish.points, len(wish.points)
    if not count:
        return []
    alone = [hold(each.title, each.text) for each in points]
    if seconds < 0.72 * sum(alone):
        return [_row(begin, end, seed + begin) for begin, end in _groups(count)]
    if template == "explainer":
        starts = ", ".join("{}" for _ in points)
        return [
            Shot(
                f"journey.build(film, [{starts}])",
                sum(alone),
                "journey",
                " · ".join(each.title for each in points),
            )
        ]
    module = "features" if template == "product" else "points"
    return [
        Shot(
            f"{module}.build(film, {number}, {{}})",
            need,
            module,
            point.title,
            field=module == "points" and layout(wish, seed, number - 1) == "field",
        )
        for number, (point, need) in enumerate(zip(points, alone, strict=True), start=1)
    ]


def _row(begin: int, end: int, seed: int) -> Shot:
    name = f"rows_{begin}_to_{end}"
    return Shot(
        f"{name}.build(film, {{}})",
        1.5 + 0.8 * (end - begin + 1),
        name,
        f"points {begin} to {end}",
        sketches.rows(name, begin, end, seed, field=False),
    )


def _groups(count: int) -> list[tuple[int, int]]:
    """Divide so many points into scenes as evenly as can be; numbers count from 1."""
    scenes = -(-count // ROWS)
    sizes = [count // scenes + (1 if index < count % scenes else 0) for index in range(scenes)]
    ends = [sum(sizes[: index + 1]) for index in range(scenes)]
    return [(end - size + 1, end) for end, size in zip(ends, sizes, strict=True)]


def film_body(plan: Plan) -> tuple[str, tuple[str, ...]]:
    """Write the part of film.py that puts the scenes together, and name the modules it needs."""
    weights: list[float] = []
    lines: list[str] = []
    for shot in plan.shots:
        slots = shot.call.count("{}")
        begin = len(weights)
        weights += [round(shot.seconds / slots, 2)] * slots
        lines.append(f"film.add({shot.call.format(*(f'lengths[{begin + slot}]' for slot in range(slots)))})")
    shares = ", ".join(f"{weight:g}" for weight in weights)
    body = f"lengths = share(content.SECONDS, content.FPS, [{shares}])\n\n" + "\n".join(lines)
    return body, tuple(sorted({shot.module for shot in plan.shots}))


def film_edits(text: str, plan: Plan) -> list[Edit]:
    """Edits of a template's film.py: its scenes as the storyboard has them."""
    lines = text.split("\n")
    begin = next((n for n, line in enumerate(lines, 1) if re.match(r"(?:weights|lengths) = ", line)), None)
    ends = [n for n, line in enumerate(lines, 1) if re.match(r"\s*film\.add\((?!Sound)", line)]
    imports = next((n for n, line in enumerate(lines, 1) if line.startswith("from scenes import ")), None)
    if begin is None or imports is None or not ends:
        return []
    if not plan.shots:
        return []
    body, modules = film_body(plan)
    return [
        edit(imports, imports, f"from scenes import {', '.join(modules)}"),
        edit(begin, ends[-1], body),
    ]


def content(plan: Plan, assets: dict[str, str]) -> dict[str, object]:
    """The constants of content.py; assets are paths by their use: logo, picture, sound."""
    wish, kind = plan.wish, kind_of(plan.template)
    points: list[dict[str, str]] = []
    for index, each in enumerate(wish.points):
        entry = {"title": each.title, "text": each.text}
        if plan.template == "basic":
            entry["layout"] = layout(wish, plan.seed, index)
        points.append(entry)
    words: dict[str, object] = {
        "TITLE": wish.title,
        "SECOND_TITLE": wish.second_title,
        "SECOND_LANGUAGE": wish.second_language,
        "KICKER": wish.kicker,
        "SUBTITLE": wish.subtitle,
        "POINTS": points,
        "BRAND": wish.brand,
        "CALL": wish.call,
        "LINK": wish.link,
        "LINE": line_of(wish),
        "SECONDS": round(plan.seconds, 3) if plan.seconds % 1 else int(plan.seconds),
        "LANGUAGE": wish.language,
        "MUSIC": music(wish, kind),
    }
    if plan.template == "basic":
        words["FACTS"] = []
    given = {
        name: path for name, path in (("LOGO", assets.get("logo")), ("SOUND", assets.get("sound"))) if path
    }
    if (plan.template == "product" or (kind and kind.picture)) and assets.get("picture"):
        given["PICTURE"] = assets["picture"]
    return {**words, **(wish.more if kind else {}), **given, **_look(plan, kind)}


def music(wish: Wish, kind: Kind | None) -> str:
    """Choose the mood of the music: the film's own; none when the prompt wants none."""
    if silent(wish.prompt):
        return ""
    return wish.tone or (kind.music if kind else "warm")


def _look(plan: Plan, kind: Kind | None) -> dict[str, object]:
    """Colors and faces; a template of one kind keeps its own where the prompt names none."""
    wish = plan.wish
    if kind:
        named = bool(wish.colors) or wish.dark is not None
        dark = kind.dark if wish.dark is None else wish.dark
        return {"COLORS": palette(wish.colors, dark, wish.tone, plan.seed)} if named else {}
    latin, weight, arabic, heavy = faces(wish.tone)
    if max(map(len, f"{wish.title} {wish.brand}".split()), default=0) > CONDENSED:
        latin, weight = "Bebas Neue", 700
    return {
        "COLORS": palette(wish.colors, wish.dark, wish.tone, plan.seed),
        "FONTS": {"display": latin, "body": "Inter"},
        "WEIGHT": weight,
        "ARABIC_FONTS": {"display": arabic, "body": "Noto Sans Arabic"},
        "ARABIC_WEIGHT": heavy,
    }
