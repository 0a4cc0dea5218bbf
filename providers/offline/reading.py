"""A prompt becomes a wish: every rule that reads, in its order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from providers.offline.colors import find_colors, find_ground
from providers.offline.found import Found, cut, tidy
from providers.offline.kind import NAME, fitted
from providers.offline.labels import Part, parts
from providers.offline.length import Span, find_frame, find_length
from providers.offline.links import take_link
from providers.offline.lists import capital, items, ordered, point
from providers.offline.quotes import HIDDEN, hide, show
from providers.offline.request import request_of
from providers.offline.settle import settle
from providers.offline.subject import GONE, directive, head
from providers.offline.talk import plainly
from providers.offline.tones import find_tone
from providers.offline.tongues import joined, tongue_of
from providers.offline.wish import Wish

MOST_READ: Final = 2_500
"""Letters of a prompt that the rules read."""
LONGEST_FILM: Final = 600
"""Seconds, as domain/run.py: Request takes them."""
_CLAUSE: Final = re.compile(
    r"[\n;؛：]+|:(?!\d)|(?<=[^\W_]{2})\.(?=\s|$)|(?<=/[a-z])\.(?=\s|$)|"
    r"\s\.(?=\s|$)|(?<=\S)[!?؟](?=\s|$)"
)
_APPOSED: Final = re.compile(
    r"\s*,\s*((?:an?|the|ein\w*|der|die|das)\s[^,.;:!?\n]{3,80})(?=[.;:!?\n]|$)", re.I
)
_LINKS: Final = re.compile(
    r"for|called|named|with|namens|mit|von|by|says|saying|reads|reading|about|über|عن|بعنوان|يقول", re.I
)
_JOIN: Final = re.compile(r"^\s*(?:with|and|featuring|in|as|mit|und|sowie|als)\s+", re.I)
_MADE: Final = re.compile(
    r"^\s*(?:hand)?(?:made|built|woven|designed|powered|baked|brewed|grown|sewn|printed|gemacht|gebaut|gewebt|gebacken|"
    r"gebraut|genäht)\s+(?:from|of|with|by|for|in|to|aus|mit|von|für)\s",
    re.I,
)
"""How a thing was made: the words beside it speak of the thing too, and not of the film."""
_ASKS: Final = re.compile(
    r"(?:download|get it|available|out now|order|book|join|subscribe|sign up|register|apply|shop|try it)"
    r"(?:\s+(?:it|us|yours|free|for free))?\s+(?:now|today|here|on|in|from|at)(?:\s+[^\W\d]\w*){0,5}",
    re.I,
)
"""A sentence that asks the viewer for something."""
_LACKS: Final = re.compile(r"^\s*(?:no|without|zero|ohne|keine?|بدون|بلا)\s", re.I)
"""What something does without, when it stands behind what it has: `30 days, no equipment`."""
_BY: Final = re.compile(rf"{HIDDEN}\s+(?:by|von)\s+({NAME})")
_WITH: Final = re.compile(r"^\s*(?:with|featuring|mit)\s", re.I)
_AROUND_GONE: Final = re.compile(
    rf"(?:(?<!\w)(?:lasting|lasts|runs|running|within|in|of|with a length of|for|about|around|"
    rf"von|mit|für|auf|dauert|etwa|rund|ca\.?|im|als|"
    rf"مدته|مدتها|مدة|لمدة|بمدة|بصيغة|بشكل|بتنسيق|بطول)\s+)*{GONE}(?:[-\s]+(?:long|lang\w*|format|"
    rf"seitenverhältnis|aspect ratio|ratio)(?!\w))?",
    re.I,
)


@lru_cache(maxsize=64)
def read(text: str) -> Wish:
    """Read a prompt with the lines that the request added below it."""
    prompt, asked = request_of(text)
    hidden, phrases = hide(cut_off(prompt))
    hidden, link, call = take_link(hidden)
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
    found.texts.update({name: text for name, text in (("link", link), ("call", capital(call))) if text})
    steps, rest = ordered(rest)
    labelled, rest = parts(rest)
    found.points += [point(tidy(show(step, phrases))) for step in steps]
    for part in labelled:
        _take(found, part)
    told = head(rest)
    style = re.sub(HIDDEN, " ", " . ".join([rest, *(part.text for part in labelled if part.kind == "style")]))
    _main(found, *told)
    settled = settle(found, cut_off(prompt))
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
            found.put("heading", capital(part.heading))
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
        if len(words) > 4 and found.put("title", subject):
            subject = ""
        elif len(words) <= 4 and all(word[:1].isupper() or joined(word) for word in words):
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
    if _ASKS.fullmatch(clause.strip()) and found.put("call", capital(clause.strip())):
        return
    several = _told(items(clause))
    loose = [phrase for each in several for phrase in re.findall(HIDDEN, each)]
    for phrase in loose:
        _phrase(found, phrase, alone=len(loose) == 1)
    for each in several:
        if made := _BY.search(each):
            found.put("brand", made[1])
        bare = _JOIN.sub("", re.sub(HIDDEN, " ", each)).strip()
        if not re.search(HIDDEN, each):
            found.tell(bare)


def _told(said: list[str]) -> list[str]:
    """Leave out what only says how the film is to be, but nothing of a list that also says what is there."""
    at = next((place for place, each in enumerate(said) if _WITH.match(each)), len(said))
    at = 0 if any(_MADE.match(each) for each in said) else at
    shown = [not directive(_JOIN.sub("", each)) for each in said]
    if any(shown[at:]) and len(said) - at > 2:
        shown[at:] = [True] * (len(said) - at)
    for place in range(1, len(said)):
        shown[place] = shown[place] or (shown[place - 1] and _LACKS.match(said[place]) is not None)
    return [each for each, keep in zip(said, shown, strict=True) if keep]


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
