"""Writes `signatures/`, `nodes/` and `animated.py` from the tables of the vocabulary."""

from __future__ import annotations

import re
import textwrap

from stage import vocabulary as words
from stage.vocabulary import Property
from stage.vocabulary.kinds import FILES
from stage.vocabulary.property import LISTS

GROUPS = {
    "Placed": words.PLACE,
    "Painted": words.PAINTED,
    "Boxed": words.BOXED,
    "Flowing": words.FLOW,
    "Lettered": words.LETTERS,
    "Pictured": words.PICTURE,
}
TYPES = {
    "number": "float",
    "color": "str",
    "paint": "Paint",
    "text": "str",
    "flag": "bool",
    "file": "str",
    "spans": "Sequence[str | Span]",
    "shadows": "Shadow | Sequence[Shadow]",
    "name": "str",
    "numbers": "Sequence[float]",
    "points": "Sequence[tuple[float, float]]",
    "texts": "Sequence[str]",
    "colors": "str | Sequence[str]",
    "series": "Data",
    "cues": "Said",
}

HEAD = '''"""{summary}

Written by `python -m stage generate` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

'''
HOMES = {
    "Sequence": "collections.abc",
    "Literal": "typing",
    "TypedDict": "typing",
    "Said": "stage.captions",
    "Data": "stage.listed",
    "Paint": "stage.paint",
    "Shadow": "stage.paint",
    "Span": "stage.paint",
    **dict.fromkeys(GROUPS, "stage.signatures.groups"),
}
"""Where the names of types come from."""


def modules() -> dict[str, str]:
    """Write every generated module, by its path in the stage."""
    found = {"animated.py": animated(), "signatures/groups.py": _groups()}
    found["signatures/__init__.py"] = _gathered(
        "What each kind of node takes, for type checkers.", "signatures", "Words"
    )
    found["nodes/__init__.py"] = _gathered("Every kind of node as a class.", "nodes", "")
    for file, kinds in FILES.items():
        found[f"signatures/{file}.py"] = _signatures(file, list(kinds))
        found[f"nodes/{file}.py"] = _nodes(file, list(kinds))
    return found


def animated() -> str:
    """Write what tweens and cameras take, as typed dictionaries."""
    every = [*words.KINDS.values(), words.PART_PROPERTIES]
    able = {word: rule for table in every for word, rule in table.items() if rule.animatable} | words.CAMERA
    return _module(
        "What a tween can change, for type checkers.",
        _typed(
            "Animated", "TypedDict, total=False", "Everything that some target can animate.", able, bare=True
        ),
        _typed("CameraWords", "TypedDict, total=False", "What a camera takes.", words.CAMERA),
    )


def _module(summary: str, *parts: str) -> str:
    """Join parts to a module that imports the types they name."""
    body = "".join(parts)
    own, other = _imports(body, "typing", "collections.abc"), _imports(body, "stage")
    return f"{HEAD.format(summary=summary)}{own}{chr(10) if own and other else ''}{other}{body}"


def _imports(body: str, *rooms: str, indent: str = "") -> str:
    """Import what a module names from some rooms, in order."""
    text = re.sub(r'""".*?"""', "", body, flags=re.DOTALL)
    made = set(re.findall(r"^class (\w+)", text, re.MULTILINE))
    named = set(re.findall(r"\w+", text)) - made
    found: dict[str, list[str]] = {}
    for name, home in HOMES.items():
        if name in named and home.startswith(rooms):
            found.setdefault(home, []).append(name)
    lines = (
        f"{indent}from {home} import {', '.join(sorted(names))}\n" for home, names in sorted(found.items())
    )
    return "".join(lines)


def _gathered(summary: str, package: str, suffix: str) -> str:
    names = {file: sorted(f"{kind.title()}{suffix}" for kind in kinds) for file, kinds in FILES.items()}
    lines = [
        f"from stage.{package}.{file} import {', '.join(each)}\n" for file, each in sorted(names.items())
    ]
    every = sorted(name for each in names.values() for name in each)
    listed = "".join(f'    "{name}",\n' for name in every)
    head = HEAD.format(summary=summary).replace("from __future__ import annotations\n\n", "")
    return f"{head}{''.join(lines)}\n__all__ = [\n{listed}]\n"


def _groups() -> str:
    parts: list[str] = []
    for name, table in GROUPS.items():
        own = {word: rule for word, rule in table.items() if word not in words.FIRST_WORDS.values()}
        parts.append(_typed(name, "TypedDict, total=False", f"What every {name.lower()} node takes.", own))
    return _module("What several kinds of nodes take, for type checkers.", *parts)


def _signatures(file: str, kinds: list[str]) -> str:
    """Write the properties of a file's kinds as typed dictionaries, for editors and type checkers."""
    parts: list[str] = []
    for kind in kinds:
        table = words.KINDS[kind]
        groups = [
            group
            for group, own in GROUPS.items()
            if all(_alike(table.get(word), rule) for word, rule in own.items())
        ]
        taken = {word for group in groups for word in GROUPS[group]} | {words.FIRST_WORDS.get(kind, "")}
        own = {word: rule for word, rule in table.items() if word not in taken}
        parts.append(
            _typed(f"{kind.title()}Words", f"{', '.join(groups)}, total=False", f"What a {kind} takes.", own)
        )
    return _module(f"What the kinds of `stage/vocabulary/{file}.py` take, for type checkers.", *parts)


def _alike(one: Property | None, other: Property) -> bool:
    """Whether two words take the same, whatever holds when nothing is said."""
    return one is not None and (one.type, one.choices) == (other.type, other.choices)


def _nodes(file: str, kinds: list[str]) -> str:
    """Write one class for each kind of a file."""
    body = "".join(_kind(kind) for kind in kinds)
    parts = ", Parts" if "Parts" in body else ""
    return "".join(
        [
            HEAD.format(summary=f"The kinds of `stage/vocabulary/{file}.py` as classes."),
            f"from typing import TYPE_CHECKING, Unpack\n\nfrom stage.node import Node{parts}\n\n",
            "if TYPE_CHECKING:\n",
            own if (own := _imports(body, "collections.abc", indent="    ")) else "",
            "\n" if own else "",
            "    from stage import signatures as sign\n",
            _imports(body, "stage", indent="    "),
            body,
        ]
    )


def _kind(kind: str) -> str:
    name, first = kind.title(), words.FIRST_WORDS.get(kind)
    lines = [
        f'\n\nclass {name}(Node):\n    """{words.SUMMARIES[kind]}"""\n\n    kind = "{kind}"\n',
        "\n    def __init__(\n",
    ]
    rest = f"id: str | None = None, **properties: Unpack[sign.{name}Words]\n    ) -> None:\n"
    if kind in words.CONTAINERS:
        lines.append(f"        self, *children: Node, {rest}        super().__init__(id, dict(properties))\n")
        lines.append("        for child in children:\n            self.add(child)\n")
    elif kind == "text":
        lines.append(f'        self, text: str | Sequence[str | Span] = "", *, {rest}')
        lines.append('        said = {"spans" if isinstance(text, list | tuple) else "text": text}\n')
        lines.append("        super().__init__(id, said | dict(properties))\n")
    elif first:
        rule = words.KINDS[kind][first]
        empty = () if rule.type in LISTS else ""
        default = repr(rule.default if rule.default is not None else empty).replace("'", '"')
        lines.append(f"        self, {first}: {TYPES[rule.type]} = {default}, *, {rest}")
        lines.append(f'        super().__init__(id, {{"{first}": {first}, **properties}})\n')
    else:
        lines.append(f"        self, *, {rest}        super().__init__(id, dict(properties))\n")
    if kind in words.LETTERED:
        for unit in words.PART_UNITS:
            lines.append(f"\n    @property\n    def {unit}s(self) -> Parts:\n")
            lines.append(f'        """Its {unit}s, each to play a tween on its own."""\n')
            lines.append(f'        return Parts(self, "{unit}")\n')
    return "".join(lines)


def _typed(name: str, bases: str, about: str, table: dict[str, Property], *, bare: bool = False) -> str:
    rows = [f"    {word}: {_type(rule)}\n" for word, rule in table.items()]
    if not bare:
        told = (f'    """{_help(word, rule)}"""\n' for word, rule in table.items())
        rows = [f"{row}{help}" for row, help in zip(rows, told, strict=True)]
    return f'\n\nclass {name}({bases}):\n    """{about}"""\n' + ("\n" + "".join(rows) if rows else "")


def _type(rule: Property) -> str:
    if rule.choices:
        return "Literal[" + ", ".join(f'"{choice}"' for choice in rule.choices) + "]"
    return TYPES[rule.type]


def _help(word: str, rule: Property) -> str:
    text = said(word, rule)
    text = text[0].upper() + text[1:] + ("" if text.endswith(".") else ".")
    return "\n    ".join(textwrap.wrap(text, 98))


def said(word: str, rule: Property) -> str:
    """What a property means to an author, whose times are seconds."""
    if word == "start":
        return "when the node appears, seconds of its scene"
    return (
        "when it is gone again, seconds of its scene; the scene's end unless said"
        if word == "end"
        else rule.help
    )
