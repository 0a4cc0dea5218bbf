"""The way people talk around a wish: polite questions, where it will be shown, what it is called."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.lists import capital
from providers.offline.numerals import NUMBER
from providers.offline.quotes import HIDDEN
from providers.offline.subject import GONE

_ASKED: Final = re.compile(
    r"^\W*(?:(?:hey|hi|hello|hallo|مرحبا)\W+)?(?:please\W+|bitte\W+)?"
    r"(?:(?:can|could|would|will) (?:you|we)|(?:kannst|könntest|würdest) du|(?:können|könnten|würden) sie|"
    r"هل (?:يمكنك|تستطيع|يمكن))\s+(?:please\s+|bitte\s+)?(?:mir\s+|uns\s+)?(?:do\s+|أن\s+)?",
    re.I,
)
_PLATFORM: Final = re.compile(
    r"(?<!\w)(?:(?:for|on|für|auf|على|لـ?)\s*(?:the |our |my |unsere?[nm]? |die |den )?)"
    r"(?:instagram|insta|tik ?tok|youtube|linkedin|facebook|whatsapp|snapchat|twitter|pinterest|"
    r"social media|socials|(?:ال)?انستغرام|(?:ال)?إنستغرام|(?:ال)?انستجرام|(?:ال)?تيك توك|(?:ال)?يوتيوب|"
    r"(?:ال)?فيسبوك|(?:ال)?واتساب)(?!\w)",
    re.I,
)
_TELLS: Final = re.compile(
    r"(?<!\w)(?:(?:it|the (?:film|video|clip|ad|spot)|this|we|es|das video|der film|der clip|er)\s+"
    r"(?:should|must|has to|needs to|soll\w*|muss)\s+(?:also |auch )?"
    r"(?:(?:mention|show|cover|include|list|name|tell)(?: that| about)?|"
    r"(?=[^.:\n]{0,200}\b(?:zeigen|nennen|erwähnen|enthalten|sagen)\s*:)[^.:\n]{0,200}?"
    r"(?:zeigen|nennen|erwähnen|enthalten|sagen)(?=\s*:))|"
    r"(?:يجب أن |ينبغي أن |على أن )?(?:يذكر|يتضمن|يشمل|يحتوي على)(?: أن)?)"
    rf"\s*:?\s+(?!{HIDDEN})",
    re.I,
)
_CALLED: Final = re.compile(
    r"(?:(?<=[.!?؟\n,])|^)\s*(?:our|the|my|unsere?|meine?|der|die|das)\s+(?:\w+\s+){1,3}"
    r"(?:is (?:called|named)|are called|goes by|heißt|nennt sich)\s+([^.,;:!?\n]{2,40})(?=[.,;:!?\n]|$)",
    re.I,
)


_NAMED: Final = re.compile(
    r"(?<!\w)(?:[Hh]er|[Hh]is|[Ii]ts|[Tt]heir) name is\s+([A-ZÄÖÜ][\w’'-]+)(?:\s+and(?=\s))?"
)
_CALLED_SO: Final = re.compile(
    r",\s+(?:called|named|namens)\s+([A-ZÄÖÜ][\w’'&-]*(?:\s+(?:[A-ZÄÖÜ][\w’'&-]*|\d+))*)(?=[.,;:!?\n]|\s*$)"
)
_WE_ARE: Final = re.compile(
    r"^\W*(?:[Ww]e are|[Ww]e're|I am|I'm|[Ww]ir sind|[Ii]ch bin)\s+(?"
    r"P<name>[A-ZÄÖÜ][\w’'&-]*(?:\s+(?:&\s+)?[A-ZÄÖÜ][\w’'&-]*)*)"
    r"(?:,\s*(?P<what>[^.;:!?\n]{3,80}))?[.!]\s+(?=\S)",
)
_SAVE_THE_DATE: Final = re.compile(r"^\W*(save the date|zum vormerken)\s*[:–—-]\s*", re.I)
_REASONS: Final = re.compile(
    rf"((?<!\w)(?:{NUMBER})\s+(?:reasons?|tips?|steps?|things|facts|ways|ideas|gründe|tipps|"
    rf"schritte)\s[^.:;\n–—]{{3,60}}?)"
    r"\s[–—-]\s",
    re.I,
)
_SHOWN_ON: Final = re.compile(
    r"(?<!\w)(?:instagram|insta|tik ?tok|youtube|linkedin|facebook|whatsapp|snapchat)\s+"
    rf"(?=(?:{GONE}|reels?|stor(?:y|ies)|shorts?|posts?|videos?|clips?|ads?|status)(?!\w))",
    re.I,
)
_ASKED_LATER: Final = re.compile(
    r"(?<=[.!?])\s+(?:can|could|would|will) you\s+(?:please\s+)?(?:make|create|do|produce|"
    r"design)\s+(?:me\s+|us\s+)?"
    r"(?:an?|the|some)\s+(?P<what>[^.?!\n]{0,60}?)\s*(?:videos?|films?|promos?|clips?|ads?|"
    r"teasers?|spots?|animations?)"
    r"\s*[?.!]",
    re.I,
)
_THANK: Final = re.compile(
    r"^\W*thank\s+(?P<whom>(?:our|my|all|the|every)\s+\w+(?:\s\w+){0,3}?)\s+for\s+(?P<what>[^.;\n]{3,80})",
    re.I,
)
_AT: Final = re.compile(r"\s@\s*([A-ZÄÖÜ][\w’'&-]*(?:\s+[A-ZÄÖÜ&][\w’'&-]*)*)(?=\s+[a-z]|[.,;:!?\n]|\s*$)")


def plainly(text: str) -> str:
    """Say in labels and plain commands what a prompt says in talk."""
    if asked := _ASKED.match(text):
        question = re.search(r"\?(?=\s|$)", text)
        if question:
            text = f"{text[: question.start()]}.{text[question.end() :]}"
        text = text[asked.end() :]
    text = _SHOWN_ON.sub("", _PLATFORM.sub(" ", text))
    text = _REASONS.sub(r"\1: ", _SAVE_THE_DATE.sub(r"Kicker: \1\n", text))
    text = _ASKED_LATER.sub(
        lambda asked: f" Kicker: {capital(asked['what'])}\n" if asked["what"] else " . ", text
    )
    text = _THANK.sub(r"Title: Thank you for \g<what>\nTagline: To \g<whom>\n", text)
    if we := _WE_ARE.match(text):
        what = f" Tagline: {capital(we['what'])}\n" if we["what"] else ""
        text = f"{text[we.end() :]}\nBrand: {we['name']}\n{what}"
    text = _CALLED.sub(r" Brand: \1", text)
    text = _NAMED.sub(r" . Title: \1\n", _CALLED_SO.sub(r" . Title: \1\n", text))
    text = _AT.sub(r" . Brand: \1\n", text)
    return _TELLS.sub(" Points: ", text)
