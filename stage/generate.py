"""Writes `signatures.py`, `animated.py` and `nodes.py` from the tables of the vocabulary."""

from __future__ import annotations

import textwrap

from stage import vocabulary as words
from stage.vocabulary import Property

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
}

HEAD = '''"""{summary}

Written by `python -m stage {command}` from `stage/vocabulary`; do not edit.
"""

from __future__ import annotations

'''


def signatures() -> str:
    """Write the properties of every kind as typed dictionaries, for editors and type checkers."""
    parts = [
        HEAD.format(summary="What each kind of node takes, for type checkers.", command="signatures"),
        "from collections.abc import Sequence\nfrom typing import Literal, TypedDict\n\n",
        "from stage.paint import Paint, Shadow, Span\n",
    ]
    for name, table in GROUPS.items():
        own = {word: rule for word, rule in table.items() if word not in words.FIRST_WORDS.values()}
        parts.append(_typed(name, "TypedDict, total=False", f"What every {name.lower()} node takes.", own))
    for kind, table in words.KINDS.items():
        groups = [
            group
            for group, own in GROUPS.items()
            if all(table.get(word) is rule for word, rule in own.items())
        ]
        taken = {word for group in groups for word in GROUPS[group]} | {words.FIRST_WORDS.get(kind, "")}
        own = {word: rule for word, rule in table.items() if word not in taken}
        parts.append(
            _typed(f"{kind.title()}Words", f"{', '.join(groups)}, total=False", f"What a {kind} takes.", own)
        )
    return "".join(parts)


def animated() -> str:
    """Write what tweens and cameras take, as typed dictionaries."""
    every = [*words.KINDS.values(), words.PART_PROPERTIES]
    able = {word: rule for table in every for word, rule in table.items() if rule.animatable} | words.CAMERA
    parts = [
        HEAD.format(summary="What a tween can change, for type checkers.", command="animated"),
        "from typing import TypedDict\n\nfrom stage.paint import Paint\n",
        _typed(
            "Animated", "TypedDict, total=False", "Everything that some target can animate.", able, bare=True
        ),
        _typed("CameraWords", "TypedDict, total=False", "What a camera takes.", words.CAMERA),
    ]
    return "".join(parts)


def nodes() -> str:
    """Write one class for each kind."""
    parts = [
        HEAD.format(summary="Every kind of node as a class.", command="nodes"),
        "from typing import TYPE_CHECKING, Unpack\n\nfrom stage.node import Node, Parts\n\n",
        "if TYPE_CHECKING:\n    from collections.abc import Sequence\n\n",
        "    from stage import signatures as sign\n",
        "    from stage.paint import Span\n",
    ]
    return "".join([*parts, *(_kind(kind) for kind in words.KINDS)])


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
        default = repr(rule.default if rule.default is not None else "").replace("'", '"')
        lines.append(f"        self, {first}: {TYPES[rule.type]} = {default}, *, {rest}")
        lines.append(f'        super().__init__(id, {{"{first}": {first}, **properties}})\n')
    else:
        lines.append(f"        self, *, {rest}        super().__init__(id, dict(properties))\n")
    if kind in ("text", "counter"):
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
