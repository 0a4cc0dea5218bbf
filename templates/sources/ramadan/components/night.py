"""The evening of a feast: sky and stars, a crescent, domes far and near, lanterns that swing."""

import math
from collections.abc import Sequence

from components.look import forward

from stage import Ellipse, Film, Gradient, Group, Path, Rect, Scene, linear, mix, radial


def sky(scene: Scene, film: Film, *, moon: float = 0.5) -> None:
    """Paint the sky with light around the moon, which stands at a share of the width."""
    base, lit = film.theme.color("background"), film.theme.color("second")
    w, h, dark = film.width, film.height, film.theme.dark
    scene.add(
        Gradient(
            shape="radial",
            color_1=mix(base, lit, 0.42 if dark else 0.16),
            color_2=mix(base, lit, 0.16 if dark else 0.05),
            color_3=mix(base, "#000000", 0.42 if dark else 0.05),
            middle=0.45,
            center_x=moon,
            center_y=0.36,
            spread=0.78,
            inside="frame",
            anchor="center",
            width=w * 1.1,
            height=h * 1.1,
            depth=0,
        )
    )
    glow = film.theme.color("accent")
    scene.add(
        Gradient(
            color_1=f"{glow}00",
            color_2=f"{glow}{'38' if dark else '30'}",
            angle=90,
            inside="frame",
            anchor="bottom",
            width=w,
            height=h * 0.5,
            depth=0,
        )
    )


def stars(scene: Scene, film: Film, *, count: int = 46) -> None:
    """Let stars come out unevenly and twinkle."""
    draw, u = film.random("stars"), film.unit
    color = "#FFFFFF" if film.theme.dark else film.theme.color("accent")
    for _ in range(count):
        big = draw.choice((3, 3, 4, 5, 7)) * u
        bright = draw.uniform(0.35, 0.95)
        star = Ellipse(width=big, height=big, fill=color, opacity=bright, inside="frame", anchor="top-left")
        star.set(x=draw.uniform(0, film.width), y=draw.uniform(0, film.height * 0.68), depth=0.15)
        scene.add(star)
        begin = draw.uniform(0, min(1.2, scene.seconds * 0.4))
        scene.timeline.from_(star, opacity=0, scale=0.2, duration=0.6, ease="sine.out", at=begin)
        pace = draw.uniform(0.6, 1.3)
        if draw.random() < 0.45 and scene.seconds > begin + 0.8 + pace:
            again = {"repeat": -1, "yoyo": True, "ease": "sine.inOut"}
            scene.timeline.to(star, opacity=bright * 0.25, duration=pace, at=begin + 0.7, **again)


def crescent(scene: Scene, film: Film, *, big: float, x: float, y: float, at: float = 0.1) -> Group:
    """Draw the crescent as one stroke, fill it with gold, and let light run over it."""
    gold = film.theme.color("accent")
    moon = Group(width=big, height=big, inside="frame", anchor="center", x=x, y=y, depth=0.3)
    halo = Gradient(shape="radial", color_1=f"{gold}3A", color_2=f"{gold}00", spread=0.5, anchor="center")
    halo.set(width=big * 3.2, height=big * 3.2)
    shape = {"d": crescent_path(), "width": big, "height": big, "anchor": "center"}
    line = Path(**shape, stroke=gold, stroke_width=big * 0.02)
    body = Path(**shape, fill=linear(mix(gold, "#FFFFFF", 0.5), gold, mix(gold, "#000000", 0.25), angle=60))
    body.set(sheen_color="#FFFFFFB0", sheen_width=0.4)
    moon.add(halo, line, body)
    scene.add(moon)
    tl = scene.timeline
    tl.from_(line, draw_end=0, duration=min(1.1, scene.seconds * 0.3), ease="power2.inOut", at=at)
    tl.from_(body, opacity=0, duration=0.7, ease="sine.inOut", at=at + 0.6)
    tl.from_(
        halo, opacity=0, scale=0.4, duration=min(1.4, scene.seconds - at - 0.45), ease="sine.out", at=at + 0.4
    )
    if scene.seconds > 3:
        tl.from_to(body, {"sheen": -0.4}, {"sheen": 1.4}, duration=1.4, ease="sine.inOut", at=at + 1.3)
    return moon


def crescent_path() -> str:
    """Write the outline of a crescent in a box of 100: a circle, and a smaller one that bites into it."""
    reach, bite, dx, dy = 50.0, 40.0, 17.0, -9.0
    far = math.hypot(dx, dy)
    along = (far * far + reach * reach - bite * bite) / (2 * far)
    high = math.sqrt(reach * reach - along * along)
    cx, cy = 50 + dx / far * along, 50 + dy / far * along
    ax, ay = cx - dy / far * high, cy + dx / far * high
    bx, by = cx + dy / far * high, cy - dx / far * high
    return f"M {ax:.2f} {ay:.2f} A 50 50 0 1 1 {bx:.2f} {by:.2f} A 40 40 0 1 0 {ax:.2f} {ay:.2f} Z"


def domes(scene: Scene, film: Film, *, near: bool = True) -> None:
    """Set domes and towers along the horizon, a far row and a near one that move past each other."""
    w, h, way = film.width, film.height, forward(film)
    base, gold = film.theme.color("background"), film.theme.color("accent")
    dark = film.theme.dark
    rows = [(0.24, 0.3, mix(base, gold, 0.2) if dark else mix(base, gold, 0.3), 7, "far")]
    if near:
        shade = mix(base, "#000000", 0.62) if dark else mix(base, film.theme.color("ink"), 0.72)
        rows.append((0.2, 1.6, shade, 5, "near"))
    for tall, depth, color, count, name in rows:
        row = Path(
            skyline(film.random(name).random() * 9, count),
            width=w * 1.36,
            height=h * tall * (0.72 if film.shape == "tall" else 1),
            fill=color,
            inside="frame",
            anchor="bottom",
            depth=depth,
            allow="bleed",
        )
        row.set(y=h * 0.02)
        scene.add(row)
        reach = w * (0.016 if name == "far" else 0.045)
        scene.timeline.from_to(
            row, {"x": way * reach}, {"x": -way * reach}, duration=scene.seconds, ease="none", at=0
        )


def skyline(seed: float, count: int) -> str:
    """Write a row of domes and towers in a box of 1000 by 200."""
    parts = ["M 0 200 L 0 150"]
    each = 1000 / count
    for index in range(count):
        left = each * index
        tall = 96 + 44 * math.sin(seed + index * 2.3)
        half, center = each * 0.3, left + each * 0.46
        foot, tip = 150 - tall * 0.3, 150 - tall
        parts.append(f"L {center - half:.1f} 150 L {center - half:.1f} {foot:.1f}")
        parts.append(
            f"C {center - half * 1.2:.1f} {foot - tall * 0.3:.1f} {center - half * 0.2:.1f} {tip + 26:.1f}"
        )
        parts.append(f"{center:.1f} {tip:.1f}")
        parts.append(
            f"C {center + half * 0.2:.1f} {tip + 26:.1f} {center + half * 1.2:.1f} {foot - tall * 0.3:.1f}"
        )
        parts.append(f"{center + half:.1f} {foot:.1f} L {center + half:.1f} 150")
        if index % 2 == 0:
            x, top = left + each * 0.9, 28 + 20 * math.cos(seed + index)
            parts.append(f"L {x - 9:.1f} 150 L {x - 9:.1f} {top + 26:.1f} L {x - 13:.1f} {top + 26:.1f}")
            parts.append(
                f"L {x - 13:.1f} {top + 18:.1f} L {x - 7:.1f} {top + 18:.1f} Q {x - 8:.1f} {top + 6:.1f}"
            )
            parts.append(f"{x:.1f} {top - 12:.1f} Q {x + 8:.1f} {top + 6:.1f} {x + 7:.1f} {top + 18:.1f}")
            parts.append(
                f"L {x + 13:.1f} {top + 18:.1f} L {x + 13:.1f} {top + 26:.1f} L {x + 9:.1f} {top + 26:.1f}"
            )
            parts.append(f"L {x + 9:.1f} 150")
    return " ".join([*parts, "L 1000 150 L 1000 200 Z"])


def lanterns(
    scene: Scene, film: Film, *, at: float = 0.2, pairs: int = 2, sides: Sequence[int] = (-1, 1)
) -> None:
    """Hang lanterns on both sides: they come down, then swing, each later than the one before."""
    w, h = film.width, film.height
    tall = film.shape == "tall"
    places = [(0.39, 0.16, 0.2), (0.28, 0.06, 0.14), (0.19, 0.02, 0.1)][:pairs]
    if film.shape != "wide":
        places = [
            (0.38, 0.09 if tall else 0.1, 0.12 if tall else 0.16),
            (0.22, 0.02, 0.085 if tall else 0.11),
        ][:pairs]
    order = 0
    for across, down, big in places:
        for side in sides:
            drop = h * (down + (0.025 if side > 0 else 0))
            _lantern(
                scene, film, x=side * w * across, drop=drop, big=h * big, at=at + 0.12 * order, order=order
            )
            order += 1


def _lantern(scene: Scene, film: Film, *, x: float, drop: float, big: float, at: float, order: int) -> None:
    """One lantern: chain, cap, body with a warm pane, foot."""
    gold = film.theme.color("accent")
    frame, pane = mix(gold, "#000000", 0.34), mix(gold, "#FFFFFF", 0.72)
    wide = big * 0.52
    hung = Group(
        width=wide,
        height=drop + big,
        inside="frame",
        anchor="top",
        origin="top",
        x=x,
        depth=1.0 + 0.1 * order,
    )
    halo = Gradient(shape="radial", color_1=f"{gold}55", color_2=f"{gold}00", spread=0.5, anchor="bottom")
    halo.set(width=big * 2.3, height=big * 2.3, y=big * 0.62)
    chain = Rect(
        width=max(3 * film.unit, big * 0.014), height=drop + big * 0.1, fill=frame, anchor="top", y=-big * 0.4
    )
    chain.set(height=drop + big * 0.5)
    cap = Path(
        "M 50 0 L 86 100 L 14 100 Z", width=wide * 0.72, height=big * 0.18, fill=frame, anchor="bottom"
    )
    body = Path(
        "M 22 0 L 78 0 L 100 26 L 80 100 L 20 100 L 0 26 Z", width=wide, height=big * 0.58, fill=frame
    )
    glass = Path("M 22 0 L 78 0 L 100 26 L 80 100 L 20 100 L 0 26 Z", width=wide * 0.78, height=big * 0.47)
    foot = Path("M 14 0 L 86 0 L 50 100 Z", width=wide * 0.6, height=big * 0.16, fill=frame, anchor="bottom")
    hung.add(
        halo,
        chain,
        cap.set(y=-big * 0.77),
        body.set(anchor="bottom", y=-big * 0.18),
        glass.set(anchor="bottom", y=-big * 0.235, fill=radial(pane, gold)),
        foot,
    )
    scene.add(hung)
    tl = scene.timeline
    tl.from_(hung, y=-(drop + big * 1.2), duration=min(1.3, scene.seconds * 0.4), ease="power3.out", at=at)
    swing = {"duration": min(1.6, scene.seconds), "ease": "sine.inOut", "repeat": -1, "yoyo": True, "at": 0}
    lean = 3.2 if order % 2 else -3.2
    tl.from_to(hung, {"rotation": -lean}, {"rotation": lean}, **swing)
    tl.from_to(halo, {"opacity": 0.75}, {"opacity": 1}, **{**swing, "duration": 0.9 + 0.17 * order})


def calm(scene: Scene, film: Film) -> str:
    """Paint the evening for a scene that only has words; gives the letter color for it."""
    sky(scene, film)
    stars(scene, film, count=24)
    domes(scene, film, near=False)
    return "ink"
