"""A prompt becomes a wish: every rule that reads, in its order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from providers.offline.colors import find_colors, find_ground
from providers.offline.glossary import second_title
from providers.offline.kind import fitted
from providers.offline.labels import Part, parts
from providers.offline.length import Span, find_frame, find_length
from providers.offline.lists import capital, items, ordered, point
from providers.offline.quotes import HIDDEN, hide, show
from providers.offline.request import request_of
from providers.offline.subject import GONE, directive, head, name_in, split_subject
from providers.offline.talk import plainly
from providers.offline.tones import KICKERS, find_occasion, find_tone
from providers.offline.tongues import joined, named, tongue_of
from providers.offline.wish import Intent, Point, Wish

MOST_POINTS: Final = 12
MOST_READ: Final = 2_500
"""Letters of a prompt that the rules read."""
LONGEST_FILM: Final = 600
"""Seconds, as domain/run.py: Request takes them."""
LONGEST: Final = 160
"""Letters of one text; a longer one is cut at a word."""
_LINK: Final = re.compile(
    r"(?<![\w@])(?:https?://)?(?:www\.)?(?:[\w-]+\.)+(?:[a-z]{2,12})(?:/[\w./#?=&%-]*)?(?![\w@])", re.I
)
_CLAUSE: Final = re.compile(r"[\n;؛：]+|:(?!\d)|(?<=[^\W_]{2})\.(?=\s|$)|\s\.(?=\s|$)|(?<=\S)[!?؟](?=\s|$)")
_APPOSED: Final = re.compile(r"\s*,\s*((?:an?|ein\w*|der|die|das)\s[^,.;:!?\n]{3,80})(?=[.;:!?\n]|$)", re.I)
_LINKS: Final = re.compile(
    r"for|called|named|with|namens|mit|von|by|says|saying|reads|reading|about|über|عن|بعنوان|يقول", re.I
)
_JOIN: Final = re.compile(r"^\s*(?:with|and|featuring|in|as|mit|und|sowie|als)\s+", re.I)
_EXPLAINS: Final = (
    r"explain\w*|how (?:to|do|does|is|are|it|the|a|we|you)\b|how \w+ \w+s\b|steps?|step "
    r"\w+:|tutorial|guide|onboarding|erklär\w*|wie \w+|schritte?n?|anleitung|اشرح|يشرح|شرح|كيف|خطوات|"
    r"الخطوات|توضيحي"
)
_SELLS: Final = (
    r"products?|app|device|gadget|features?|benefits?|showcase|ad|advert\w*|commercial|"
    r"promo\w*|brand film|shop|produkt\w*|gerät|vorteile?n?|merkmale?n?|werbe\w*|werbung|منتج|المنتج|تطبيق|"
    r"مزايا|ميزات|المزايا|مميزات|إعلان"
)
_AROUND_GONE: Final = re.compile(
    rf"(?:(?<!\w)(?:lasting|lasts|runs|running|within|in|of|with a length of|for|about|around|"
    rf"von|mit|für|auf|dauert|etwa|rund|ca\.?|im|als|"
    rf"مدته|مدتها|مدة|لمدة|بمدة|بصيغة|بشكل|بتنسيق|بطول)\s+)*{GONE}(?:[-\s]+(?:long|lang\w*|format|"
    rf"seitenverhältnis|aspect ratio|ratio)(?!\w))?",
    re.I,
)


@dataclass
class Found:
    """What was read so far."""

    tongue: str
    phrases: list[str]
    texts: dict[str, str] = field(default_factory=dict[str, str])
    points: list[Point] = field(default_factory=list[Point])
    asides: list[str] = field(default_factory=list[str])
    listed: bool = False
    """Whether the points were given as a list."""

    def put(self, kind: str, text: str) -> bool:
        """Keep a text if its place is free."""
        text = text.strip()
        quote = re.fullmatch(rf"{HIDDEN}[.,;]?", text)
        text = cut(show(text.rstrip(".,;"), self.phrases)) if quote else tidy(show(text, self.phrases))
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


@lru_cache(maxsize=64)
def read(text: str) -> Wish:
    """Read a prompt with the lines that the request added below it."""
    prompt, asked = request_of(text)
    hidden, phrases = hide(cut_off(prompt))
    hidden, link = _take_link(hidden)
    seconds, where = find_length(hidden)
    frame, places = find_frame(hidden)
    rest = plainly(_AROUND_GONE.sub(f" {GONE} ", _without(hidden, [*where, *places])))
    found = Found(tongue_of(prompt[:MOST_READ]), phrases)
    if len(prompt) > MOST_READ:
        found.asides.append(f"I read the first {MOST_READ:,} letters of the prompt only.")
    if seconds is not None and seconds > LONGEST_FILM and not asked.get("seconds"):
        asked_for = f"You ask for {seconds:,.0f} seconds; a film lasts at most {LONGEST_FILM}"
        found.asides.append(f"{asked_for}, so I chose a length that fits.")
        seconds = None
    if link:
        found.texts["link"] = link
    steps, rest = ordered(rest)
    labelled, rest = parts(rest)
    found.points += [point(tidy(show(step, phrases))) for step in steps]
    for part in labelled:
        _take(found, part)
    told = head(rest)
    style = re.sub(HIDDEN, " ", " . ".join([rest, *(part.text for part in labelled if part.kind == "style")]))
    _main(found, *told)
    settled = _settle(found, cut_off(prompt))
    return fitted(
        Wish(
            prompt=prompt,
            seconds=asked.get("seconds") or seconds,
            frame=asked.get("frame") or frame,
            quality=asked.get("quality", "standard"),
            file_format=asked.get("file_format", "mp4"),
            assets=asked.get("assets", ()),
            tongue=found.tongue,
            colors=find_colors(style),
            dark=find_ground(style),
            tone=find_tone(" . ".join(filter(directive, _CLAUSE.split(style)))) or find_tone(style),
            **settled,
        )
    )


def cut_off(prompt: str) -> str:
    """The part of a prompt that is read; a longer one would be told in more words than a film can show."""
    return prompt if len(prompt) <= MOST_READ else prompt[:MOST_READ].rsplit(None, 1)[0]


def cut(text: str) -> str:
    """Bound a text's length, at a word."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST].rsplit(' ', 1)[0]}…"


def tidy(text: str) -> str:
    """Bring a text into one line of bounded length, without what only joined it to others."""
    text = re.sub(rf"\(\s*[{GONE},;\s]*\)", " ", text)
    line = (
        " ".join(text.replace(GONE, " ").split()).lstrip(" .").strip(" ,;،؛:–—-").removesuffix("(").rstrip()
    )
    line = line.rstrip(".") if line.count(".") == 1 and line.endswith(".") else line
    return cut(line)


def _take_link(text: str) -> tuple[str, str]:
    match = _LINK.search(text)
    if not match or not re.search(r"[a-z]", match.group()):
        return text, ""
    shown = re.sub(r"^https?://(?:www\.)?", "", match.group()).rstrip("/.,")
    before = re.sub(
        r"(?:(?<!\w)(?:website|web|link|url|visit|at|on|see|auf|unter|besuche|webseite|الرابط|رابط|الموقع|"
        r"موقع|على|زوروا)\s*:?\s*)+$",
        "",
        text[: match.start()],
        flags=re.I,
    )
    return f"{before} {text[match.end() :]}", shown


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
        if part.heading:
            found.put("kicker", capital(part.heading))
        found.listed = True
        found.points += [point(tidy(show(item, found.phrases))) for item in listed if tidy(item)]
    elif part.kind in ("title", "text", "second"):
        _take_title(found, part)
    elif part.kind == "subject":
        found.texts.setdefault("subject", tidy(show(part.text, found.phrases)))
    elif part.kind in ("date", "place"):
        found.tell(part.text)
    elif part.kind == "style":
        pass
    elif part.kind == "other":
        _take_other(found, part)
    elif not found.put(part.kind, part.text):
        found.tell(part.text)


def _take_other(found: Found, part: Part) -> None:
    """Keep what stands behind a heading of the user's own: a list, or one more thing to tell."""
    listed = [] if directive(part.text) else items(part.text)
    if len(listed) > 1:
        if len(part.heading.split()) > 1:
            found.put("kicker", capital(part.heading))
        found.listed = True
        found.points += [point(tidy(show(item, found.phrases))) for item in listed if tidy(item)]
    elif listed:
        found.tell(part.text)


def _take_title(found: Found, part: Part) -> None:
    """Keep a title; a second phrase, or one in another script than the title's, is the second title."""
    several = re.findall(HIDDEN, part.text)
    for each in several if len(several) > 1 else [part.text]:
        said = tidy(show(each, found.phrases))
        first = found.texts.get("title", "")
        if part.kind != "second" and not first:
            found.put("title", each)
        elif first and joined(said) == joined(first) and part.kind != "second":
            if not found.put("subtitle", each):
                found.tell(each)
        else:
            found.put("second_title", each)


def _main(found: Found, subject: str, rest: str) -> None:
    """Keep what the prompt's own sentences say."""
    if re.fullmatch(rf"\W*{HIDDEN}\W*", subject):
        subject = cut(show("".join(re.findall(HIDDEN, subject)), found.phrases))
        words = subject.split()
        if len(words) <= 4 and all(word[:1].isupper() or joined(word) for word in words):
            found.texts.setdefault("brand", subject)
    elif re.search(HIDDEN, subject):
        bare = " ".join(re.sub(HIDDEN, " ", subject).split())
        rest = f"{' , '.join(re.findall(HIDDEN, subject))} . {rest}"
        links = r"(?:^|\s+)(?:for|called|named|with|namens|mit|von|by)$"
        subject = "" if _appositive(found, subject, bare) else re.sub(links, "", bare)
    subject = subject if subject in found.phrases else tidy(show(subject, found.phrases))
    if subject and not directive(subject):
        found.texts.setdefault("subject", subject)
        rest = _apposition(found, rest)
    for clause in _CLAUSE.split(rest):
        if clause.strip(f" .,،–—-{GONE}") and not directive(clause):
            _clause(found, clause)


def _appositive(found: Found, subject: str, noun: str) -> bool:
    """Keep a name that stands right behind what it names: `the course “…”` is signed with it."""
    named = re.fullmatch(rf"[^\W\d]+\s+({HIDDEN})", subject.strip())
    if not named or noun[:1].isupper() or _LINKS.fullmatch(noun):
        return False
    found.put("kicker", capital(noun))
    return found.put("brand", named[1])


def _apposition(found: Found, rest: str) -> str:
    """Keep what the subject is, said right behind it: `for Noor, a small tea house`."""
    said = _APPOSED.match(rest)
    if said is None or directive(said[1]) or not found.put("subtitle", capital(said[1])):
        return rest
    return rest[said.end() :]


def _clause(found: Found, clause: str) -> None:
    several = [each for each in items(clause) if not directive(_JOIN.sub("", each))]
    loose = [phrase for each in several for phrase in re.findall(HIDDEN, each)]
    for phrase in loose:
        _phrase(found, phrase, alone=len(loose) == 1)
    for each in several:
        bare = _JOIN.sub("", re.sub(HIDDEN, " ", each)).strip()
        if not re.search(HIDDEN, each):
            found.tell(bare)


def _phrase(found: Found, phrase: str, *, alone: bool) -> None:
    """Keep a quoted phrase that nothing names: the first is the title."""
    said = show(phrase, found.phrases)
    title = found.texts.get("title", "")
    bracketed = joined(said) and found.tongue != "ar" and bool(found.texts.get("subject"))
    if not title and bracketed:
        found.put("second_title", phrase)
    elif not title:
        found.put("title", phrase)
    elif joined(said) != joined(title) and not found.texts.get("second_title"):
        found.put("second_title", phrase)
    elif alone and not found.texts.get("subtitle"):
        found.put("subtitle", phrase)
    else:
        found.tell(phrase)


def _settle(found: Found, prompt: str) -> dict[str, Any]:
    """Give every text its place, and say what no place was found for."""
    texts = found.texts
    intent = _intent(prompt)
    named_here = _titles(found, intent, prompt)
    title, subtitle, brand = named_here
    language, second = _languages(found, title, prompt)
    second_text = _second(found, title, language, second)
    occasion = find_occasion(prompt)
    shape = KICKERS.get(occasion) or (KICKERS["explain"] if intent == "explain" else {})
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
        "kicker": texts.get("kicker") or shape.get(language, ""),
        "call": texts.get("call", ""),
        "link": texts.get("link", ""),
        "points": tuple(found.points[:MOST_POINTS]),
        "asides": tuple(found.asides),
    }


def _name(subject: str, prompt: str, tongue: str, intent: Intent) -> str:
    """Find the brand in a subject; a question names none, and the first word of a sentence proves nothing."""
    if intent == "explain" and (tongue != "en" or re.match(r"(?:how|why|what)\b", subject, re.I)):
        return ""
    if prompt.lstrip().startswith(subject[:12]) and len(subject.split()) > 1:
        subject = subject[:1].lower() + subject[1:]
    return name_in(subject, tongue)


def _titles(found: Found, intent: Intent, prompt: str) -> tuple[str, str, str]:
    """Title, subtitle and brand: as given, else from the subject, else from the first words there are."""
    texts = found.texts
    subject = texts.pop("subject", "")
    called = re.match(r"(?:.*\s)?(?:called|named|namens|genannt)\s+(\w.*)$", subject)
    subject = called[1] if called else subject
    brand = texts.get("brand") or (_name(subject, prompt, found.tongue, intent))
    first, second = split_subject(subject)
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
