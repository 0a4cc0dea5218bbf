"""The product on its podium, and the studio round it: a picture where there is one, else a plain object."""

import content
from components.logo import PLATE, picture
from components.look import forward, joined

from stage import Ellipse, Film, Gradient, Group, Rect, Scene, Text, linear, mix, shadow

ACROSS, TALL = 1.5, 1.5
"""Size of the podium with the product on it, against the product's."""
FOOT = 0.17
"""Where the podium's top lies, against the product's size: so much above the podium's lower edge."""


def studio(scene: Scene, film: Film, *, turn: float = 0) -> None:
    """A wall that curves into the floor, and a softbox whose light moves across both."""
    base, w, h, way = film.theme.color("background"), film.width, film.height, forward(film)
    tint = film.theme.color("second" if round(turn / 14) % 2 else "accent")
    wall = mix(base, tint, 0.05 + 0.02 * (round(turn / 14) % 3))
    place = {"inside": "frame", "depth": 0}
    back = Gradient(
        color_1=mix(wall, "#FFFFFF", 0.16),
        color_2=mix(wall, "#000000", 0.05),
        angle=80 + turn,
        width=w,
        height=h,
        anchor="center",
        **place,
    )
    shade = mix(wall, "#000000", 0.3 if film.theme.dark else 0.16)
    floor = Gradient(color_1=f"{shade}00", color_2=f"{shade}90", angle=90)
    floor.set(width=w, height=h * 0.4, anchor="bottom", **place)
    glow = Gradient(shape="radial", color_1=f"{tint}30", color_2=f"{tint}00", spread=0.5)
    glow.set(width=h * 1.7, height=h * 1.7, anchor="center", x=way * w * 0.2, y=-h * 0.05, **place)
    box = Rect(
        width=w * 0.2,
        height=h * 1.7,
        rotation=way * 24,
        fill=f"#FFFFFF{'18' if film.theme.dark else '60'}",
        blur=90 * film.unit,
    )
    box.set(anchor="center", origin="center", allow="bleed", **place)
    scene.add(back, glow, box, floor)
    tl, whole = scene.timeline, {"duration": scene.seconds, "ease": "sine.inOut", "at": 0}
    tl.from_to(box, {"x": -way * w * 0.34}, {"x": way * w * 0.42}, **whole)
    tl.to(glow, x=way * w * 0.3, y=h * 0.03, **whole)


def stand(film: Film, way: int) -> tuple[float, float, float]:
    """Where the product stands in most scenes, from the frame's middle, and how tall it is, px."""
    x, y, big = {"wide": (0.24, 0.03, 0.64), "tall": (0, -0.23, 0.34), "square": (0, -0.2, 0.4)}[film.shape]
    return way * film.width * x, film.height * y, film.height * big


def place(scene: Scene, film: Film, *, big: float, pale: bool = False) -> Group:
    """Make the product on its podium, `big` px tall; `pale` is for grounds of accent."""
    group = Group(width=big * ACROSS, height=big * TALL, origin="center")
    _podium(film, group, big, pale=pale)
    thing = _card(big) if content.PICTURE else _object(scene, film, big, pale=pale)
    group.add(thing.set(anchor="bottom", y=-big * (FOOT + 0.12)))
    return group


def _podium(film: Film, group: Group, big: float, *, pale: bool) -> None:
    """A low round platform, lit from above, with the shadow of what stands on it."""
    base = film.theme.color("accent" if pale else "background")
    top, side = mix(base, "#FFFFFF", 0.34), mix(base, "#000000", 0.16)
    across, deep, thick = big * 1.42, big * 0.34, big * 0.11
    under = Ellipse(width=across * 1.04, height=deep * 1.1, anchor="bottom", fill="#00000048")
    lower = Ellipse(width=across, height=deep, anchor="bottom", y=-big * 0.01)
    wall = Rect(width=across, height=thick, anchor="bottom", y=-deep / 2 - big * 0.01)
    upper = Ellipse(width=across, height=deep, anchor="bottom", y=-thick - big * 0.01)
    fill = linear(mix(side, "#FFFFFF", 0.3), side, mix(side, "#000000", 0.22), angle=0)
    upper.set(fill=linear(top, mix(base, "#000000", 0.05), angle=70), stroke="#FFFFFF70")
    fall = Ellipse(width=big * 0.86, height=big * 0.16, anchor="bottom", y=-big * 0.2, fill="#00000058")
    group.add(
        under.set(blur=big * 0.03), lower.set(fill=fill), wall.set(fill=fill), upper.set(stroke_width=2),
        fall.set(blur=big * 0.024),
    )  # fmt: skip


def _card(big: float) -> Group:
    """A picture of the product, upright: cut out as it is, a photograph in a white frame."""
    if content.PICTURE.lower().endswith((".png", ".svg", ".webp")):
        kind = {} if content.PICTURE.lower().endswith(".svg") else {"fit": "contain"}
        return Group(picture(content.PICTURE, width=big, height=big, anchor="center", **kind))
    edge = big * 0.035
    card = Group(width=big, height=big, radius=big * 0.05, fill=PLATE, rotation=-2)
    card.set(shadow=[shadow(0, big * 0.012, big * 0.02, "#0000003C"), shadow(0, big * 0.05, big * 0.08)])
    inner = {"width": big - 2 * edge, "height": big - 2 * edge, "radius": big * 0.032}
    card.add(picture(content.PICTURE, anchor="center", **inner))
    return card


def _object(scene: Scene, film: Film, big: float, *, pale: bool) -> Group:
    """A thick block with rounded corners, a dial let into it, and light that passes over its face."""
    accent = film.theme.color("accent")
    face = PLATE if pale else accent
    light, deep = mix(face, "#FFFFFF", 0.34), mix(face, "#000000", 0.3 if not pale else 0.12)
    round_ = {"radius": big * 0.2}
    body = Group(width=big * 0.9, height=big * 0.9)
    side = Rect(width=big * 0.84, height=big * 0.84, anchor="bottom-right", **round_)
    side.set(fill=linear(mix(face, "#000000", 0.36), mix(face, "#000000", 0.56), angle=80))
    front = Group(width=big * 0.84, height=big * 0.84, clip=True, anchor="top-left", **round_)
    front.set(fill=linear(light, face, deep, angle=58))
    rim = Rect(width=big * 0.84, height=big * 0.84, stroke="#FFFFFF8C", stroke_width=max(2, big * 0.005))
    dial = Ellipse(width=big * 0.56, height=big * 0.56, anchor="center")
    dial.set(fill=linear(mix(deep, "#000000", 0.1), mix(face, "#FFFFFF", 0.16), angle=58))
    edge = Ellipse(width=big * 0.56, height=big * 0.56, anchor="center", stroke=f"{light}", rotation=-120)
    edge.set(stroke_width=big * 0.022, origin="center")
    front.add(dial, edge, _letter(film, big, accent if pale else "#FFFFFF"))
    beam = Rect(width=big * 0.16, height=big * 1.6, fill="#FFFFFF44", rotation=24, anchor="center")
    front.add(beam.set(blur=big * 0.02, origin="center"), rim.set(anchor="center", **round_))
    tl, seconds = scene.timeline, scene.seconds
    tl.from_to(
        beam, {"x": -big * 0.75}, {"x": big * 0.75}, duration=min(2.6, seconds * 0.8), ease="sine.inOut",
        at=seconds * 0.12,
    )  # fmt: skip
    tl.from_(edge, draw_end=0.15, duration=max(0.4, seconds * 0.9), ease="sine.inOut", at=0)
    body.add(side, front)
    return body


def _letter(film: Film, big: float, color: str) -> Text:
    """The name's first letter, or its last word in scripts that join."""
    word = content.BRAND or content.TITLE
    arabic = joined(word)
    return Text(
        word.split()[-1] if arabic else word[:1].upper(),
        font=content.ARABIC_FONTS["display"] if arabic else "display",
        weight=content.ARABIC_WEIGHT if arabic else content.WEIGHT,
        size=big * (0.18 if arabic else 0.34),
        line_height=1.3 if arabic else 1,
        color=color,
        anchor="center",
        width=big * 0.46,
        fit="shrink",
        min_size=20,
        max_lines=1,
        align="center",
        allow="overlap,hidden",
    )
