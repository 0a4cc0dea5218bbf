"""Every check with its thresholds and where they come from."""

from collections import Counter

from bench.senses.fixtures import ALL
from domain.checks import CHECKS, Check

PATH = "checks.md"

ABOUT = {
    "source": "The source",
    "texts": "What is written",
    "picture": "Drawn frames",
    "look": "The look",
    "film": "The delivered film",
    "sound": "Its sound",
}
MENDED = """\
## Mended

Every edit of a run is checked before the model speaks again. What is red goes back in at most three \
rounds: the safe fixes (size, color and fit of single texts) first and unasked, then all that is left to the \
model as one batch; what stays is handed to people as a list. Three films that the offline director got with \
a line too much in them, and as it left them:

| | |
|---|---|
| A line over another one: `text_overlap` | ![before and after](pictures/mended_overlap.jpg) |
| Too pale for what lies behind it: `text_contrast` | ![before and after](pictures/mended_pale.jpg) |
| Too small, hardly lighter than its ground: `text_too_small`, `text_contrast` | \
![before and after](pictures/mended_faint.jpg) |
"""
HEAD = "| code | at worst | what must be so | thresholds | by | bad films |\n|---|---|---|---|---|---|\n"
SPOILED = Counter(bad.code for bad in ALL)
"""How many films are made with each fault, to see that it is found."""


def text() -> str:
    """Write the page."""
    parts = [
        "# Checks\n\nMade from `domain/checks` by `make docs`. A fault that is seen at one moment only "
        'is told milder. What a node declares by `allow=["overlap"]` is told as advice. A check that '
        "could not be made stands under `skipped` with its reason and never counts as passed. The checks "
        f"of the look are advice. The last column counts the films and files that are made bad on purpose: "
        f"{len(ALL)} in all, each of which its check has to find (`make senses`, `tests/bad`).\n"
    ]
    for about, title in ABOUT.items():
        rows = "".join(row(each) for each in CHECKS.values() if each.about == about)
        parts.append(f"## {title}\n\n{HEAD}{rows}")
    return "\n".join([*parts, MENDED])


def row(check: Check) -> str:
    """Write one check."""
    limits = "; ".join(f"{each.name} {each.value:g} {each.unit}" for each in check.limits)
    told = (f"`{check.code}`", check.severity, check.rule, limits, check.source, str(SPOILED[check.code]))
    return f"| {' | '.join(told)} |\n"
