"""Who is speaking: the name and the role on a slab behind an edge."""

import content
from components.look import face, forward, push, size
from components.set import backdrop, monitor
from components.slabs import bug, dark

from stage import Film, LowerThird, Scene, shadow


def build(film: Film, number: int, point: dict, seconds: float) -> Scene:
    """Make the scene of a lower third; numbers begin at 1."""
    clear = content.GROUND == "clear"
    scene = Scene(f"person_{number}", seconds=seconds, background="transparent" if clear else "background")
    u, wide = film.unit, film.shape == "wide"
    room = film.safe.width * (0.6 if wide else 0.8)
    step = size(film, "title") * (1.6 if wide else 1.3)
    third = LowerThird(point["title"], point["text"], size=step, fill=dark(film), rtl=film.rtl)
    third.set(shadow=[shadow(0, 10 * u, 26 * u, "#00000052")])
    third.name.set(**{**face(film, point["title"], "headline"), "size": step, "letter_spacing": 0})
    third.role.set(**{**face(film, point["text"], "title"), "size": step * 0.58, "color": "muted"})
    for words, share in ((third.name, 0.46), (third.role, 0.33)):
        if len(str(words.text)) * step * share > room:
            words.set(width=room, fit="shrink", max_lines=2, balance=True, min_size=step * 0.4)
    third.play(scene.timeline, at=0.1, hold=max(seconds - 1.4, 0.2))
    backdrop(scene, film)
    monitor(scene, film, number)
    bug(scene, film)
    scene.add(third)
    _glint(scene, film, third)
    if not clear:
        push(scene, 1.03)
    return scene


def _glint(scene: Scene, film: Film, third: LowerThird) -> None:
    """Let light run up the edge every few seconds, and a line over the slab's foot all the while."""
    third.edge.set(sheen_color="#FFFFFFD0", sheen_width=1.2)
    clock = 0.9
    while clock + 0.7 < scene.seconds - 0.5:
        scene.timeline.from_to(
            third.edge, {"sheen": -1.5}, {"sheen": 2.5}, duration=0.6, ease="none", at=clock
        )
        clock += 0.65
    reach = forward(film) * 14 * film.unit
    scene.timeline.to(third, x=reach, duration=scene.seconds, ease="none", at=0)
