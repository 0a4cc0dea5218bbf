"""The one gate into memory: no secrets, nothing about persons, no orders to a model, nothing unseen."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from typing import Final

_SECRETS: Final = (
    (
        "an API key",
        r"AIza[\w-]{30,}|\bsk-[\w-]{16,}|\bdk_[\w-]{16,}|\bgh[pousr]_\w{20,}|\bgithub_pat_\w{20,}",
    ),
    (
        "an API key",
        r"\bxox[abprs]-[\w-]{10,}|\bAKIA[0-9A-Z]{16}\b|\br8_\w{20,}|\bhf_\w{20,}|\bglpat-[\w-]{16,}",
    ),
    ("a token", r"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*|\bbearer\s+[\w.~+/-]{12,}"),
    ("a private key", r"-----BEGIN [A-Z ]*(?:PRIVATE KEY|CERTIFICATE)"),
    ("a password", r"\b(?:pass(?:word|wd|phrase)?|pwd|secret|api[_ -]?key|token)\b\s*(?:is\b|[:=])\s*\S{4,}"),
    ("a password", r"(?:كلمة\s+(?:المرور|السر)|الرقم\s+السري)\s*(?:هي|هو|[:=])?\s*\S{3,}"),
    ("an address with a login", r"\b[a-z][a-z0-9+.-]*://[^\s/@]+:[^\s/@]+@"),
    ("an address with a key", r"https?://\S*[?&](?:key|token|sig|signature|access_token|x-amz-[\w-]+)=\S+"),
)
_PERSONAL: Final = (
    ("an e-mail address", r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+"),
    ("a telephone number", r"(?<![\w.#×x/-])(?:\+|00)\d[\d\s().-]{7,16}\d(?![\w.])"),
    (
        "a telephone number",
        r"\b(?:tel|phone|mobile|call|whatsapp|هاتف|جوال|واتساب)\b\D{0,12}\d[\d\s().-]{6,16}\d",
    ),
    ("an identity number", r"\b\d{3}-\d{2}-\d{4}\b"),
    ("a place on the map", r"-?\d{1,3}\.\d{4,}\s*[,;]\s*-?\d{1,3}\.\d{4,}"),
    ("an address in a network", r"\b(?:\d{1,3}\.){3}\d{1,3}\b"),
)
_ORDERS: Final = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}"
    r"\b(?:instruction|prompt|rule|above|previous|earlier|system)",
    r"\b(?:system|developer)\s+(?:prompt|message|instruction)",
    r"\byou\s+are\s+(?:now|no longer)\b|\bnew\s+instructions?\s*:",
    r"\bact\s+as\b.{0,30}\b(?:admin|root|system|developer)",
    r"</?(?:system|assistant|user|tool|instructions?)\b[^>]*>|<\|[\w ]+\|>|\[/?INST\]",
    r"\b(?:call|run|invoke|execute)\s+(?:the\s+)?(?:tool\s+)?`?[a-z]+_[a-z_]+`?|\buse\s+(?:the\s+)?tool\b",
    r"\b(?:send|post|upload|fetch|open|visit|download|curl|wget)\b.{0,60}https?://",
    r"!\[[^\]]*\]\([^)]*\)|<script\b|javascript:|\bdata:[\w/+-]+;base64",
    r"\b(?:reveal|print|show|leak|exfiltrate)\b.{0,40}"
    r"\b(?:(?:api|access|private) keys?|passwords?|credentials|environ)",
    r"\bdelete\b.{0,30}\b(?:all|every|project|assets?|files?|revisions?)\b",
    r"(?:تجاهل|انس|تخط)\S*\s.{0,40}(?:التعليمات|الأوامر|القواعد|السابق)",
)
_KEY: Final = "what looks like a key"
_CARD_NAME: Final = "a card number"
_IBAN_NAME: Final = "a bank account"
_FLAGS: Final = re.IGNORECASE | re.DOTALL
_WORD: Final = re.compile(r"[\w+/=-]{24,}")
_CARD: Final = re.compile(r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)")
_IBAN: Final = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
RANDOM: Final = 3.6
"""Bits of a letter above which a long mixed word is a key: words stay below 3.3, base64 is near 5."""


def refusal(*texts: str) -> str:
    """Say why texts may not be remembered, with the way out; empty when they may."""
    for text in texts:
        plain = readable(text)
        if found := _secret(plain):
            return f"{found} is never remembered; write the note without it"
        if found := _personal(plain):
            return f"{found} is never remembered; a text of the film may show it, memory keeps it not"
        if any(re.search(order, plain, _FLAGS) for order in _ORDERS):
            return "an order to a model is never remembered; state a lasting fact or wish about the film"
    return ""


def unsayable(text: str) -> str:
    """Name the secret or the personal datum in a text; empty when there is none."""
    plain = readable(text)
    return _secret(plain) or _personal(plain)


def veil(name: str) -> str:
    """What stands in the place of a text that held a secret; the gate knows it again by it."""
    return f"[{name} was left out]"


def readable(text: str) -> str:
    """Bring a text into the form that the patterns know: one script's digits, nothing unseen, one line."""
    folded = unicodedata.normalize("NFKC", text)
    seen = "".join(" " if letter.isspace() else letter for letter in folded if _visible(letter))
    return "".join(str(unicodedata.digit(letter, letter)) for letter in seen)


def binary(text: str) -> bool:
    """Tell whether a text is no text: control characters, halves of pairs, or signs that mean nothing."""
    strange = sum(
        1
        for letter in text
        if letter == "\ufffd"
        or (unicodedata.category(letter) in ("Cc", "Cs", "Cn", "Co") and letter not in "\t\n\r")
    )
    return (strange > 0 and strange / len(text) > 0.02) or "\0" in text


def _visible(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter)[0] != "C"


def _secret(text: str) -> str:
    for name, pattern in _SECRETS:
        if veil(name) in text or re.search(pattern, text, _FLAGS):
            return name
    return _KEY if veil(_KEY) in text or any(_random(word) for word in _WORD.findall(text)) else ""


def _personal(text: str) -> str:
    for name, pattern in _PERSONAL:
        if veil(name) in text or re.search(pattern, text, _FLAGS):
            return name
    if veil(_CARD_NAME) in text or any(_luhn(re.sub(r"\D", "", found)) for found in _CARD.findall(text)):
        return _CARD_NAME
    if veil(_IBAN_NAME) in text or any(_iban(found.replace(" ", "")) for found in _IBAN.findall(text)):
        return _IBAN_NAME
    return ""


def _random(word: str) -> bool:
    """Tell a key from a long word by its letters: digits and both cases mixed, evenly spread."""
    kinds = (str.isdigit, str.islower, str.isupper)
    if sum(any(kind(letter) for letter in word) for kind in kinds) < 2 or not word.isascii():
        return False
    if "-" in word and all(part.isalpha() for part in word.split("-")):
        return False
    spread = Counter(word)
    bits = -sum(count / len(word) * math.log2(count / len(word)) for count in spread.values())
    return bits > RANDOM


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812-1, annex B."""
    doubled = [int(each) * (2 if place % 2 else 1) for place, each in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def _iban(text: str) -> bool:
    """ISO 13616: the number with its head moved to the end leaves 1 when divided by 97."""
    turned = text[4:] + text[:4]
    return 15 <= len(text) <= 34 and int("".join(str(int(each, 36)) for each in turned)) % 97 == 1
