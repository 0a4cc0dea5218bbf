"""Findings become edits: what a check complains about is mended in the source by simple rules."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from providers.offline.source import Edit, assigned, changes, edit

_FINDING: Final = re.compile(
    r"^(?:(?P<severity>warning|advice|error): )?(?:(?P<file>[\w./-]+\.py):(?P<line>\d+): )?"
    r"(?:scene (?P<scene>[^:,]+)(?:, (?P<node>[^:]+))?: )?(?P<message>.*)$",
    re.DOTALL,
)
_MEANT: Final = re.compile(r"'?([^'\s]+)'?[^']*\(?did you mean '([^']+)'")
_FITS: Final = re.compile(r"does not fit its box|stands [\d.]+ px outside|lies on ")
_SMALL: Final = re.compile(r"is [\d.]+ px high; give it (\d+) or more")
_FAINT: Final = re.compile(r"cannot be seen|is hard to see")
_ABOUT_TEXT: Final = re.compile(
    r"does not fit its box|stands [\d.]+ px outside|lies on |px high; give it|cannot be seen|is hard to see"
)
_SAID: Final = re.compile(r"^\S+ (?:'([^']+)'|\"([^\"]+)\"|(.+?…))(?= )")
CONTENT: Final = "content.py"
LEAST_SCALE: Final = 0.55


@dataclass
class Mends:
    """Edits by file, and the sentence that tells of them."""

    edits: dict[str, list[Edit]] = field(default_factory=dict[str, list[Edit]])
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.edits)


@dataclass(frozen=True)
class Fault:
    """A finding's line, taken apart."""

    severity: str
    file: str
    line: int
    message: str


def fault(line: str) -> Fault:
    """Read a finding as tools print it."""
    match = _FINDING.match(line)
    assert match is not None, "every line is at least a message"
    return Fault(match["severity"] or "error", match["file"] or "", int(match["line"] or 0), match["message"])


def worth(findings: Sequence[str]) -> bool:
    """Tell whether warnings among findings are worth a round of mending."""
    return any(_FITS.search(line) or _FAINT.search(line) for line in findings if line.startswith("warning: "))


def files(findings: Sequence[str], scenes: Sequence[str]) -> list[str]:
    """The files to read before these findings can be mended; a shared helper points at whoever uses it."""
    named = [fault(line).file for line in findings if not line.startswith("advice: ")][:12]
    shared = any(name.startswith("components/") for name in named)
    return list(dict.fromkeys([*(name for name in named if name), *(scenes if shared else ()), CONTENT]))


def mends(findings: Sequence[str], texts: Mapping[str, str], rounds: int) -> Mends:
    """Find an edit for every finding that a rule knows; one change a statement."""
    found = Mends()
    touched: dict[str, set[int]] = {}
    constants: dict[str, object] = {}
    told: list[str] = []
    for each in (fault(line) for line in findings if not line.startswith("advice: ")):
        each = _used(each, texts)
        text = texts.get(each.file, "")
        if each.file and any(abs(each.line - other) < 1 for other in touched.get(each.file, ())):
            continue
        change = _mend(each, text, rounds) if text else None
        if change is not None:
            begin, end = int(str(change["start_line"])), int(str(change["end_line"]))
            if not touched.get(each.file, set()) & set(range(begin, end + 1)):
                touched.setdefault(each.file, set()).update(range(begin, max(end, begin) + 1))
                found.edits.setdefault(each.file, []).append(change)
                told.append(f"{each.file}:{each.line}")
            continue
        if CONTENT in texts:
            constants |= _by_constants(each, texts[CONTENT])
    if constants and CONTENT not in found.edits:
        edits = changes(texts[CONTENT], constants)
        if edits:
            found.edits[CONTENT] = edits
            told.append(", ".join(name.lower().replace("_", " ") for name in constants))
    found.text = f"I mend {', '.join(told)}." if told else ""
    return found


def _used(each: Fault, texts: Mapping[str, str]) -> Fault:
    """Follow a fault from the helper that sets every text to the line that gave this one its words."""
    said = _SAID.search(each.message)
    if not each.file.startswith("components/") or not _ABOUT_TEXT.search(each.message) or said is None:
        return each
    words = said[1] or said[2] or said[3].removesuffix("…")
    for path, text in texts.items():
        if path.startswith("scenes/"):
            place = text.find(words)
            if place >= 0:
                return Fault(each.severity, path, text[:place].count("\n") + 1, each.message)
    return Fault(each.severity, "", 0, each.message)


def _mend(each: Fault, text: str, rounds: int) -> Edit | None:
    lines = text.split("\n")
    if not 1 <= each.line <= len(lines):
        return None
    if not _parses(text):
        return _repair(lines, each.line)
    meant = re.findall(r"'([^']+)'", each.message)
    guess = re.search(r"did you mean '([^']+)'", each.message)
    if guess:
        for number in range(each.line, min(each.line + 8, len(lines)) + 1):
            for wrong in (name for name in meant if name != guess[1]):
                fixed = re.sub(rf"(?<![\w]){re.escape(wrong)}(?!\w)", guess[1], lines[number - 1])
                if fixed != lines[number - 1]:
                    return edit(number, number, fixed)
    if _FITS.search(each.message) or _SMALL.search(each.message) or _FAINT.search(each.message):
        return _restyle(each, text, lines)
    if each.severity == "error" and not guess:
        return _drop(lines, each.line) if rounds >= 1 else None
    return None


def _restyle(each: Fault, text: str, lines: list[str]) -> Edit | None:
    """Change a size or a color where the text itself is written."""
    call = _call_at(text, each.line)
    if call is None:
        return None
    begin, end = call.lineno, call.end_lineno or call.lineno
    whole = "\n".join(lines[begin - 1 : end])
    if _FAINT.search(each.message):
        fixed = re.sub(r"color=(?:\"[^\"]*\"|'[^']*')", 'color="ink"', whole, count=1)
    elif small := _SMALL.search(each.message):
        fixed = re.sub(
            r"(?<!_)size=\d+(?:\.\d+)?(?: \* (?:film\.unit|u))?", f"size={small[1]}", whole, count=1
        )
    else:
        fixed = re.sub(
            r"(?<!_)size=(\d+(?:\.\d+)?)",
            lambda match: f"size={max(round(float(match[1]) * 0.7), 24)}",
            whole,
            count=1,
        )
        fixed = re.sub(r"\b(x|y)=-?\d{3,}(?:\.\d+)?", r"\1=0", fixed) if "outside" in each.message else fixed
    return edit(begin, end, fixed) if fixed != whole else None


def _by_constants(each: Fault, text: str) -> dict[str, object]:
    """Change what the whole film shares: the scale of its type."""
    if not _FITS.search(each.message):
        return {}
    known = assigned(text).get("TYPE_SCALE")
    scale = known.value if known and isinstance(known.value, int | float) else 1.0
    return {"TYPE_SCALE": round(max(scale * 0.88, LEAST_SCALE), 3)} if scale > LEAST_SCALE else {}


def _repair(lines: list[str], line: int) -> Edit | None:
    """Mend a line that does not parse: close what is open, or take the line out."""
    for number in (line, line - 1, line + 1):
        if not 1 <= number <= len(lines):
            continue
        old = lines[number - 1]
        indent = old[: len(old) - len(old.lstrip())]
        tries = [f"{old}{end}" for end in (")", "]", "}", '"', "'", '")', "')", ":", "))", '"))')]
        tries += [
            old[:-1],
            old.replace("((", "(", 1),
            re.sub(r"\)\)$", ")", old),
            f"{indent}{old.strip().split(' ', 1)[-1]}",
        ]
        for attempt in tries:
            if _parses("\n".join([*lines[: number - 1], attempt, *lines[number:]])):
                return edit(number, number, attempt)
    for number in (line, line - 1, line + 1):
        if 1 <= number <= len(lines) and (change := _drop(lines, number)):
            return change
    return None


def _drop(lines: list[str], line: int) -> Edit | None:
    """Take a statement out, if the rest still parses."""
    old = lines[line - 1]
    indent = old[: len(old) - len(old.lstrip())]
    begin, end = line, line
    text = "\n".join(lines)
    if _parses(text):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.stmt) and not isinstance(
                node, ast.FunctionDef | ast.ClassDef | ast.Return
            ):
                last = node.end_lineno or node.lineno
                if node.lineno <= line <= last and last - node.lineno < 12:
                    begin, end = node.lineno, last
    for put in ("", f"{indent}pass"):
        rest = [*lines[: begin - 1], *([put] if put else []), *lines[end:]]
        if _parses("\n".join(rest)):
            return edit(begin, end, put)
    return None


def _call_at(text: str, line: int) -> ast.Call | None:
    """The call that stands on a line and has a size or a color of its own, the smallest of several."""
    found = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
        and any(word.arg in ("size", "color", "x", "y") for word in node.keywords)
    ]
    return min(found, key=lambda node: (node.end_lineno or node.lineno) - node.lineno, default=None)


def _parses(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
