"""The headline as a lower third with its tag and place, over a ticker that runs."""

import content
from components.look import joined, push, size
from components.set import backdrop
from components.slabs import bug, dark, place_line, slab, stand, ticker

from stage import Film, Group, Scene


def build(film: Film, lines: list[str], seconds: float) -> Scene:
    """Make the scene of the headline and the ticker."""
    clear = content.GROUND == "clear"
    scene = Scene("bulletin", seconds=seconds, background="transparent" if clear else "background")
    backdrop(scene, film)
    bug(scene, film)
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width * (0.8 if wide else 0.84)
    slabs = []
    if content.KICKER:
        said = content.KICKER if joined(content.KICKER) else content.KICKER.upper()
        on = film.theme.on("accent")
        slabs.append(slab(film, said, size(film, "body"), room=room, strong=False, fill="accent", color=on))
    step = size(film, "title") * (1.5 if wide else 1.25)
    slabs.append(slab(film, content.TITLE, step, room=room, strong=True, fill=dark(film), color="ink"))
    where = place_line(film)
    if where is not None:
        box = Group(padding_x=34 * u, padding_y=10 * u, fill=dark(film))
        box.add(where)
        slabs.append(box)
    row = stand(scene, film, *slabs)
    if lines:
        row.set(y=-110 * u if film.shape != "tall" else -60 * u)
        ticker(scene, film, lines, at=min(0.5, seconds * 0.15))
    if not clear:
        push(scene, 1.02)
    return scene
