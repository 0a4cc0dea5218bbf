"""Who is speaking: the name on one slab, the role on the next."""

import content
from components.look import push, size
from components.set import backdrop
from components.slabs import bug, dark, slab, stand

from stage import Film, Scene


def build(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """Make the scene of a lower third; numbers begin at 1."""
    clear = content.GROUND == "clear"
    scene = Scene(f"person_{number}", seconds=seconds, background="transparent" if clear else "background")
    backdrop(scene, film)
    bug(scene, film)
    room = film.safe.width * (0.66 if film.shape == "wide" else 0.86)
    step = size(film, "title") * (1.7 if film.shape == "wide" else 1.5)
    name = slab(film, point["title"], step, room=room, strong=True, fill=dark(film), color="ink")
    role = slab(
        film,
        point["text"],
        size(film, "body") * 1.1,
        room=room,
        strong=False,
        fill="accent" if number % 2 else "ink",
        color=film.theme.on("accent" if number % 2 else "ink"),
    )
    stand(scene, film, name, role)
    if not clear:
        push(scene, 1.03)
    return scene
