"""Writing described animations into the source of a component, as calls of a timeline."""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, field_validator

from domain.errors import ToolError

_GSAP = {"from": "from_", "fromTo": "from_to", "fromto": "from_to"}
_NAME = r"[A-Za-z_]\w*"
_TARGET = re.compile(rf"^{_NAME}(\.{_NAME}|\[\d+\])*$")
_ID = re.compile(r"^[A-Za-z_][\w.-]{0,79}$")
_FUNCTION = re.compile(rf"^def ({_NAME})\(", re.MULTILINE)
_RETURN = re.compile(rf"^([ \t]+)return\b[ \t]*({_NAME})?[ \t]*(#.*)?$")
LONGEST_LINE = 110
_SETTINGS = ("duration", "ease", "stagger", "at")


class Tween(BaseModel):
    """One animation in GSAP's words."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    target: str = Field(min_length=1, max_length=200)
    """What moves: a variable of the build function (`title`, `title.words`, `scene.camera`) or a node's id;
    several by comma."""
    method: Literal["to", "from_", "from_to", "set"]
    """from_ is GSAP's from."""
    vars: dict[str, JsonValue]
    """Properties and values: {"y": 40, "opacity": 0}; for from_to: {"from": {…}, "to": {…}}."""
    duration: float | None = Field(default=None, ge=0, le=7200)
    """Seconds."""
    ease: str = Field(default="", max_length=60)
    """`power3.out`, `back.out(1.7)`, …"""
    at: str = Field(default="", max_length=80)
    """When: seconds of the scene, `<`, `>`, `+=0.3`, a label; after the tween before unless said."""
    stagger: float | None = Field(default=None, ge=0, le=60)
    """Seconds from one target, word or letter to the next."""

    @field_validator("method", mode="before")
    @classmethod
    def _by_gsap_names(cls, value: object) -> object:
        return _GSAP.get(value, value) if isinstance(value, str) else value

    @field_validator("at", mode="before")
    @classmethod
    def _number_as_text(cls, value: object) -> object:
        return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else value


@dataclass(frozen=True)
class Builder:
    """The function of a component that builds it, as its lines tell."""

    name: str
    lines: tuple[int, int]
    """First line of it and the line after its last, from 0."""
    returns: int | None
    """The line of its last return, from 0."""
    indent: str
    returned: str


def builder_of(code: str, preferred: tuple[str, ...]) -> Builder | None:
    """Find the function that builds a component: by its name, or the last of the file."""
    found = list(_FUNCTION.finditer(code))
    if not found:
        return None
    chosen = next((match for name in preferred for match in found if match[1] == name), found[-1])
    lines = code.split("\n")
    first = code.count("\n", 0, chosen.start())
    end = next(
        (at for at in range(first + 1, len(lines)) if lines[at][:1] not in ("", " ", "\t", ")", "#")),
        len(lines),
    )
    returns = [(at, match) for at in range(first, end) if (match := _RETURN.match(lines[at]))]
    outer = [each for each in returns if len(each[1][1]) == min(len(match[1]) for _, match in returns)]
    at, match = outer[-1] if outer else (None, None)
    return Builder(
        name=chosen[1],
        lines=(first, end),
        returns=at,
        indent=match[1] if match else "    ",
        returned=(match[2] or "") if match else "",
    )


def animated(code: str, tweens: list[Tween], builder: Builder | None, *, is_scene: bool) -> str:
    """Write tweens into a build function, before its return.

    Raises ToolError("invalid", …) when there is no function, no timeline, or a target nobody can name.
    """
    if not tweens:
        return code
    if builder is None:
        raise ToolError(
            "invalid", "gsap_animations need a function that builds the component: `def build(film): …`"
        )
    lines = code.split("\n")
    body = "\n".join(lines[builder.lines[0] : builder.lines[1]])
    scene = _scene(body, builder, is_scene)
    timeline = _timeline(body, scene)
    written = [
        line for number, tween in enumerate(tweens, 1) for line in _call(number, tween, timeline, scene, body)
    ]
    place = builder.returns if builder.returns is not None else _end_of_body(lines, builder)
    fresh = [f"{builder.indent}{line}" for line in written]
    return "\n".join([*lines[:place], *fresh, *lines[place:]])


def _end_of_body(lines: list[str], builder: Builder) -> int:
    end = builder.lines[1]
    while end > builder.lines[0] + 1 and not lines[end - 1].strip():
        end -= 1
    return end


def _scene(body: str, builder: Builder, is_scene: bool) -> str:
    if is_scene and builder.returned:
        return builder.returned
    return "scene" if re.search(r"\bscene\b", body) else ""


def _timeline(body: str, scene: str) -> str:
    for name in ("tl", "timeline"):
        if re.search(rf"(^|[\s(,]){name}\s*(:[^=\n]+)?(=(?!=)|,|\))", body, re.MULTILINE):
            return name
    if scene:
        return f"{scene}.timeline"
    raise ToolError(
        "invalid",
        "gsap_animations need a timeline: return the scene from the build function, or give it a parameter "
        "`scene` or `timeline`",
    )


def _call(number: int, tween: Tween, timeline: str, scene: str, body: str) -> list[str]:
    where = f"gsap_animations.{number - 1}"
    aims = [_aim(where, each.strip(), scene, body) for each in tween.target.strip("[] ").split(",")]
    target = aims[0] if len(aims) == 1 else f"[{', '.join(aims)}]"
    arguments = [target, *_properties(where, tween)]
    settings: dict[str, object] = {
        "duration": tween.duration,
        "ease": tween.ease or None,
        "stagger": tween.stagger,
        "at": _position(tween.at),
    }
    if tween.method == "set":
        settings |= {"duration": None, "ease": None}
    arguments += [f"{name}={_literal(value)}" for name, value in settings.items() if value is not None]
    whole = f"{timeline}.{tween.method}({', '.join(arguments)})"
    if len(whole) <= LONGEST_LINE - 8:
        return [whole]
    return [f"{timeline}.{tween.method}(", *(f"    {argument}," for argument in arguments), ")"]


def _aim(where: str, target: str, scene: str, body: str) -> str:
    named = target.removeprefix("#")
    first = re.split(r"[.\[]", named, maxsplit=1)[0]
    if _TARGET.match(named) and re.search(rf"(?<![\w.\"'#]){re.escape(first)}(?![\w\"'])", body):
        return named
    if scene and _ID.match(named):
        return f"{scene}.find({_literal(named)})"
    raise ToolError(
        "invalid",
        f"{where}.target: {target[:60]!r} is no variable of the build function; name what you assigned there",
    )


def _properties(where: str, tween: Tween) -> list[str]:
    if tween.method == "from_to":
        first, last = tween.vars.get("from"), tween.vars.get("to")
        if not isinstance(first, dict) or not isinstance(last, dict) or len(tween.vars) != 2:
            raise ToolError("invalid", f'{where}.vars: from_to takes {{"from": {{…}}, "to": {{…}}}}')
        return [_literal(first), _literal(last)]
    if not tween.vars:
        raise ToolError("invalid", f'{where}.vars: is empty; name what changes, like {{"opacity": 0}}')
    for name in tween.vars:
        if not name.isidentifier() or keyword.iskeyword(name):
            raise ToolError("invalid", f"{where}.vars: {name[:40]!r} is no property; write it like `opacity`")
        if name in _SETTINGS:
            raise ToolError("invalid", f"{where}.vars: {name!r} stands beside vars, not in it")
    return [f"{name}={_literal(value)}" for name, value in tween.vars.items()]


def _position(at: str) -> object:
    try:
        return float(at) if at else None
    except ValueError:
        return at


def _literal(value: object) -> str:
    """A JSON value as Python writes it, in double quotes where that is plain."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_literal(str(k))}: {_literal(v)}" for k, v in value.items()) + "}"  # pyright: ignore
    if isinstance(value, list):
        return "[" + ", ".join(_literal(each) for each in value) + "]"  # pyright: ignore
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    shown = repr(value)
    return f'"{shown[1:-1]}"' if isinstance(value, str) and shown[0] == "'" and '"' not in shown else shown
