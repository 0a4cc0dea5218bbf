"""Which part of a film is meant: a moment, a stretch of seconds, or neighbouring scenes."""

from __future__ import annotations

from domain.composition import Composition
from domain.errors import UserError


def moment(film: Composition, seconds: float, option: str) -> int:
    """Give the frame of a time; raises UserError for one outside of the film."""
    if not 0 <= seconds < film.seconds:
        raise UserError("no_such_time", f"{option} is {seconds:g} s; the film lasts {film.seconds:g} s")
    return int(seconds * film.fps + 1e-6)


def stretch(film: Composition, text: str) -> tuple[int, int]:
    """Give the first frame of `2-4.5` seconds and the one after the last; raises UserError for none."""
    try:
        begin, end = (float(side) for side in text.split("-"))
    except ValueError:
        raise UserError("no_range", f"--range is {text!r}; give two times in seconds: 2-4.5") from None
    first = moment(film, begin, "--range")
    if not end > begin or end > film.seconds + 1e-6:
        raise UserError(
            "no_range", f"--range is {text!r}; end it after its beginning, at {film.seconds:g} s at most"
        )
    return first, max(first + 1, round(end * film.fps))


def scenes(film: Composition, text: str) -> tuple[int, int]:
    """Give the first frame of the named scenes and the frame after the last.

    Raises UserError for a scene that there is not, or scenes that do not follow one another.
    """
    names = [scene.id for scene in film.scenes]
    wanted = [name.strip() for name in text.split(",")]
    for name in wanted:
        if name not in names:
            raise UserError("no_such_scene", f"--scenes: no scene {name!r}; scenes are {', '.join(names)}")
    places = sorted({names.index(name) for name in wanted})
    if places[-1] - places[0] + 1 != len(places):
        raise UserError("scenes_apart", f"--scenes {text!r} are no neighbours; render them one by one")
    starts = film.starts()
    return starts[places[0]], starts[places[-1]] + film.scenes[places[-1]].frames
