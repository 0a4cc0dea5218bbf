"""Every check with its thresholds and where they come from."""

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
HEAD = "| code | at worst | what must be so | thresholds | by |\n|---|---|---|---|---|\n"


def text() -> str:
    """Write the page."""
    parts = [
        "# Checks\n\nMade from `domain/checks` by `make docs`. A fault that is seen at one moment only "
        'is told milder. What a node declares by `allow=["overlap"]` is told as advice. A check that '
        "could not be made stands under `skipped` with its reason and never counts as passed. The checks "
        "of the look are advice.\n"
    ]
    for about, title in ABOUT.items():
        rows = "".join(row(each) for each in CHECKS.values() if each.about == about)
        parts.append(f"## {title}\n\n{HEAD}{rows}")
    return "\n".join(parts)


def row(check: Check) -> str:
    """Write one check."""
    limits = "; ".join(f"{each.name} {each.value:g} {each.unit}" for each in check.limits)
    return f"| `{check.code}` | {check.severity} | {check.rule} | {limits} | {check.source} |\n"
