"""What lies behind the words: a ground with light in it, large faint forms, and slow life."""

from stage import Ellipse, Film, Gradient, Scene, Text, mix
from components.look import forward, joined, start


def ground(
    scene: Scene, film: Film, *, color: str = "background", light: str = "accent", angle: float = 60, still: bool = False
) -> None:
    """Paint the frame with a gradient around a color, and let two lights drift over it; `still` keeps it off the camera."""
    base = film.theme.color(color)
    lit = film.theme.color(light)
    w, h = film.width, film.height
    way = forward(film)
    whole = Gradient(color_1=mix(base, "#FFFFFF", 0.05), color_2=mix(base, "#000000", 0.07), angle=angle,
                     inside="frame", width=w * 1.2, height=h * 1.2, anchor="center", depth=0 if still else 0.2)  # fmt: skip
    near = Gradient(shape="radial", color_1=f"{lit}3C", color_2=f"{lit}00", spread=0.5, inside="frame",
                    width=h * 1.5, height=h * 1.5, anchor="center", x=way * w * 0.34, y=-h * 0.2, depth=0 if still else 0.3)  # fmt: skip
    far = Gradient(shape="radial", color_1=f"{lit}24", color_2=f"{lit}00", spread=0.5, inside="frame",
                   width=h * 1.2, height=h * 1.2, anchor="center", x=-way * w * 0.36, y=h * 0.36, depth=0 if still else 0.3)  # fmt: skip
    scene.add(whole, near, far)
    drift = scene.timeline
    drift.to(near, x=way * w * 0.24, y=-h * 0.1, duration=scene.seconds, ease="sine.inOut", at=0)
    drift.to(far, x=-way * w * 0.27, y=h * 0.28, duration=scene.seconds, ease="sine.inOut", at=0)


def initial(scene: Scene, film: Film, word: str, *, color: str = "ink") -> None:
    """Set the first letter of a word, as tall as the frame and barely there, moving slower than the rest."""
    letter = next((each for each in word if each.isalnum()), "")
    if not letter or joined(letter):
        return
    big = Text(letter.upper(), font="display", weight=800, size=film.height * 1.05, line_height=1, inside="frame",
               anchor=f"{'left' if film.rtl else 'right'}", x=forward(film) * film.width * 0.04, y=-film.height * 0.02,
               color=f"{film.theme.color(color)}10", depth=0.35, allow="bleed,overlap")  # fmt: skip
    scene.add(big)
    scene.timeline.from_(big, x=forward(film) * film.width * 0.09, duration=scene.seconds, ease="sine.out", at=0)


def rings(scene: Scene, film: Film, *, at: float = 0.2, color: str = "accent", corner: str = "end") -> None:
    """Draw three circles, one in the other, that cross the frame's edge and keep turning outwards."""
    away = start(film) if corner == "start" else ("left" if film.rtl else "right")
    sign = -1 if away == "left" else 1
    span = min(film.width, film.height)
    for index in range(3):
        wide = span * (0.55 + 0.3 * index)
        ring = Ellipse(width=wide, height=wide, inside="frame", anchor=f"bottom-{away}", origin="center",
                       x=-sign * span * 0.1, y=-span * 0.06, stroke=f"{film.theme.color(color)}{'5A402A'[index * 2:index * 2 + 2]}",
                       stroke_width=(7 - 2 * index) * film.unit, depth=0.5 + 0.2 * index, allow="bleed,overlap")  # fmt: skip
        scene.add(ring)
        tl = scene.timeline
        tl.from_(ring, draw_end=0, duration=1.5 + 0.3 * index, ease="power2.inOut", at=at + 0.12 * index)
        tl.to(ring, rotation=30 - 50 * index, scale=1.08, duration=max(scene.seconds - at, 0.5), ease="sine.inOut", at=at)
