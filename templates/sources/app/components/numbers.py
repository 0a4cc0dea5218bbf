"""A rating that counts up, and its stars."""

import content
from components.backdrop import star_path
from components.look import size

from stage import Counter, Film, Path, Row, Scene


def stars(scene: Scene, film: Film, at: float) -> Row:
    """Set a rating of five beside as many stars as it has."""
    rating = min(max(float(content.RATING.replace(",", ".")), 0), 5)
    big = size(film, "title")
    language = film.language.split("-")[0]
    number = Counter(
        rating, decimals=1, size=big * 1.3, weight=800, font="display", features="tnum", line_height=1
    )
    number.set(locale=language if language in ("en", "de", "fr", "ar") else "en")
    row = Row(number, gap=14 * film.unit, align="center")
    scene.timeline.from_(number, value=0, duration=1.0, ease="power2.out", at=at)
    for index in range(5):
        star = Path(star_path(5, 0.42), width=big * 0.8, height=big * 0.8, origin="center")
        row.add(star.set(fill="second" if index + 0.5 <= rating else "ink/0.2"))
        scene.timeline.from_(
            star, scale=0, rotation=-60, duration=0.4, ease="back.out(2)", at=at + 0.1 * index
        )
    return row
