"""What to do next, on a pill that springs up."""

from components.look import letters, size

from stage import Film, Group, Scene

LONG = 30
"""Letters of a call that takes more than one line."""


def button(
    scene: Scene, film: Film, words: str, *, room: float, fill: str, at: float, big: float = 1.15
) -> Group:
    """Make a button; `big` is its letters' size against the film's body type."""
    u = film.unit
    pill = Group(padding_x=58 * u, padding_y=28 * u, radius=90 * u, fill=fill)
    style = (
        {"width": room * 0.76, "max_lines": 3, "balance": True, "align": "center"}
        if len(words) >= LONG
        else {}
    )
    pill.add(letters(film, words, "title", size=size(film, "body") * big, color=film.theme.on(fill), **style))
    at = min(at, scene.seconds * 0.3)
    scene.timeline.from_(
        pill, scale=0.6, opacity=0, duration=min(0.5, scene.seconds * 0.3), ease="spring(0.6)", at=at
    )
    return pill
