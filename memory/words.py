"""Search by words: BM25 over the entries, in memory, for English and Arabic."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from domain.knowledge import Entry, Found, Hit, Stock

LONGEST_QUESTION: Final = 1_000
"""Characters of a question that are read."""
MOST_HITS: Final = 20
TITLE, TAGS, TEXT = 3.0, 2.5, 1.0
"""How much a word counts by where it stands."""
K1, B = 1.2, 0.5
_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"[^\W\d]\w*_\w+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARKS = re.compile(r"[\u064b-\u065f\u0670\u0640]")
_ARABIC = str.maketrans("أإآىةؤئ", "ااايهوي")
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ENDINGS = ("ations", "ation", "ingly", "ings", "edly", "ing", "ies", "ed", "es", "ly", "s", "e")
_EMPTY = frozenset(
    "a an and are as at be by can do does for from get have how i in is it its make me my of on or should so "
    "that the their them then there this to too up want was we what when where which why will with you your "
    "use using need كيف ما من في على هل أن الى إلى عن هذا هذه مع".split()
)


class WordIndex:
    """The entries by their words."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._counts: dict[str, dict[str, float]] = {}
        """How often an entry says a word, weighted; by word and id."""
        self._lengths: dict[str, float] = {}
        for entry in entries:
            said: Counter[str] = Counter()
            name = entry.entry_id.partition("/")[2]
            parts = ((f"{name} {entry.title}", TITLE), (" , ".join(entry.tags), TAGS), (entry.text, TEXT))
            for text, weight in parts:
                for word in stems(text):
                    said[word] += weight  # type: ignore[assignment]
            self._lengths[entry.entry_id] = sum(said.values())
            for word, count in said.items():
                self._counts.setdefault(word, {})[entry.entry_id] = count
        self._mean = sum(self._lengths.values()) / max(1, len(self._lengths))

    def rank(self, question: str) -> dict[str, float]:
        """Score the entries that share words with a question, the best first, by id; 1 is a whole answer."""
        words = dict.fromkeys(stems(question))
        scores: dict[str, float] = {}
        most = 0.0
        for word in words:
            holders = self._counts.get(word, {})
            rarity = math.log(1 + (len(self._lengths) - len(holders) + 0.5) / (len(holders) + 0.5))
            most += rarity * (K1 + 1)
            for entry_id, count in holders.items():
                length = 1 - B + B * self._lengths[entry_id] / self._mean
                scores[entry_id] = scores.get(entry_id, 0) + rarity * count * (K1 + 1) / (count + K1 * length)
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
        return {entry_id: round(score / most, 4) for entry_id, score in ranked}


def stems(text: str) -> list[str]:
    """Take a text apart into what its words have in common with their other forms."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_ARABIC)
    joined = [word.lower() for word in _JOINED.findall(plain)]
    words = [word.lower() for word in _WORD.findall(_HUMP.sub(" ", plain))]
    return [_stem(word) for word in words if word not in _EMPTY] + joined


def _stem(word: str) -> str:
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            return word.removeprefix(article)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and word.isascii():
            rest = word.removesuffix(ending)
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest.removesuffix("y")
    return word.removesuffix("y") if len(word) > 3 else word


def readable(question: str) -> str:
    """Bring a question into a form that every searcher takes: no control characters, no halves, not long."""
    whole = question[:LONGEST_QUESTION].encode("utf-8", "ignore").decode()
    printed = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in whole)
    return " ".join(printed.split())


class KeywordKnowledge:
    """The entries with nothing but their words: what is left when vectors are away."""

    def __init__(self, entries: Sequence[Entry], *, notice: str = "") -> None:
        self._entries = {entry.entry_id: entry for entry in entries}
        self._words = WordIndex(entries)
        self._notice = notice

    async def search(self, query: str, k: int = 5) -> Found:
        ranked = self._words.rank(readable(query))
        best = list(ranked.items())[: bounded(k)]
        hits = tuple(Hit(entry=self._entries[entry_id], score=score) for entry_id, score in best)
        return Found(hits=hits, notice=self._notice)

    async def rebuild(self) -> Stock:
        self._words = WordIndex(self._entries.values())
        return Stock(entries=len(self._entries), embedded=0, removed=0)

    async def check(self) -> str:
        return f"{len(self._entries)} entries, by words only"

    async def close(self) -> None:
        """Nothing is open."""


def bounded(k: int) -> int:
    """Bring a wished number of hits into its range."""
    return max(1, min(k, MOST_HITS))
