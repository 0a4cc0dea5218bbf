"""A film of two seconds in which something always moves."""

from domain.template import Shape, TemplateCard

FILM = """\
from stage import Ellipse, Film, Scene, Text

film = Film({title!r}, width={width}, height={height}, fps={fps})
scene = Scene("opening", seconds=2, background="#0f3d2e")
with scene:
    sun = Ellipse(id="sun", inside="frame", anchor="top-right", x=-80, y=80, width=420, height=420)
    sun.set(fill="#e9c46a")
    title = Text({title!r}, id="title", anchor="bottom-left", size=170, weight=700, color="#f6f1e4")
scene.timeline.to(sun, x=-700, duration=2, ease="none")
film.add(scene)
"""


class Sunrise:
    """A title under a sun that wanders."""

    CARD = TemplateCard(
        name="sunrise",
        title="Sunrise",
        description="One title under a wandering sun.",
        seconds=2,
        example_prompt="A calm 2-second title for Noor Tea, deep green, a golden sun",
        good_for=("titles",),
    )

    def files(self, shape: Shape, title: str) -> dict[str, str]:
        """One scene in one file."""
        return {"film.py": FILM.format(title=title, width=shape.width, height=shape.height, fps=shape.fps)}
