"""A prompt becomes a wish: every rule that reads, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from providers.offline.colors import find_colors, find_ground
from providers.offline.glossary import second_title
from providers.offline.labels import Part, parts
from providers.offline.length import Span, find_frame, find_length
from providers.offline.lists import capital, items, point
from providers.offline.quotes import HIDDEN, hide, show
from providers.offline.subject import GONE, directive, head, name_in
from providers.offline.tones import KICKERS, find_occasion, find_tone
from providers.offline.tongues import TITLES, joined, named, tongue_of
from providers.offline.wish import Intent, Point, Wish

MOST_POINTS: Final = 12
LONGEST: Final = 160
"""Letters of one text; a longer one is cut at a word."""
_REQUEST: Final = re.compile(r"^(Format|Length|Render quality|Assets to use): (.+)$")
_LINK: Final = re.compile(
    r"(?<![\w@])(?:https?://)?(?:www\.)?(?:[\w-]+\.)+(?:[a-z]{2,12})(?:/[\w./#?=&%-]*)?(?![\w@])", re.I
)
_EXPLAINS: Final = r"explain\w*|how (?:to|do|does|is|are|it|the|a|we|you)\b|how \w+ \w+s\b|steps?|tutorial|guide|why|erklär\w*|wie \w+|warum|schritte?n?|anleitung|اشرح|يشرح|شرح|كيف|خطوات|الخطوات|لماذا|توضيحي"  # fmt: skip
_SELLS: Final = r"products?|app|device|gadget|features?|benefits?|showcase|ad|advert\w*|commercial|promo\w*|brand film|shop|produkt\w*|gerät|vorteile?n?|merkmale?n?|werbe\w*|werbung|منتج|المنتج|تطبيق|مزايا|ميزات|المزايا|مميزات|إعلان"  # fmt: skip
_AROUND_GONE: Final = re.compile(
    rf"(?:(?<!\w)(?:lasting|lasts|runs|running|within|in|of|with a length of|for|about|around|von|mit|dauert|etwa|rund|ca\.?|im|als|"
    rf"مدته|مدتها|مدة|لمدة|بمدة|بصيغة|بشكل|بتنسيق|بطول)\s+)*{GONE}(?:[- ](?:long|lang\w*|format|seitenverhältnis|aspect ratio|ratio)(?!\w))?", re.I,
)  # fmt: skip


@dataclass
class Found:
    """What was read so far."""

    tongue: str
    phrases: list[str]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    points: list[Point] = field(default_factory=list[Point])
    asides: list[str] = field(default_factory=list[str])

    def put(self, kind: str, text: str) -> bool:
        """Keep a text if its place is free."""
        text = tidy(show(text, self.phrases))
        if not text or self.texts.get(kind):
            return False
        self.texts[kind] = text
        return True

    def tell(self, text: str) -> None:
        """Keep something that has no place of its own: below the title, else as a point."""
        said = tidy(show(text, self.phrases))
        if said and not any(
            said.lower() in known.lower()
            for known in (*self.texts.values(), *(each.title for each in self.points))
        ):
            self.points.append(point(said))


def read(text: str) -> Wish:
    """Read a prompt with the lines that the request added below it."""
    prompt, asked = _request(text)
    hidden, phrases = hide(prompt)
    hidden, link = _take_link(hidden)
    seconds, where = find_length(hidden)
    frame, places = find_frame(hidden)
    rest = _AROUND_GONE.sub(f" {GONE} ", _without(hidden, [*where, *places]))
    found = Found(tongue_of(prompt), phrases)
    if link:
        found.texts["link"] = link
    labelled, rest = parts(rest)
    for part in labelled:
        _take(found, part)
    told = head(rest)
    style = re.sub(HIDDEN, " ", " . ".join([rest, *(part.text for part in labelled if part.kind == "style")]))
    _main(found, *told)
    settled = _settle(found, prompt)
    return Wish(
        prompt=prompt, seconds=asked.get("seconds") or seconds, frame=asked.get("frame") or frame,
        quality=asked.get("quality", "standard"), assets=asked.get("assets", ()), tongue=found.tongue,
        colors=find_colors(style), dark=find_ground(style), tone=find_tone(style), **settled,
    )  # fmt: skip


def tidy(text: str) -> str:
    """Bring a text into one line of bounded length, without what only joined it to others."""
    line = " ".join(text.replace(GONE, " ").split()).strip(" ,;،؛:–—-")
    line = line.rstrip(".") if line.count(".") == 1 and line.endswith(".") else line
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"


def _request(text: str) -> tuple[str, dict[str, Any]]:
    """Take off the lines that say what the request itself holds; they stand last."""
    lines = text.strip().split("\n")
    asked: dict[str, Any] = {}
    while lines and (match := _REQUEST.match(lines[-1].strip())):
        name, said = match[1], match[2].strip()
        if name == "Format" and said in ("16:9", "9:16", "1:1"):
            asked["frame"] = said
        elif name == "Length" and (number := re.match(r"(\d+(?:\.\d+)?) seconds$", said)):
            asked["seconds"] = float(number[1])
        elif name == "Render quality" and said in ("draft", "standard", "high"):
            asked["quality"] = said
        elif name == "Assets to use":
            asked["assets"] = tuple(part.strip() for part in said.split(",") if part.strip())
        else:
            break
        lines.pop()
    return "\n".join(lines).strip(), asked


def _take_link(text: str) -> tuple[str, str]:
    match = _LINK.search(text)
    if not match or not re.search(r"[a-z]", match.group()):
        return text, ""
    shown = re.sub(r"^https?://(?:www\.)?", "", match.group()).rstrip("/.,")
    return f"{text[: match.start()]} {text[match.end() :]}", shown


def _without(text: str, spans: list[Span]) -> str:
    rest, clock = "", 0
    for start, end in sorted(spans):
        if start >= clock:
            rest += text[clock:start] + f" {GONE} "
            clock = end
    return rest + text[clock:]


def _take(found: Found, part: Part) -> None:
    if part.kind == "points":
        listed = items(part.text, part.count)
        found.points += [point(tidy(show(item, found.phrases))) for item in listed if tidy(item)]
    elif part.kind in ("title", "text", "second"):
        _take_title(found, part)
    elif part.kind in ("date", "place"):
        found.tell(part.text)
    elif part.kind == "style":
        pass
    elif not found.put(part.kind, part.text):
        found.tell(part.text)


def _take_title(found: Found, part: Part) -> None:
    """Keep a title; with two phrases, or one in another script than the title's, the other is the second title."""
    several = re.findall(HIDDEN, part.text)
    for each in several if len(several) > 1 else [part.text]:
        said = tidy(show(each, found.phrases))
        first = found.texts.get("title", "")
        if part.kind != "second" and not first:
            found.put("title", each)
        elif first and joined(said) == joined(first) and part.kind != "second":
            found.put("subtitle", each) or found.tell(each)
        else:
            found.put("second_title", each)


def _main(found: Found, subject: str, rest: str) -> None:
    """Keep what the prompt's own sentences say."""
    subject = tidy(show(subject, found.phrases))
    if subject and not directive(subject):
        found.texts["subject"] = subject
    clauses = [
        each
        for each in re.split(r"[\n;؛:：]+|(?<=[^\s\d])[.!?؟](?=\s|$)", rest)
        if each.strip(f" .,،–—-{GONE}")
    ]
    for clause in clauses:
        if directive(clause):
            continue
        _clause(found, clause)


def _clause(found: Found, clause: str) -> None:
    several = [
        each
        for each in items(clause)
        if not directive(re.sub(r"^(?:with|and|mit|und|in|as|a|an)\s+", "", each))
    ]
    loose = [phrase for each in several for phrase in re.findall(HIDDEN, each)]
    for phrase in loose:
        said = show(phrase, found.phrases)
        if not found.texts.get("title"):
            found.put("title", phrase)
        elif joined(said) != joined(found.texts["title"]) and not found.texts.get("second_title"):
            found.put("second_title", phrase)
        elif len(loose) == 1 and not found.texts.get("subtitle"):
            found.put("subtitle", phrase)
        else:
            found.tell(phrase)
    for each in several:
        if not re.search(HIDDEN, each):
            found.tell(re.sub(r"^\s*(?:with|and|featuring|mit|und|sowie)\s+", "", each, flags=re.I))


def _settle(found: Found, prompt: str) -> dict[str, Any]:
    """Give every text its place, and say what no place was found for."""
    texts = found.texts
    intent = _intent(prompt)
    subject = texts.pop("subject", "")
    brand = texts.get("brand") or (name_in(subject, found.tongue) if intent != "explain" else "")
    title = (
        texts.get("title")
        or (brand if brand and not _longer(subject, brand) else "")
        or _title(subject, brand, intent)
    )
    if not title:
        first = (
            found.points.pop(0)
            if found.points
            else Point(title=tidy(re.sub(r"\s+", " ", prompt))[:60] or "Hello")
        )
        title = first.title
        texts.setdefault("subtitle", first.text)
    subtitle = texts.get("subtitle", "")
    about = capital(subject)
    if (
        subject
        and not subtitle
        and about.lower() not in (title.lower(), brand.lower())
        and title.lower() != about.lower()
    ):
        subtitle = about
    elif (
        subject
        and about.lower() not in (title.lower(), brand.lower(), subtitle.lower())
        and brand not in subject
    ):
        found.points.insert(0, point(subject))
    language, second = _languages(found, title, prompt)
    second_text, title, language = _second(found, title, language, second)
    occasion = find_occasion(prompt)
    shape = KICKERS.get(occasion) or (KICKERS["explain"] if intent == "explain" else {})
    if len(found.points) > MOST_POINTS:
        found.asides.append(f"Only the first {MOST_POINTS} of {len(found.points)} points are shown.")
    return {
        "language": language, "second_language": second if second_text else "", "intent": intent, "occasion": occasion,
        "title": title, "second_title": second_text, "subtitle": subtitle, "brand": brand,
        "kicker": texts.get("kicker") or shape.get(language, ""), "call": texts.get("call", ""), "link": texts.get("link", ""),
        "points": tuple(found.points[:MOST_POINTS]), "asides": tuple(found.asides),
    }  # fmt: skip


def _longer(subject: str, brand: str) -> bool:
    return False if not subject else len(subject.split()) < len(brand.split())


def _title(subject: str, brand: str, intent: Intent) -> str:
    if brand and len(subject.split()) > 6:
        return brand
    return capital(subject) if subject else brand


def _intent(prompt: str) -> Intent:
    explains = len(re.findall(rf"(?<!\w)(?:{_EXPLAINS})(?!\w)", prompt, re.I))
    sells = len(re.findall(rf"(?<!\w)(?:{_SELLS})(?!\w)", prompt, re.I))
    if explains and explains >= sells:
        return "explain"
    return "product" if sells else "title"


def _languages(found: Found, title: str, prompt: str) -> tuple[str, str]:
    """The film's language and its second one; what the texts are written in counts most."""
    wanted = named(prompt)
    written = [title, *(each.title for each in found.points), found.texts.get("subtitle", "")]
    text = " ".join(written)
    language = tongue_of(text, wanted[0] if wanted and wanted[0] != "ar" else found.tongue if found.tongue != "ar" else "en")  # fmt: skip
    second = next((code for code in wanted if code != language), "") if len(wanted) > 1 else ""
    other = found.texts.get("second_title", "")
    if other:
        second = second or tongue_of(other)
    elif wanted and language not in wanted and not second and (len(wanted) == 1):
        second = wanted[0]
    return language, second


def _second(found: Found, title: str, language: str, second: str) -> tuple[str, str, str]:
    given = found.texts.get("second_title", "")
    if given or not second:
        return given, title, language
    written, aside = second_title(title, language, second)
    if aside:
        found.asides.append(aside.replace("another language", TITLES.get(second, second)))
    return written, title, language
