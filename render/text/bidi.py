"""The Unicode bidirectional algorithm (UAX 9): an embedding level for every character."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import bidirectional

_DEEPEST = 125
_ISOLATES = ("LRI", "RLI", "FSI")
_REMOVED = ("LRE", "RLE", "LRO", "RLO", "PDF", "BN")
_NEUTRAL = ("B", "S", "WS", "ON", *_ISOLATES, "PDI")
_BRACKETS = {
    "(": ")",
    "[": "]",
    "{": "}",
    "〈": "〉",
    "《": "》",
    "「": "」",
    "『": "』",
    "【": "】",
    "⟨": "⟩",
}
_CLOSING = {close: opening for opening, close in _BRACKETS.items()}


def base_level(text: str, default: int = 0) -> int:
    """Find a paragraph's level by its first strong letter: 1 when it reads from right to left."""
    depth = 0
    for letter in text:
        kind = bidirectional(letter)
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            depth = max(0, depth - 1)
        elif depth == 0 and kind in ("L", "R", "AL"):
            return 0 if kind == "L" else 1
    return default


def levels(text: str, base: int) -> list[int]:
    """Give every character its embedding level; odd levels read from right to left."""
    kinds = [bidirectional(letter) or "L" for letter in text]
    original = list(kinds)
    found = _explicit(text, kinds, base)
    for sequence in _sequences(original, found):
        start, end = _edges(sequence, original, found, base)
        _weak(sequence, kinds, start)
        _brackets(sequence, kinds, text, found[sequence[0]], start)
        _neutral(sequence, kinds, found[sequence[0]], start, end)
        for at in sequence:
            odd = found[at] % 2
            if kinds[at] in ("AN", "EN"):
                found[at] += 1 if odd else 2
            elif (kinds[at] == "L") == bool(odd):
                found[at] += 1
    _trailing(original, found, base)
    return found


def visual(found: Sequence[int]) -> list[int]:
    """Order positions as they are seen from left to right, by their levels."""
    order = list(range(len(found)))
    if not order:
        return order
    for level in range(max(found), 0, -1):
        at = 0
        while at < len(order):
            if found[order[at]] < level:
                at += 1
                continue
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = reversed(order[at:end])
            at = end
    return order


class _Depth:
    """The embeddings and isolates that a character stands in."""

    def __init__(self, base: int) -> None:
        self.stack: list[tuple[int, str, bool]] = [(base, "", False)]
        self.over_isolate = self.over_embed = self.valid = 0

    def enter(self, *, right: bool, override: str, isolate: bool) -> None:
        """Go one level deeper, or remember that it was too deep."""
        level = self.stack[-1][0]
        higher = (level + 1) | 1 if right else (level + 2) & ~1
        if higher <= _DEEPEST and not self.over_isolate and not self.over_embed:
            self.valid += isolate
            self.stack.append((higher, override, isolate))
        elif isolate:
            self.over_isolate += 1
        elif not self.over_isolate:
            self.over_embed += 1

    def leave_isolate(self) -> None:
        """Come back to before the innermost isolate, if there is one."""
        if self.over_isolate:
            self.over_isolate -= 1
        elif self.valid:
            self.over_embed = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.valid -= 1

    def leave_embedding(self) -> None:
        """Come back to before the innermost embedding, unless an isolate began within it."""
        if self.over_isolate:
            return
        if self.over_embed:
            self.over_embed -= 1
        elif len(self.stack) > 1 and not self.stack[-1][2]:
            self.stack.pop()


def _explicit(text: str, kinds: list[str], base: int) -> list[int]:
    """Apply embeddings, overrides and isolates: rules X1 to X8."""
    found: list[int] = []
    depth = _Depth(base)
    for at, kind in enumerate(kinds):
        level, override, _ = depth.stack[-1]
        found.append(level)
        if kind in _ISOLATES:
            kinds[at] = override or kind
            right = kind == "RLI" or (kind == "FSI" and base_level(_isolated(text, kinds, at)) == 1)
            depth.enter(right=right, override="", isolate=True)
        elif kind in ("RLE", "LRE", "RLO", "LRO"):
            depth.enter(right=kind[0] == "R", override=kind[0] if kind[2] == "O" else "", isolate=False)
        elif kind == "PDI":
            depth.leave_isolate()
            found[at], override, _ = depth.stack[-1]
            kinds[at] = override or kind
        elif kind == "PDF":
            depth.leave_embedding()
        elif kind == "B":
            found[at] = base
        elif override and kind != "BN":
            kinds[at] = override
    return found


def _isolated(text: str, kinds: Sequence[str], start: int) -> str:
    depth = 1
    for at in range(start + 1, len(text)):
        if kinds[at] in _ISOLATES:
            depth += 1
        elif kinds[at] == "PDI":
            depth -= 1
            if not depth:
                return text[start + 1 : at]
    return text[start + 1 :]


def _sequences(original: Sequence[str], found: Sequence[int]) -> list[list[int]]:
    """Join level runs over isolates into isolating run sequences: rule X10."""
    sequences: list[list[int]] = []
    waiting: list[list[int]] = []
    current: list[int] | None = None
    for at, kind in enumerate(original):
        if kind in _REMOVED:
            continue
        if kind == "PDI" and waiting and found[waiting[-1][-1]] == found[at]:
            current = waiting.pop()
        elif current is None or found[current[-1]] != found[at] or original[current[-1]] in _ISOLATES:
            current = []
            sequences.append(current)
        current.append(at)
        if kind in _ISOLATES:
            waiting.append(current)
    return sequences


def _edges(
    sequence: Sequence[int], original: Sequence[str], found: Sequence[int], base: int
) -> tuple[str, str]:
    """Find the direction on both sides of a sequence."""

    def beside(at: int, step: int) -> int:
        at += step
        while 0 <= at < len(original) and original[at] in _REMOVED:
            at += step
        return found[at] if 0 <= at < len(original) else base

    level = found[sequence[0]]
    after = base if original[sequence[-1]] in _ISOLATES else beside(sequence[-1], 1)
    return ("LR"[max(level, beside(sequence[0], -1)) % 2], "LR"[max(level, after) % 2])


def _weak(sequence: Sequence[int], kinds: list[str], start: str) -> None:
    """Settle marks and Arabic numbers, then what stands around numbers: rules W1 to W7."""
    before = strong = start
    for at in sequence:
        if kinds[at] == "NSM":
            kinds[at] = "ON" if before in (*_ISOLATES, "PDI") else before
        before = kinds[at]
        if kinds[at] in ("R", "L", "AL"):
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "AL":
            kinds[at] = "AN"
    for at in sequence:
        if kinds[at] == "AL":
            kinds[at] = "R"
    _separators(sequence, kinds)
    _numbers(sequence, kinds, start)


def _separators(sequence: Sequence[int], kinds: list[str]) -> None:
    """Take separators between numbers and signs beside them into the number: rules W4 and W5."""
    for place in range(1, len(sequence) - 1):
        left, at, right = sequence[place - 1 : place + 2]
        if kinds[left] == kinds[right] and (
            (kinds[left] == "EN" and kinds[at] in ("ES", "CS")) or (kinds[left] == "AN" and kinds[at] == "CS")
        ):
            kinds[at] = kinds[left]
    place = 0
    while place < len(sequence):
        end = place
        while end < len(sequence) and kinds[sequence[end]] == "ET":
            end += 1
        beside = (place and kinds[sequence[place - 1]] == "EN") or (
            end < len(sequence) and kinds[sequence[end]] == "EN"
        )
        for at in sequence[place:end]:
            kinds[at] = "EN" if beside else "ON"
        place = max(end, place + 1)


def _numbers(sequence: Sequence[int], kinds: list[str], start: str) -> None:
    """Free what belongs to no number, and let numbers after Latin letters run with them: W6 and W7."""
    strong = start
    for at in sequence:
        if kinds[at] in ("ES", "CS", "ET"):
            kinds[at] = "ON"
        if kinds[at] in ("L", "R"):
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "L":
            kinds[at] = "L"


def _as_strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _brackets(sequence: Sequence[int], kinds: list[str], text: str, level: int, start: str) -> None:
    """Give pairs of brackets the direction of what they hold: rule N0."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for place, at in enumerate(sequence):
        letter = text[at]
        if kinds[at] != "ON":
            continue
        if letter in _BRACKETS:
            stack.append((letter, place))
        elif letter in _CLOSING:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _CLOSING[letter]:
                    pairs.append((stack[depth][1], place))
                    del stack[depth:]
                    break
    embedding = "LR"[level % 2]
    for opening, closing in sorted(pairs):
        inside = {_as_strong(kinds[at]) for at in sequence[opening + 1 : closing]} - {""}
        if not inside:
            continue
        chosen = embedding
        if embedding not in inside:
            before = next((s for at in reversed(sequence[:opening]) if (s := _as_strong(kinds[at]))), start)
            chosen = before if before != embedding else embedding
        kinds[sequence[opening]] = kinds[sequence[closing]] = chosen


def _neutral(sequence: Sequence[int], kinds: list[str], level: int, start: str, end: str) -> None:
    """Give neutrals the direction of their neighbours, or the embedding's: rules N1 and N2."""
    place = 0
    while place < len(sequence):
        if kinds[sequence[place]] not in _NEUTRAL:
            place += 1
            continue
        last = place
        while last < len(sequence) and kinds[sequence[last]] in _NEUTRAL:
            last += 1
        left = _as_strong(kinds[sequence[place - 1]]) if place else start
        right = _as_strong(kinds[sequence[last]]) if last < len(sequence) else end
        for at in sequence[place:last]:
            kinds[at] = left if left == right else "LR"[level % 2]
        place = last


def _trailing(original: Sequence[str], found: list[int], base: int) -> None:
    """Bring spaces at the end of the line back to the base level: rule L1."""
    blank = True
    for at in range(len(found) - 1, -1, -1):
        kind = original[at]
        if kind in ("B", "S"):
            blank = True
            found[at] = base
        elif kind in ("WS", *_ISOLATES, "PDI", *_REMOVED):
            if blank:
                found[at] = base
            elif kind in _REMOVED and at:
                found[at] = found[at - 1]
        else:
            blank = False
