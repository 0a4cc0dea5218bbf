"""Every text that was read gets its place in the film."""

from __future__ import annotations

import re
from typing import Any, Final

from providers.offline.found import Found, tidy
from providers.offline.glossary import second_title
from providers.offline.lists import capital, point
from providers.offline.subject import name_in, named_there, split_subject
from providers.offline.tones import KICKERS, find_occasion
from providers.offline.tongues import named, tongue_of
from providers.offline.wish import Intent

MOST_POINTS: Final = 12
_EXPLAINS: Final = (
    r"explain\w*|how (?:to|do|does|is|are|it|the|a|we|you)\b|how \w+ \w+s\b|steps?|step "
    r"\w+:|tutorial|guide|onboarding (?:video|film|clip|tour|guide|animation)|erklär\w*|wie \w+|"
    r"schritte?n?|anleitung|اشرح|يشرح|شرح|كيف|خطوات|"
    r"الخطوات|توضيحي"
)
_SELLS: Final = (
    r"products?|app|device|gadget|features?|benefits?|showcase|ad|advert\w*|commercial|"
    r"promo\w*|brand film|shop|produkt\w*|gerät|vorteile?n?|merkmale?n?|werbe\w*|werbung|منتج|المنتج|تطبيق|"
    r"مزايا|ميزات|المزايا|مميزات|إعلان"
)
_OUT: Final = re.compile(
    r"(?<!\w)(?:out now|now out|available now|now available|now open|jetzt erhältlich|ab sofort|"
    r"متوفر الآن)(?!\w)",
    re.I,
)
_NOUN_BEFORE: Final = re.compile(
    r"(?<!\w)(?:unser|mein|ein|dies)e?[nmrs]?\s+(?:[a-zäöüß]+e[nmrs]?\s+)?$", re.I
)
"""What stands before a common noun and before no name."""


def settle(found: Found, prompt: str) -> dict[str, Any]:
    """Give every text its place, and say what no place was found for."""
    texts = found.texts
    intent = _intent(prompt)
    named_here = _titles(found, intent, prompt)
    title, subtitle, brand = named_here
    language, second = _languages(found, title, prompt)
    second_text = _second(found, title, language, second)
    occasion = find_occasion(prompt)
    occasion = "" if occasion == "launch" and _OUT.search(prompt) else occasion
    shape = KICKERS.get(occasion) or (KICKERS["explain"] if intent == "explain" else {})
    if intent == "explain" and not found.points and not subtitle and not texts.get("second_title"):
        found.asides.append("I know nothing of it but your words: name its steps, and each gets a scene.")
    if len(found.points) > MOST_POINTS:
        found.asides.append(f"Only the first {MOST_POINTS} of {len(found.points)} points are shown.")
    return {
        "language": language,
        "second_language": second if second_text else "",
        "intent": intent,
        "occasion": occasion,
        "title": title,
        "second_title": second_text,
        "subtitle": subtitle,
        "brand": brand,
        "kicker": texts.get("kicker") or texts.get("heading") or shape.get(language, ""),
        "call": texts.get("call", ""),
        "link": texts.get("link", ""),
        "points": tuple(found.points[:MOST_POINTS]),
        "asides": tuple(found.asides),
    }


def _name(subject: str, prompt: str, tongue: str, intent: Intent) -> str:
    """Find the brand in a subject; a question names none, and the first word of a sentence proves nothing."""
    if intent == "explain" and (tongue != "en" or re.match(r"(?:how|why|what)\b", subject, re.I)):
        return ""
    opens = prompt.lstrip().startswith(subject[:12]) and len(subject.split()) > 1
    plain = sum(word.islower() for word in subject.split()) > 1
    if opens or (plain and re.search(rf"[.:!?\n]\s*{re.escape(subject[:12])}", prompt)):
        subject = subject[:1].lower() + subject[1:]
    if tongue != "en" and _NOUN_BEFORE.search(prompt[: max(prompt.find(subject), 0)]) and " " not in subject:
        return ""
    return name_in(subject, tongue)


def _titles(found: Found, intent: Intent, prompt: str) -> tuple[str, str, str]:
    """Title, subtitle and brand: as given, else from the subject, else from the first words there are."""
    texts = found.texts
    subject = texts.pop("subject", "")
    subject, what = named_there(subject)
    if what:
        texts.setdefault("subtitle", capital(what))
    brand = texts.get("brand") or (_name(subject, prompt, found.tongue, intent))
    first, second = split_subject(subject)
    if not subject and not texts.get("title"):
        texts["title"] = texts.pop("heading", "")
    title, subtitle = texts.get("title", ""), texts.get("subtitle", "")
    if not title and subject:
        title = brand if brand and len(first.split()) > 6 else capital(first)
        left = second if title == capital(first) else subject
        subtitle = subtitle or (capital(left) if left else "")
    elif subject and brand.lower() != subject.lower():
        if not subtitle:
            subtitle = capital(subject)
        elif subject.lower() not in subtitle.lower():
            found.points.insert(0, point(subject))
    title = title or texts.get("brand", "")
    if not title and found.points:
        lead = found.points.pop(0)
        title, subtitle = lead.title, subtitle or lead.text
    if not title:
        title = brand or tidy(prompt)[:60].strip() or "…"
        if not brand:
            found.asides.append("The prompt names nothing to show, so the film shows its words.")
    loose = len(found.points) == 1 and not found.listed and not subtitle and not found.points[0].text
    if loose and found.points[0].title:
        subtitle = found.points.pop().title
    return title, "" if subtitle.lower() == title.lower() else subtitle, brand


def _intent(prompt: str) -> Intent:
    explains = len(re.findall(rf"(?<!\w)(?:{_EXPLAINS})(?!\w)", prompt, re.I))
    sells = len(re.findall(rf"(?<!\w)(?:{_SELLS})(?!\w)", prompt, re.I))
    if explains and explains >= sells:
        return "explain"
    return "product" if sells else "title"


def _languages(found: Found, title: str, prompt: str) -> tuple[str, str]:
    """The film's language and its second one; what the texts are written in counts most."""
    wanted = named(prompt)
    said = " ".join((found.texts.get("call", ""), found.texts.get("subtitle", "")))
    written = [title, *(each.title for each in found.points), found.texts.get("subtitle", "")]
    text = " ".join(written)
    language = tongue_of(
        text, wanted[0] if wanted and wanted[0] != "ar" else found.tongue if found.tongue != "ar" else "en"
    )
    wanted = [
        code for code in wanted if code != "ar" or language == "ar" or not re.search(r"[\u0600-\u06ff]", said)
    ]
    second = next((code for code in wanted if code != language), "") if len(wanted) > 1 else ""
    other = found.texts.get("second_title", "")
    if other:
        second = second or tongue_of(other)
    elif wanted and language not in wanted and not second and (len(wanted) == 1):
        second = wanted[0]
    return language, second


def _second(found: Found, title: str, language: str, second: str) -> str:
    given = found.texts.get("second_title", "")
    if given or not second:
        return given
    written, aside = second_title(title, language, second)
    if aside:
        found.asides.append(aside)
    return written
