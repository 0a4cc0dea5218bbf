"""The rules of an SVG's style elements, written onto the elements that they choose."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SIMPLE = re.compile(r"^([a-zA-Z]+|\*)?(?:#([\w-]+))?((?:\.[\w-]+)*)$")
_MOST_RULES = 500


@dataclass(frozen=True)
class Rule:
    """One simple selector and what it asks for."""

    tag: str
    id: str
    classes: frozenset[str]
    asked: tuple[tuple[str, str], ...]

    @property
    def weight(self) -> tuple[bool, int, bool]:
        """How strong the selector is against others."""
        return (bool(self.id), len(self.classes), bool(self.tag))

    def chooses(self, element: Element) -> bool:
        """Tell whether an element is meant."""
        classes = set(element.get("class", "").split())
        tag = self.tag in ("", "*", element.tag)
        return tag and (not self.id or self.id == element.get("id")) and self.classes <= classes


def inline(root: Element) -> None:
    """Write the rules of all style elements onto the elements themselves, and take the style elements out."""
    rules: list[Rule] = []
    for parent in root.iter():
        for style in [child for child in parent if child.tag == "style"]:
            rules.extend(_read(style.text or ""))
            parent.remove(style)
    if not rules:
        return
    rules = sorted(rules[:_MOST_RULES], key=lambda rule: rule.weight)
    for element in root.iter():
        asked = dict(pair for rule in rules if rule.chooses(element) for pair in rule.asked)
        if asked:
            own = dict(_declarations(element.get("style", "")))
            element.attrib.pop("style", None)
            for name, value in {**asked, **own}.items():
                element.set(name, value)


def _read(text: str) -> list[Rule]:
    found: list[Rule] = []
    for match in _RULE.finditer(_COMMENT.sub("", text)):
        asked = tuple(_declarations(match[2]))
        for selector in match[1].split(","):
            simple = _SIMPLE.match(selector.strip())
            if simple and selector.strip():
                classes = frozenset(part for part in simple[3].split(".") if part)
                found.append(Rule(simple[1] or "", simple[2] or "", classes, asked))
    return found


def _declarations(text: str) -> list[tuple[str, str]]:
    pairs = [part.split(":", 1) for part in text.split(";") if ":" in part]
    return [(name.strip(), value.replace("!important", "").strip()) for name, value in pairs]
