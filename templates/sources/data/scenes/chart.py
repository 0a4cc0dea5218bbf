"""All numbers as bars from zero: neutral, but for the one that the film is about."""

import content
from components.backdrop import ground
from components.look import come, headline, leave, push, rail, size, start
from components.numbers import LOCALES, Amount, focus

from stage import Chart, Column, Film, Scene, mix

MOST_COLUMNS = 7
EM = 0.56
"""About how wide a letter is, in ems."""
MOST_LETTERS = 60
"""More columns than this, or more letters below them, are told as rows."""


def build(film: Film, amounts: list[Amount], seconds: float) -> Scene:
    """Make the scene of the bars."""
    scene = Scene("chart", seconds=seconds)
    ground(scene, film, angle=120)
    u = film.unit
    room, tall = film.safe.width - rail(film), film.safe.height
    longest = max(len(words) for each in amounts for words in (each.title, each.shown))
    across = film.shape != "tall" and len(amounts) <= MOST_COLUMNS and longest * len(amounts) <= MOST_LETTERS
    head = headline(film, content.TITLE, room=room * 0.94, tall=tall * (0.2 if across else 0.16), lines=2)
    come(scene, head, 0.05)
    plot = bars(film, amounts, lying=not across)
    plot.set(width=room, height=tall * (0.7 if across else 0.72))
    stack = Column(head, plot, gap=tall * 0.07, align="start", anchor=start(film))
    scene.add(stack.set(x=-rail(film) if film.rtl else 0))
    lasts = min(2.0, seconds * 0.45)
    scene.timeline.from_(plot, reveal=0, duration=lasts, ease="power3.out", at=0.25)
    push(scene, 1.04)
    leave(scene, stack, by=-30 * u)
    return scene


def bars(film: Film, amounts: list[Amount], *, lying: bool) -> Chart:
    """Make the chart; numbers of different kinds stand beside their names instead of their bars."""
    kinds = {(each.before, each.after) for each in amounts}
    alike = len(kinds) == 1
    before, after = kinds.pop() if alike else ("", "")
    language = film.language.split("-")[0]
    names = [each.title if alike else f"{each.title}: {each.shown}" for each in amounts]
    step = size(film, "body") * (0.96 if lying else 1.0)
    if lying:
        fits = film.safe.width * 0.45 / max(map(len, names)) / EM
        step = min(step, max(fits, (26 if film.shape == "wide" else 32) * film.unit))
    chart = Chart(
        [each.value for each in amounts],
        labels=names,
        form="hbar" if lying else "bar",
        highlight=focus(amounts),
        colors=[mix(film.theme.color("background"), film.theme.color("ink"), 0.27)],
        decimals=max(each.decimals for each in amounts),
        locale=language if language in LOCALES else "en",
        size=step,
        font=content.ARABIC_FONTS["body"] if film.language.startswith("ar") else "body",
    )
    chart.set(axis=False, grid=False, values=alike, prefix=before, suffix=after, stagger=0.6, gap=0.3)
    return chart.set(radius=10 * film.unit, weight=700)
