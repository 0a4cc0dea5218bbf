"""The words of a film, as tables."""

from collections.abc import Iterable, Mapping

from stage import vocabulary as words
from stage.transition_examples import about
from stage.vocabulary import Property

PATH = "vocabulary.md"

HEAD = "| word | means | type | default | animated |\n|---|---|---|---|---|\n"


def text() -> str:
    """Write the page."""
    parts = [
        "# The words of a film\n\nMade from `stage/vocabulary` by `make docs`. "
        "Lengths are pixels of the film's own frame, angles degrees clockwise, times frames.\n",
        section(
            "Every node", {word: rule for word, rule in words.PLACE.items() if word not in words.EFFECTS}
        ),
        section("Effects of every node", words.EFFECTS),
        *(kind(name, table) for name, table in words.KINDS.items()),
        section("Parts of a text", words.PART_PROPERTIES),
        section("The camera of a scene", words.CAMERA),
        listing("Eases", words.EASE_NAMES, f"each with `.{'`, `.'.join(words.EASE_FORMS)}`"),
        "## Transitions\n\n" + "".join(f"- `{kind}`: {about(kind)}\n" for kind in words.TRANSITIONS),
        listing("Order of a stagger", words.STAGGER_ORDERS, "over nodes or parts"),
        limits(),
    ]
    return "\n".join(parts)


def kind(name: str, table: Mapping[str, Property]) -> str:
    """Write what one kind has beyond what every node has."""
    own = {word: rule for word, rule in table.items() if word not in words.PLACE}
    return section(f"`{name}`" + (", which holds others" if name in words.CONTAINERS else ""), own)


def section(title: str, table: Mapping[str, Property]) -> str:
    """Write a heading and a table of properties."""
    return f"## {title}\n\n{HEAD}" + "".join(row(word, rule) for word, rule in table.items())


def row(word: str, rule: Property) -> str:
    """Write one property."""
    meaning = rule.help.replace("|", "\\|")
    default = "" if rule.default in (None, "") else f"`{rule.default}`"
    return (
        f"| `{word}` | {meaning} | {kind_of_value(rule)} | {default} | {'yes' if rule.animatable else ''} |\n"
    )


def kind_of_value(rule: Property) -> str:
    """Tell a property's type, with its range or its choices."""
    if rule.choices:
        return ", ".join(f"`{choice}`" for choice in rule.choices if choice)
    if rule.low is None and rule.high is None:
        return rule.type
    return f"{rule.type} {bound(rule.low)} to {bound(rule.high)}".rstrip()


def bound(value: float | None) -> str:
    """Write one end of a range."""
    return "" if value is None else f"{value:g}"


def listing(title: str, names: Iterable[str], remark: str) -> str:
    """Write a heading and one line of names."""
    return f"## {title}\n\n" + ", ".join(f"`{name}`" for name in names) + f": {remark}.\n"


def limits() -> str:
    """Write the smallest and the largest film."""
    rows = (f"| {name} | {low:,g} | {high:,g} |\n" for name, (low, high) in words.LIMITS.items())
    return "## Limits\n\n| of | least | most |\n|---|---|---|\n" + "".join(rows)
