"""The sender's logo, drawn or photographed, on a plate of its own so that it shows on any ground."""

import content

from stage import Film, Group, Image, Scene, Svg, shadow

PLATE = "#FDFCFA"
"""What logos are made to stand on."""
WIDEST = 4.6
"""A logo is taken to be so many times as wide as it is tall, at most."""


def picture(src: str, **more: object) -> Image | Svg:
    """Show a file of the project, a picture or a drawing."""
    return Svg(src, **more) if src.lower().endswith(".svg") else Image(src, **more)


def logo(scene: Scene, film: Film, *, room: float, tall: float, at: float = 0.1) -> Group:
    """Make the logo's plate, so tall at most, and let it spring up."""
    u, high = film.unit, min(tall, room * 0.9 / WIDEST)
    pad = high * 0.16
    plate = Group(padding_x=pad * 1.5, padding_y=pad, radius=high * 0.2, fill=PLATE)
    plate.set(shadow=[shadow(0, 4 * u, 8 * u, "#00000030"), shadow(0, 18 * u, 34 * u, "#0000002A")])
    plate.add(picture(content.LOGO, height=high - 2 * pad))
    at = min(at, scene.seconds * 0.2)
    lasts = min(0.6, scene.seconds * 0.4)
    scene.timeline.from_(plate, scale=0.6, opacity=0, duration=lasts, ease="spring(0.6)", at=at)
    return plate
