"""Parts of a prompt that say what they are: `Title: …`, `Punkte: …`, `النقاط: …`, `with the tagline “…”`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from providers.offline.numerals import NUMBER, plain, value
from providers.offline.quotes import HIDDEN

_NAMES: Final = {
    "subtitle": r"sub-?title|sub-?headline|sub-?line|tag-?line|slogan|motto|claim|strap-?line|untertitel|"
    r"unterzeile|leitspruch|"
    r"(?:ال)?عنوان(?:ه|ها)? (?:ال)?فرعي|(?:ال)?شعار(?:ها|ه|نا)?|سطر فرعي",
    "second": r"(?:second|arabic|english|german|zweiter|arabischer|englischer|deutscher)[ -](?:title|titel)|"
    r"(?:ال)?عنوان(?:ه|ها)? (?:ال)?(?:ثاني|إنجليزي|انجليزي|عربي|ألماني)",
    "kicker": r"kicker|eyebrow|overline|dachzeile|oberzeile",
    "title": r"(?:main |big )?title|head-?line|heading|(?:haupt)?titel|called|named|titled|entitled|"
    r"genannt|namens|باسم|اسمه|اسمها|überschrift|schlagzeile|(?:ال)?عنوان(?:ه|ها)?|بعنوان",
    "brand": r"brand(?: name)?|company|organi[sz]ation|organi[sz]er|host(?:ed by)?|client|verein|"
    r"veranstalter(?:in)?|kunde|sender|signed|logo text|marke(?:nname)?|firma|absender|unternehmen|"
    r"(?:ال)?علامة(?: (?:ال)?تجارية)?|(?:ال)?ماركة|(?:ال)?شركة|اسم (?:ال)?علامة",
    "call": r"call[- ]to[- ]action|cta|call|button|closing(?: line)?|end(?:s|ing)? (?:card )?(?:with|on)|"
    r"end card|close(?:s)? with|finish(?:es)? with|"
    r"(?:handlungs)?aufruf|schluss(?:satz|zeile)?|(?:es |er |sie )?endet mit|am ende(?: steht)?|zum "
    r"schluss|abspann|knopf|"
    r"(?:ال)?دعوة (?:إلى|ل)\S+|(?:ال)?خاتمة|(?:ي|ت)نتهي بـ?|(?:في|و)? ?(?:ال)?نهاية|(?:ال)?زر|اختم بـ?",
    "link": r"link|url|web ?site|web ?page|web|web(?:seite|adresse)|internet(?:seite|adresse)?|adresse|"
    r"(?:ال)?رابط|(?:ال)?موقع(?: (?:ال)?إلكتروني)?",
    "points": r"(?:key |main |selling |bullet |talking )?points|bullets|features?|benefits?|steps?|"
    r"reasons?|facts?|highlights?|advantages?|topics?|chapters?|"
    r"agenda|program(?:me)?|rules|tips|stations|stages|phases|lessons|services|values|ingredients|promises|"
    r"ideas|things|line-?up|list|"
    r"(?:stich|kern)?punkte?n?|merkmale?n?|vorteile?n?|schritte?n?|gründe?n?|fakten|eigenschaften|"
    r"funktionen|themen|zutaten|programm|regeln|"
    r"tipps|leistungen|stationen|etappen|phasen|werte|argumente|dinge|"
    r"(?:ال|و|ب)*نقاط|(?:ال|و|ب)*خطوات|(?:ال|و|ب)*مزايا|(?:ال|و|ب)*ميزات|(?:ال|و|ب)*مميزات|(?:ال|و|"
    r"ب)*فوائد|(?:ال|و|ب)*أسباب|(?:ال|و|ب)*مراحل|"
    r"(?:ال|و|ب)*خدمات|(?:ال|و|ب)*نصائح|(?:ال|و|ب)*محاور|(?:ال|و|ب)*خصائص|(?:ال|و|ب)*برنامج|(?:ال|و|"
    r"ب)*مواضيع|(?:ال|و|ب)*حقائق",
    "subject": r"product|produkt|app|topic|subject|theme|thema|event|veranstaltung|(?:ال)?منتج|"
    r"(?:ال)?تطبيق|(?:ال)?موضوع|(?:ال)?مناسبة",
    "text": r"text|copy|(?:it |that |which )?(?:says|reads)|message|sentence|line|satz|zeile|botschaft|"
    r"spruch|(?:der|die|das)? ?(?:sagt|zeigt)|saying|wording|(?:with the )?words|worten|(?:ال)?نص|"
    r"(?:ب|ال)?كلمات|يقول|تقول|عبارة|جملة",
    "date": r"dates?|when|day|time|datum|termin|wann|zeit|uhrzeit|(?:ال)?تاريخ|(?:ال)?موعد|(?:ال)?زمان|"
    r"(?:ال)?وقت",
    "place": r"place|where|venue|location|ort|wo|(?:ال)?مكان",
    "style": r"style|tone|mood|look(?: and feel)?|feel(?:ing)?|colou?rs?|palette|format|aspect(?: ratio)?|"
    r"size|length|duration|language|music|sound|"
    r"animation|background|brand colou?r|accent(?: colou?r)?|stil|ton(?:alität)?|stimmung|farben?|"
    r"hausfarbe|format|länge|dauer|sprache|musik|hintergrund|"
    r"(?:ال)?أسلوب|(?:ال)?طابع|(?:ال)?ألوان|(?:ال)?لون|(?:ال)?صيغة|(?:ال)?مدة|(?:ال)?لغة|(?:ال)?موسيقى|"
    r"(?:ال)?خلفية|(?:ال)?مقاس|(?:ال)?أبعاد|(?:ال)?شكل",
}
_IN_TONGUE: Final = (
    r"(?:\s+(?:in|auf|ب|بال|باللغة)\s*(?:english|arabic|german|englisch|arabisch|deutsch|ال\w+|\w+ية))?"
)
_VERB: Final = (
    r"(?:\s+(?:matters?|counts?|zählen|is|are|reads?|says?|saying|should (?:be|read|say)|lautet|ist|"
    r"sind|heißt|soll \w+|"
    r"هو|هي|هما|كالتالي|التالية|below|hier))?"
)
_LABEL: Final = re.compile(
    r"(?<![\w#@./-])(?:(?:top|the|its|our|in|its|these|der|die|das|den|dem|und|and|with|mit|um|zu|just|"
    r"nur|فيه|فيها|به|بها|مع|the following|folgende\w*)\s+){0,4}"
    rf"(?:(?P<count>{NUMBER})[ \t]+(?:\w+[ \t]+)?)?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, pattern in _NAMES.items())
    + rf")(?!\w)(?!\s*(?:\d|{NUMBER})\s*:)(?P<why>(?:(?<=points)|(?<=reasons)|(?<=steps)|(?<=things)|"
    rf"(?<=tips)|(?<=ideas)|(?<=facts)|(?<=gründe)|(?<=dinge)|(?<=schritte)|(?<=tipps)|(?<=أسباب)|"
    rf"(?<=خطوات))" + rf"\s+(?:to|for|why|of|about|für|zum|zur|um|warum|ل\w+|لـ|من|عن|"
    rf"حول)(?:\s+[^\W\d]+){{0,5}}(?=\s*[:：]))?{_IN_TONGUE}{_VERB}\s*(?:[:：=]\s*|"
    rf"(?:\s*[–—-]\s*)?(?=\s?{HIDDEN}))",
    re.I,
)
_OTHER: Final = re.compile(
    r"(?:(?<=[.!?؟\n])|(?<=\s\.))\s+([^\W\d_][\w’'-]*(?:\s+[\w’'-]+){0,2})\s*:\s+(?=\S)"
)
"""Any other few words with a colon that begin a sentence."""
_SENTENCE: Final = re.compile(
    r"(?<=[^\W\d_][^\W_])[.](?=\s|$)|(?<=\d)[.](?=\s+[A-ZÄÖÜ\ue000-\uf0ff]|\s*$)|[!?؟。](?=\s|$)|"
    r"(?<=[£€$]\d)[.](?=\s)|(?<=[£€$]\d\d)[.](?=\s)|(?<=[%€£$])[.](?=\s)|"
    r"(?<=[\ue000-\uf0ff)”])[.](?=\s|$)|\n\s*\n"
)
_BEGINS: Final = re.compile(r"(?:^|[.,;:،؛!?؟\n\ue000-\uf0ff])\s*$")
"""What stands before a label that only its clause's first word is: `app:` in `a banking app:` is none."""
_LISTED: Final = re.compile(r"\s*(?:\n\s*)?(?:[-–—•*]\s|\(?\d{1,2}[.)]\s)|\s*\n")


@dataclass(frozen=True)
class Part:
    """A labelled part of a prompt."""

    kind: str
    text: str
    count: int | None = None
    """How many things its label promises: `three steps`."""
    heading: str = ""
    """The label itself, when it says more than its kind: `three reasons to visit`."""


def parts(text: str) -> tuple[list[Part], str]:
    """Take the labelled parts out of a text; gives them and what is left, with a full stop in their place."""
    told = plain(text)
    known = [
        match
        for match in _LABEL.finditer(told)
        if not match["subject"] or _BEGINS.search(told[: match.start()])
    ]
    others = [match for match in _OTHER.finditer(told) if not any(_meet(match, each) for each in known)]
    matches = sorted([*known, *others], key=lambda match: match.start())
    found: list[Part] = []
    rest, clock = "", 0
    for number, match in enumerate(matches):
        if match.start() < clock:
            continue
        until = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        if match.re is _OTHER:
            end = _end("other", text, match.end(), until)
            body = _trimmed(text[match.end() : end])
            rest += text[clock : match.start()] + " . "
            if re.search(r"[,;،؛\n]|\d[.)]\s", body):
                found.append(Part("other", body, None, match[1]))
            else:
                rest += f"{body} . "
            clock = end
            continue
        kind = next(name for name in _NAMES if match[name])
        end = _end(kind, text, match.end(), until)
        count = int(value(match["count"])) if match["count"] and value(match["count"]) < 13 else None
        label = text[match.start() : match.end()].strip(" :：=") if match["why"] else ""
        found.append(Part(kind, _trimmed(text[match.end() : end]), count, label))
        rest += text[clock : match.start()] + " . "
        clock = end
    return found, rest + text[clock:]


def _meet(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.start() < other.end() and other.start() < one.end()


def _end(kind: str, text: str, start: int, until: int) -> int:
    """Where a part ends: at the next label, else at the end of its sentence or of its list."""
    body = text[start:until]
    hidden = re.match(rf"\s*{HIDDEN}", body)
    if kind not in ("points", "style", "other"):
        if hidden:
            return start + hidden.end()
        line = re.match(r"[ \t]*[^\n]*", body)
        body = line.group() if line and line.group().strip() else body
    if kind in ("points", "other") and _LISTED.match(body):
        gap = re.search(r"\n\s*\n", body.lstrip())
        return start + (len(body) - len(body.lstrip()) + gap.start() if gap else len(body))
    stop = _SENTENCE.search(body)
    if stop is None:
        return start + len(body)
    if (
        kind == "points"
        and not re.search(r"[,;،؛\n]|\d[.)]\s", body[: stop.start()])
        and _more(body[stop.end() :])
    ):
        return start + len(body)
    return start + stop.end()


def _more(rest: str) -> bool:
    """Tell whether what follows a first sentence reads like more items of the same list."""
    sentences = [part for part in _SENTENCE.split(rest) if part and part.strip()]
    return bool(sentences) and all(len(part.split()) <= 8 for part in sentences)


def _trimmed(text: str) -> str:
    text = text.strip().strip(",;،؛").strip()
    return re.sub(
        r"[\s,;،؛]+(?:and|with|the|und|mit|dem|der|die|das|and the|with the|و|مع|,)$", "", text, flags=re.I
    ).rstrip(" ,;،؛")
