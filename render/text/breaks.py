"""Where a line may end: after spaces and hyphens, between ideographs, never before a closing mark."""

from __future__ import annotations

from functools import lru_cache

from render.text.script import script_of

SOFT_HYPHEN = "\u00ad"
_IDEOGRAPHS = ("Hani", "Hira", "Kana", "Bopo")
_NO_START = frozenset(
    "、。，．・：；？！）」』】〉》〕］｝〗〙…‥ーゝゞ々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ)]}»”’,.:;!?%‰℃°"
)
_NO_END = frozenset("（「『【〈《〔［｛〖〘([{«“‘$£€¥")
_SPACES = frozenset(" \t\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u205f\u3000")
_HYPHENS = frozenset("-‐–—")


def is_space(letter: str) -> bool:
    """Tell whether a letter is a space that a line may end after."""
    return letter in _SPACES


@lru_cache(maxsize=1024)
def opportunities(text: str) -> tuple[bool, ...]:
    """Tell for every place of a text whether a line may begin there."""
    found = [False] * (len(text) + 1)
    for at in range(1, len(text)):
        found[at] = _between(text, at)
    return tuple(found)


@lru_cache(maxsize=1024)
def words(text: str) -> tuple[tuple[int, int], ...]:
    """List the words of a text: what stands between spaces, and each ideograph with its marks."""
    found: list[tuple[int, int]] = []
    start = 0
    for at in range(1, len(text) + 1):
        hyphen = text[at - 1] in _HYPHENS or text[at - 1] in ("/", SOFT_HYPHEN)
        if at == len(text) or text[at - 1] == "\n" or text[at] == "\n" or (_between(text, at) and not hyphen):
            end = at
            while end > start and (is_space(text[end - 1]) or text[end - 1] == "\n"):
                end -= 1
            if end > start:
                found.append((start, end))
            start = at
    return tuple(found)


def _between(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if after in _SPACES or after == "\n":
        return False
    if before in _SPACES or before in ("\u200b", SOFT_HYPHEN):
        return True
    if after in _NO_START or before in _NO_END or "\u2060" in (before, after):
        return False
    if before in _HYPHENS:
        return at > 1 and text[at - 2].isalnum() and after.isalpha()
    if before == "/":
        return at > 1 and text[at - 2].isalpha() and after.isalpha()
    if script_of(before) in _IDEOGRAPHS or script_of(after) in _IDEOGRAPHS:
        return after not in _HYPHENS and "\u00a0" not in (before, after)
    return before in "、。，；：！？" or (before in "」』】）" and after.isalnum())
