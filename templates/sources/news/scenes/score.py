"""A score or a market: what it is, its number that springs up, and an arrow for up or down."""

import content
from components.look import push, size
from components.set import backdrop, monitor
from components.slabs import bug, dark, slab, stand

from stage import Film, Group, Path, Row, Scene

UP, DOWN = "M 50 0 L 100 86 L 0 86 Z", "M 0 0 L 100 0 L 50 86 Z"
RISES = "#3DDC84"
"""Green that reads on dark slabs, beside the accent for what falls."""


def build(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """Make the scene of a number; numbers begin at 1."""
    clear = content.GROUND == "clear"
    scene = Scene(f"score_{number}", seconds=seconds, background="transparent" if clear else "background")
    backdrop(scene, film)
    monitor(scene, film, number + 1)
    bug(scene, film)
    wide = film.shape == "wide"
    room = film.safe.width * (0.6 if wide else 0.8)
    what = slab(film, point["title"], size(film, "body") * 1.1, room=room, strong=False, fill="ink",
                color=film.theme.on("ink"))  # fmt: skip
    shown = point["text"].strip()
    step = size(film, "title") * (2.0 if wide else 1.6)
    figure = slab(film, shown, step, room=room * 0.8, strong=True, fill="#00000000", color="ink")
    figure.children[0].set(features="tnum")
    box = Row(gap=0, align="center", fill=dark(film), padding_x=10 * film.unit)
    way = _way(shown)
    if way:
        arrow = Path(UP if way > 0 else DOWN, width=step * 0.5, height=step * 0.43, origin="center")
        box.add(
            Group(
                arrow.set(fill=RISES if way > 0 else "accent", anchor="center"), width=step * 0.9, height=step
            )
        )
        scene.timeline.from_(arrow, y=way * step * 0.6, opacity=0, duration=0.5, ease="back.out(1.8)", at=0.5)
        left = seconds - 1.6
        if left > 0.6:
            scene.timeline.to(
                arrow, y=-way * step * 0.12, duration=0.4, ease="sine.inOut", repeat=-1, yoyo=True, at=1.1
            )
    box.add(figure)
    stand(scene, film, what, Group(box))
    if not clear:
        push(scene, 1.03)
    return scene


def _way(shown: str) -> int:
    """1 where a number says that it rises, -1 where it falls, 0 where it says neither."""
    return 1 if shown[0] in "+↑▲" else -1 if shown[0] in "-−↓▼" else 0
