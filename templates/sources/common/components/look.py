"""Sizes, sides and ways to come and go that all scenes of the film share."""

import content

from stage import Film, Node, Scene, Text, mix, readable, span

SIZES = {
    "wide": {"display": 260, "headline": 160, "title": 84, "body": 52, "label": 40},
    "tall": {"display": 230, "headline": 150, "title": 92, "body": 64, "label": 50},
    "square": {"display": 200, "headline": 132, "title": 80, "body": 56, "label": 44},
}
"""Steps of type in px of a frame whose shorter side is 1080 px."""
SETTLE = "bezier(.16,1,.3,1)"
"""Starts fast and settles slowly: how things come in."""
GO = "bezier(.7,0,.84,0)"
"""Starts slowly and leaves fast: how things go."""


def size(film: Film, step: str) -> float:
    """Give a step of type in px of this film's frame."""
    return SIZES[film.shape][step] * film.unit * content.TYPE_SCALE


def joined(text: str) -> bool:
    """Tell whether a text is written in letters that join, as Arabic is: words are its smallest parts."""
    return any("\u0600" <= letter <= "\u08ff" or "\ufb50" <= letter <= "\ufefc" for letter in text)


def start(film: Film) -> str:
    """The side at which reading begins."""
    return "right" if film.rtl else "left"


def forward(film: Film) -> int:
    """1 where reading goes to the right, -1 where it goes to the left: multiply x by it."""
    return -1 if film.rtl else 1


def legible(film: Film) -> str:
    """Give the accent for small letters: darker, or lighter, where the ground and its lights ask for it."""
    ground = mix(film.theme.color("background"), film.theme.color("accent"), 0.16)
    return readable(film.theme.color("accent"), ground, 5.2)


def rail(film: Film) -> float:
    """What the platforms' buttons take of the right of the safe area, low in tall frames, px."""
    return film.width * 0.068 if film.shape == "tall" else 0


def aside(film: Film) -> float:
    """Where, low in tall frames, what is anchored where reading begins stands clear of the buttons, px."""
    return -rail(film) if film.rtl else 0


def face(film: Film, text: str, step: str) -> dict[str, object]:
    """Tell how a text of one of the film's steps is set; joined scripts get more room and no tracking."""
    arabic = joined(text)
    heavy = step in ("display", "headline")
    role = "display" if heavy else "body"
    strong = content.ARABIC_WEIGHT if arabic else content.WEIGHT
    return {
        "font": content.ARABIC_FONTS[role] if arabic else role,
        "size": size(film, step) * (1.04 if arabic else 1),
        "weight": strong if heavy else 600 if step in ("title", "label") else 400,
        "line_height": (1.45 if arabic else 1.0) if heavy else (1.6 if arabic else 1.3),
        "letter_spacing": 0 if arabic else -0.025 if heavy else 0.05 if step == "label" else 0,
        "color": "ink" if step != "label" else "muted",
    }


def letters(film: Film, text: str, step: str, **more: object) -> Text:
    """Set a text in one of the film's steps, with what is different about it."""
    return Text(text, **{**face(film, text, step), **more})


def headline(film: Film, text: str, *, room: float, tall: float, lines: int = 4, **more: object) -> Text:
    """Set a title as large as its place allows: its ink fills the width, or the height when it is long."""
    scale = min(content.TYPE_SCALE, 1)
    single = " " not in text.strip()
    needed = _needed(text, room)
    tall = needed if 0.62 * tall < needed < tall else tall
    style: dict[str, object] = {
        "width": room * scale,
        "height": tall * scale,
        "fit": "fill",
        "min_size": size(film, "body") * 0.58,
        "balance": True,
        "max_lines": 1 if single else lines,
        "vertical": "center",
    }
    return Text(more.pop("parts", text), **{**face(film, text, "display"), **style, **more})


def stressed(text: str, color: str = "accent") -> list[object] | str:
    """Divide a title so that its last word takes a color; joined scripts and single words stay whole."""
    before, _, last = text.strip().rpartition(" ")
    return [f"{before} ", span(last, color=color)] if before and not joined(text) else text


def italic(text: str, color: str = "accent") -> list[object] | str:
    """Divide a title so that its last word is underlined, in an italic serif unless all of it is in one.

    Single words and joined scripts stay whole.
    """
    before, _, last = text.strip().rpartition(" ")
    if not before or joined(text):
        return text
    alike = content.FONTS["display"] == content.ACCENT_FONT
    style = {} if alike else {"font": content.ACCENT_FONT, "italic": True, "weight": 500}
    return [f"{before} ", span(last, color=color, underline=True, **style)]


def _needed(text: str, room: float) -> float:
    """About how tall a short text is when its one line fills the room, px: more would only be a gap."""
    arabic = joined(text)
    em = 0.4 if content.FONTS["display"] == "Bebas Neue" and not arabic else 0.47
    return room / (em * max(len(text), 3)) * (1.5 if arabic else 1.08)


def sentence(film: Film, text: str, *, room: float, **more: object) -> Text:
    """Set what stands below a title: a step smaller when it is long."""
    step = "title" if len(text) <= 44 else "body"
    return fitted(film, text, step, room=room, **{"weight": 400, "max_lines": 5, **more})


def fitted(film: Film, text: str, step: str, *, room: float, **more: object) -> Text:
    """Set a text in one of the film's steps, smaller only when a word or a line would not fit the room."""
    style: dict[str, object] = {"width": room, "max_lines": 3, "balance": True, "fit": "shrink",
                                "min_size": size(film, step) * 0.45}  # fmt: skip
    return letters(film, text, step, **{**style, **more})


def digits(film: Film, number: int) -> str:
    """Write a number as the film's language does."""
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    return str(number).translate(arabic) if film.language.startswith("ar") else str(number)


def come(scene: Scene, text: Text, at: float, *, slow: float = 1) -> None:
    """Bring a text in: lines rise out of their own edge, joined scripts are uncovered word by word."""
    left = max(scene.seconds - at, 0.2)
    if joined(str(text.text)):
        cascade = {"each": 0.16, "total": min(0.6, left * 0.3)}
        scene.timeline.from_(text.words, wipe=1, opacity=0, y=12, duration=min(0.8 * slow, left * 0.7),
                             ease="power2.out", stagger=cascade, at=at)  # fmt: skip
    else:
        cascade = {"each": 0.1, "total": min(0.4, left * 0.3)}
        scene.timeline.from_(text.lines, rise=1.2, duration=min(0.75 * slow, left * 0.7), ease=SETTLE,
                             stagger=cascade, at=at)  # fmt: skip


def rise(scene: Scene, node: Node, at: float, *, by: float = 40, duration: float = 0.6) -> None:
    """Bring a thing in from a little below."""
    scene.timeline.from_(node, y=float(node.y or 0) + by, opacity=0, duration=duration, ease=SETTLE, at=at)


def leave(scene: Scene, *nodes: Node, by: float = -60, lead: float = 0.42) -> None:
    """Take things away just before the scene's end, upwards, one shortly after the other."""
    for index, node in enumerate(nodes):
        at = scene.seconds - lead + 0.05 * index
        scene.timeline.to(
            node, y=float(node.y or 0) + by, opacity=0, duration=lead - 0.05 * index, ease=GO, at=at
        )


def push(scene: Scene, zoom: float = 1.045) -> None:
    """Move the camera slowly closer for the whole scene."""
    scene.timeline.to(scene.camera, zoom=zoom, duration=scene.seconds, ease="sine.inOut", at=0)
