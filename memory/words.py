"""Search by words: BM25 over the entries, in memory, for English and Arabic."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
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
_ARABIC_ENDINGS = ("ها", "ات", "ان", "ون", "ين", "يه", "ه", "ي", "ا")
"""Of Light10 (Larkey, Ballesteros, Connell 2007), after letters that are written in two ways became one."""
_ARABIC_LETTER = re.compile(r"[\u0621-\u064a]")
LEXICON: Final = Path(__file__).parent / "handbook" / "arabic.txt"
OTHER_TONGUE: Final = 0.8
"""What a word counts that was found through its translation."""
_ENDINGS = ("ations", "ation", "ingly", "ings", "edly", "ing", "ies", "ed", "es", "ly", "s", "e")
_EMPTY = frozenset(
    "a an and are as at be by can do does for from get have how i in is it its make me my of on or should so "
    "that the their them then there this to too up want was we what when where which why will with you your "
    "use using need film films movie some each other than says said look looks made see "
    "كيف ما من في على هل أن الى إلى عن هذا هذه مع كم فيلم أفلام فيلمي الفيلم أريد نريد أن يمكن أو لا ليس غير "
    "كل التي الذي هي هو بين عند عندما لدى بعد قبل لماذا أي ماذا".translate(_ARABIC).split()
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
        scores: dict[str, float] = {}
        most = 0.0
        for word in dict.fromkeys(stems(question)):
            found = self._found(word)
            rarity = self._rarity(word)
            for other in translated(word):
                rarity = max(rarity if self._counts.get(word) else 0, OTHER_TONGUE * self._rarity(other))
                for entry_id, score in self._found(other).items():
                    found[entry_id] = max(found.get(entry_id, 0), OTHER_TONGUE * score)
            most += rarity * (K1 + 1)
            for entry_id, score in found.items():
                scores[entry_id] = scores.get(entry_id, 0) + score
        ranked = sorted(scores.items(), key=lambda each: (-each[1], each[0]))
        return {entry_id: round(min(1, score / most), 4) for entry_id, score in ranked}

    def _rarity(self, word: str) -> float:
        holders = len(self._counts.get(word, {}))
        return math.log(1 + (len(self._lengths) - holders + 0.5) / (holders + 0.5))

    def _found(self, word: str) -> dict[str, float]:
        """Score the entries that hold a word, as Okapi BM25 does."""
        found: dict[str, float] = {}
        for entry_id, count in self._counts.get(word, {}).items():
            length = 1 - B + B * self._lengths[entry_id] / self._mean
            found[entry_id] = self._rarity(word) * count * (K1 + 1) / (count + K1 * length)
        return found


def stems(text: str) -> list[str]:
    """Take a text apart into what its words have in common with their other forms."""
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_ARABIC)
    joined = [word.lower() for word in _JOINED.findall(plain)]
    words = [word.lower() for word in _WORD.findall(_HUMP.sub(" ", plain))]
    return [_stem(word) for word in words if word not in _EMPTY] + joined


@cache
def lexicon() -> dict[str, tuple[str, ...]]:
    """What Arabic words of the craft are called in English, by their stems."""
    found: dict[str, tuple[str, ...]] = {}
    for row in LEXICON.read_text("utf-8").splitlines():
        arabic, _, english = row.partition(": ")
        for word in arabic.split(", "):
            for stem in stems(word) if " " not in word else ():
                found[stem] = tuple(dict.fromkeys((*found.get(stem, ()), *english.split())))
    return found


def translated(word: str) -> tuple[str, ...]:
    """Give the English stems of an Arabic one; none for any other word."""
    english = lexicon().get(word, ()) if _ARABIC_LETTER.match(word) else ()
    return tuple(dict.fromkeys(stems(" ".join(english))))


def has_arabic(question: str) -> bool:
    """Tell whether a question holds Arabic letters."""
    return _ARABIC_LETTER.search(question) is not None


def in_english(question: str) -> str:
    """Say an Arabic question in English words too, for a model that reads no Arabic."""
    known = lexicon()
    words = [other for word in dict.fromkeys(stems(question)) for other in known.get(word, ())]
    return f"{question} {' '.join(dict.fromkeys(words))}".strip()


def _stem(word: str) -> str:
    if _ARABIC_LETTER.match(word):
        return _arabic_stem(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3 and word.isascii():
            rest = word.removesuffix(ending)
            return rest[:-1] if rest[-1] == rest[-2] and rest[-1] not in "lsz" else rest.removesuffix("y")
    return word.removesuffix("y") if len(word) > 3 else word


def _arabic_stem(word: str) -> str:
    if word.startswith("و") and len(word) >= 5:
        word = word.removeprefix("و")
    for article in _ARTICLES:
        if word.startswith(article) and len(word) >= len(article) + 2:
            word = word.removeprefix(article)
            break
    for ending in _ARABIC_ENDINGS:
        if word.endswith(ending) and len(word) >= len(ending) + 3:
            return word.removesuffix(ending)
    return word


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
