"""The published JSON Schema of a film."""

from __future__ import annotations

from domain.composition.film import Composition
from stage import vocabulary as words


def schema() -> dict[str, object]:
    """The JSON Schema of a composition, with every property of every kind spelled out."""
    published = Composition.model_json_schema()
    published["$id"] = "https://director.invalid/composition-1.json"
    published["x-kinds"] = {
        kind: {name: _published(rule) for name, rule in table.items()} for kind, table in words.KINDS.items()
    }
    return published


def _published(rule: words.Property) -> dict[str, object]:
    described: dict[str, object] = {"type": rule.type, "help": rule.help, "animatable": rule.animatable}
    if rule.default is not None:
        described["default"] = rule.default
    if rule.low is not None:
        described["range"] = [rule.low, rule.high]
    if rule.choices:
        described["choices"] = [choice for choice in rule.choices if choice]
    return described
