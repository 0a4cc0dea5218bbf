"""What a film is about, by the prompt's own sentence: `a teaser for X`, `ein Film über X`, `فيديو عن X`."""

from __future__ import annotations

import re
from typing import Final

from providers.offline.colors import find_colors, find_ground
from providers.offline.numerals import NUMBER
from providers.offline.quotes import HIDDEN
from providers.offline.tones import OCCASIONS, is_tone
from providers.offline.tongues import NAMES

MOST_TRIES: Final = 8
"""Places at which a subject may turn into words about its look."""
GONE: Final = "\uf8ff"
"""Stands where a length or a format was told."""
_GENRE: Final = (
    rf"(?:{GONE}|title(?: card| film| sequence| animation)?|videos?|films?|movies?|clips?|teasers?|"
    rf"trailers?|spots?|ads?|adverts?|advertisements?|commercials?|"
    r"intros?|outros?|openers?|explainers?|promos?|stor(?:y|ies)|loops?|animations?|announcements?|"
    r"invitations?|greetings?|greeting card|showcases?|presentations?|"
    r"pieces?|testimonials?|quotes?|zitat|اقتباس|countdowns?|tutorials?|demos?|post|banner|opening|launch|"
    r"\w*(?:video|film|clip|spot|trailer|teaser|animation|ankündigung|einladung|vorstellung|werbung|"
    r"anzeige|gruß|präsentation|intro)s?|titel(?:film|karte)?|"
    r"فيديو|فيلم|فلم|مقطع|إعلان|إعلانا|إعلانًا|تشويقة?|تشويقي|دعوة|تهنئة|مقدمة|افتتاحية|شرح|بطاقة|كليب|"
    r"برومو|قصير|ترويجي|تعريفي|توضيحي|دعائي)"
)
_LINK: Final = (
    r"(?:for|about|on|of|to|from|announcing|introducing|presenting|promoting|explaining|showing|called|"
    r"named|titled|launching|celebrating|inviting(?: \w+)? to|"
    r"(?:that|which) (?:explains|shows|announces|presents|introduces|promotes|tells|says)|für|über|zu[rm]?|"
    r"von|vom|zum thema|namens|"
    r"(?:der|die|das) (?:erklärt|zeigt)|عن|حول|من|بعنوان|يشرح|يعرض|يقدم|لـ)"
)
_ARTICLE: Final = (
    r"(?:(?:the|a|an|our|my|your|new|der|die|das|den|dem|des|ein|eine|einen|einem|einer|"
    r"unser|unsere|unseren|unserer|meine?|neue[mnrs]?)\s+(?!year))"
)
_GAP: Final = rf"[^\w{GONE}]"
_ASK: Final = re.compile(
    rf"^{_GAP}*(?:please|bitte|(?:hi|hello|hallo)(?={_GAP}+\w)|من فضلك|رجاءً?)?{_GAP}*"
    rf"(?:(?:can you|could you|i(?:'d| "
    rf"would)? (?:want|need|like)|we (?:want|need)|give me|make|create|produce|build|design|"
    rf"generate|show|announce|introduce|promote|advertise|present|celebrate|cut|kündige|bewirb|bewerbe|"
    rf"stelle?|feiere|präsentiere|erstelle?|erzeuge?|mache?|baue?|produziere?|ich (?:möchte|brauche|will)|"
    rf"wir (?:möchten|brauchen)|gestalte?|zeige?|"
    rf"اصنع|أنشئ|انشئ|أريد|نريد|اعمل|صمم|صمّم|قدم|أنتج|اعرض|أعلن|أعلن عن|أعلني)(?:{_GAP}+(?:me|us|mir|uns|لي|"
    rf"لنا|عن)(?!\w))?{_GAP}+)?",
    re.I,
)
_EXPLAIN: Final = re.compile(
    r"^\W*(?:(?:please|bitte)\W+)?(?:explain(?: to \w+)?|show(?: us| me)?|tell(?: us| me)?|erklär[et]?\w*|"
    r"zeig[et]?(?: uns| mir)?|اشرح(?: لنا| لي)?|وضح|بيّن|بين)[\s,:]+"
    r"(?=(?:in|how|why|what|wie|warum|was|كيف|لماذا|ما)\b|" + GONE + r"|\W*\w)",
    re.I,
)
_STYLE: Final = frozenset(
    "something a an the in on with and or of to very more quite rather but for as at by its it "
    "is be some all style "
    "styled tone mood look feel feeling feels colour colours color colors coloured colored palette "
    "title titles text texts language languages background backgrounds ground accents accent music sound "
    "no without film video clip brand please keep make use light dark deep pale pastel muted soft mint "
    "electric neon high low energy feelings intimate gritty retro vintage hand-drawn classic quote "
    "then lyric lyrics bilingual both version format fps type typography font fonts letters "
    "serif sans motion animation "
    "animated slow slowly "
    "in im mit und oder ohne auf als der die das ein eine einen einem einer bitte stil ton stimmung farbe "
    "farben farbig musik titel text sprache sprachen hintergrund zweisprachig schrift sehr eher klassisch "
    "klassische klassischen "
    "tönen töne dunkel hell akzent akzente akzenten tones shades shade vibes vibe atmosphere "
    "و في مع بدون بلا من على ب بلون بألوان ألوان لون اللون الألوان أسلوب بأسلوب الأسلوب موسيقى نص عنوان "
    "العنوان لغة باللغة اللغتين بالعربية خلفية ثنائي طابع بطابع جدا جداً نبرة "
    "product brand company social media ad format formatted length produkt marke kurzer kurzes kurze "
    "kleiner kleines quick short brief fast snappy lots plenty bit touch knallig knallige knalligen "
    "منتج قصير قصيرة".split()
)
_COMMAND: Final = re.compile(
    r"^\W*(?:use|make|keep|render|please|style|tone|mood|look|feel|colou?rs?|palette|no|without|avoid|"
    r"don't|do not|nutze|verwende|mach\w*|bitte|stil|farben?|ohne|halte|keine?|"
    r"استخدم|اللون|الألوان|الأسلوب|بدون|بلا|لا|اجعل|اجعله)\b",
    re.I,
)
_LOOK: Final = re.compile(
    r"^(?!.*\b(?:your|our|my|their|deine?\w*|eure?\w*)\b)\W*(?:(?:please|bitte)\W+)?(?"
    r":[^\W\d]+[\s,]+){1,3}(?:colou?rs?|looks?|feel(?:ing)?|mood|"
    r"vibes?|tone|style|"
    r"palette|farben|stil|stimmung|töne|musik|music)\W*(?:please|bitte)?\W*$|"
    r"^\W*(?:بألوان|ألوان|بأسلوب|أسلوب|بطابع|طابع|أجواء)(?:\s+[^\W\d]+){1,3}\W*$",
    re.I,
)
"""A few words about the look, whatever the look is called."""
_FILM: Final = re.compile(
    r"^\W*(?:an?\s+|eine?n?\s+)?(?:[\w-]+\s+){0,2}(?:videos?|films?|clips?|animations?|trailers?|"
    r"teasers?|reels?|charts?|graphs?|diagramm\w*)\W*$|"
    rf"^\W*(?:in|with|mit|als)?\s*{NUMBER}\s+(?:easy\s+|simple\s+|quick\s+|short\s+|einfachen?\s+|"
    rf"kurzen?\s+)?"
    r"(?:steps?|points?|scenes?|parts?|chapters?|schritten?|punkten?|szenen?|teilen?|خطوات|نقاط|مشاهد)\W*$|"
    r"^\W*(?:for|für)\s+(?:(?:our|the|my|potential|new|unsere?|die|das)\s+)*(?:investors?|"
    r"customers?|clients?|"
    r"employees|staff|colleagues|audience|board|kids|children|investor\w*|kund\w*|mitarbeiter\w*|kinder)\W*$",
    re.I,
)
"""What the thing wanted is called, or whom it is for: said to the director, not to the film's viewers."""
_BREAK: Final = re.compile(
    rf"\s*(?::(?!\d)|[：;؛!?؟\n]|(?<=[^\W_]{{2}})\.(?=\s|$)|(?<={HIDDEN})\.(?=\s|$)|(?"
    rf"<=/[a-z])\.(?=\s|$)|\s\.\s|,(?!\d{{3}}(?!\d))|،|"
    rf"\s[–—-]\s|{GONE})\s*"
)


def head(text: str) -> tuple[str, str]:
    """Split a prompt into what its first sentence speaks of, and what comes after it."""
    text = _EXPLAIN.sub("", text, count=1) if _EXPLAIN.match(text) else _ASK.sub("", text, count=1)
    genre = re.search(rf"(?<!\w)(?:و?ال)?{_GENRE}(?:[ -]+{_GENRE})*(?!\w)", text[:240], re.I)
    early = genre is not None and not re.search(r"[:.;!?؟\n]", text[: genre.start()])
    if genre is not None and early:
        after = text[genre.end() :]
        lead = re.match(rf"^(?:[\s{GONE}]|\w+ )*?\s*{_LINK}\s+", after, re.I) or re.match(
            r"^\s*(?=ل\w{3,})", after
        )
        if lead and not re.search(r"[,:;.]", lead.group()):
            spoken, rest = _cut(after[lead.end() :])
            return _subject(spoken), rest
        if further := _further(after):
            return further
        before = re.sub(rf"^\W*{_ARTICLE}?", "", text[: genre.start()], flags=re.I)
        subject = _bare(before)
        if subject and not directive(subject):
            return _subject(subject), after
        spoken, rest = _cut(re.sub(r"^[\s:,.–—-]+", "", after))
        if _FILM.match(spoken):
            spoken, rest = _cut(re.sub(r"^[\s:,.–—-]+", "", rest))
        return ("", after) if directive(spoken) or not spoken else (_subject(spoken), rest)
    spoken, rest = _cut(text)
    return _subject(spoken), rest


def _bare(text: str) -> str:
    """Take the words off both ends that only say how the film is to be."""
    words = text.split()
    while words and directive(words[0]):
        words.pop(0)
    while words and directive(words[-1]):
        words.pop()
    return " ".join(words)


def _further(after: str) -> tuple[str, str] | None:
    """Find the subject behind a few clauses that only say how the film is to be: `a teaser, 8 s, for X`."""
    for link in re.finditer(rf"(?:^|[\s,.:;{GONE}])(for|about|für|über|عن|حول)\s+(?=\S)", after[:160], re.I):
        between = after[: link.start()]
        if all(directive(clause) for clause in re.split(r"[,.;:،]", between)):
            spoken, rest = _cut(after[link.end() :])
            return _subject(spoken), f"{between} . {rest}"
    return None


def _cut(text: str) -> tuple[str, str]:
    text = text.lstrip(f" {GONE}")
    stop = _BREAK.search(text)
    end = stop.start() if stop else len(text)
    if stop and text[end] in "?؟":
        end += 1
    inner = re.search(r"\s+(?:with|featuring|mit|مع|in|im|auf|ب)\s+", text[:end])
    tries = 0
    while inner and tries < MOST_TRIES:
        tries += 1
        tail = text[inner.start() : end]
        if directive(tail):
            return text[: inner.start()], text[end:]
        inner = re.compile(r"\s+(?:with|featuring|mit|مع|in|im|auf|ب)\s+").search(text[:end], inner.end())
    return text[:end], text[end:]


def _subject(text: str) -> str:
    text = " ".join(text.replace(GONE, " ").split()).strip(" ,.;:–—-")
    arabic = re.match(r"^ل(?:ل(?=\w)|ـ)?\s?(\w.*)$", text)
    if arabic and not text.startswith(
        ("لماذا", "لا ", "لن ", "لكل", "لون", "ليل", "لغة", "لقاء", "لوحة", "لحظة", "لبن", "لحم")
    ):
        return ("ال" if text.startswith("لل") else "") + arabic[1]
    text = re.sub(r"^that\s+(?=\S+\s+\S+)", "", text, flags=re.I)
    text = re.sub(
        r"\s+to\s+(?:(?:my|our|the|small|young)\s+)*(?:kids|children|beginners|pupils|students)$", "", text
    )
    if _STATES.search(text) or re.fullmatch(r"(?:the|my|our) [a-z]+", text):
        return text
    text = re.sub(r"^ب(?=عيد|مناسبة)", "", text)
    return re.sub(rf"^{_ARTICLE}+", "", text, flags=re.I)


def directive(clause: str) -> bool:
    """Tell whether a clause only says how the film is to be, not what it is to say."""
    if re.search(HIDDEN, clause):
        return False
    words = re.findall(r"#?[^\W_]+", clause.replace(GONE, " "))
    if not words:
        return True
    bare = " ".join(clause.replace(GONE, " ").split())
    said = _COMMAND.match(clause) or _LOOK.match(clause) or _FILM.match(bare)
    return bool(said) or all(_is_style(word) for word in words)


def _is_style(word: str) -> bool:
    low = word.lower()
    if low in _STYLE or is_tone(low) or find_colors(word) or find_ground(word) is not None or low.isdigit():
        return True
    if any(re.fullmatch(pattern, low, re.I) for pattern in (*NAMES.values(), *OCCASIONS.values())):
        return True
    return low.startswith("و") and len(low) > 3 and _is_style(low[1:])


def name_in(subject: str, tongue: str) -> str:
    """Find a name in a subject: the words with capitals, or after `by`; all of it when it is short."""
    by = re.search(
        r"\s(?<!ed )(?:by|from|von|vom|bei|at)\s+(?:the |der |dem "
        r")?((?:[A-ZÄÖÜ][\w’'&.-]*)(?:\s+(?:[A-ZÄÖÜ&][\w’'&.-]*|of|the|und|and))*)$",
        subject,
    )
    if by:
        return by[1]
    if tongue == "en":
        runs = re.findall(
            r"(?<!\w)[A-Z0-9][\w’'&.-]*(?:\s+(?:(?:of|the|and|&|for)\s+)*[A-Z0-9][\w’'&.-]*)*", subject
        )
        runs = [
            run for run in runs if not run[0].isdigit() and not _placed(subject, run) and not _DAY.match(run)
        ]
        if runs:
            return max(runs, key=len)
        return ""
    if tongue == "de" and not re.search(r"[A-ZÄÖÜ]", subject):
        return ""
    return subject if len(subject.split()) <= 4 else ""


def _placed(subject: str, name: str) -> bool:
    """Tell whether a name only says where: `a bakery in Berlin`."""
    before = r"in|near|around|(?:mov\w+|com\w+|go\w*|travel\w*|trips?|flights?|trains?|way) to"
    return re.search(rf"\S\s+(?:{before})\s+{re.escape(name)}", subject) is not None


_DAY: Final = re.compile(
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|today|tomorrow|tonight|weekend|january|february|march|april|may|june|july|august|september|october|november|december)(?!\w)",
    re.I,
)
"""A day is no name, however it is spelled."""
_US: Final = (
    r"(?:(?:all of us|everyone|your friends|(?:the|das|dem|eurem|ihrem|your) (?:whole |"
    r"ganze[mn]? )?(?:team|family|crew))"
    r"\s+(?:at|from|of|bei|von)\s+)"
)
_STATES: Final = re.compile(
    r"^(?:our|my|the)\s+(?:\w+\s+){1,3}(?:is|are|has|have|grew|rose|fell|turns?)\s", re.I
)
"""A whole sentence, which keeps its first word."""
_GREW: Final = re.compile(
    r"(?<!\w)(?:grew|grown|grows?|rose|risen|rises?|fell|fallen|falls?|dropped|drops?|increased|increases?|"
    r"decreased|went|jumped|doubled|up|down)\s+from\s+\S*\d",
    re.I,
)
"""A change between two numbers is one thing that is said."""
_MONTH: Final = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)\w*|يناير|فبراير|مارس|"
    r"أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر"
)


def named_there(subject: str) -> tuple[str, str]:
    """Part the name from what it names: `a travel app called Roam`, `our aunt Edith who turns 80`."""
    called = re.match(
        r"(?:(?P<what>.*)\s)?(?:called|named|namens|genannt|اسمه|اسمها|يسمى|تسمى|باسم)\s+(?P<name>\w.*)$",
        subject,
    )
    if called:
        return called["name"], (called["what"] or "") if re.search("[\u0600-\u06ff]", subject) else ""
    who = re.match(
        r"(?:[a-z]+\s+){0,3}(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)*),?\s+(?:who|which|"
        r"that)\s+(?P<what>.+)$",
        subject,
    )
    return (who["name"], who["what"]) if who else (subject, "")


def split_subject(subject: str) -> tuple[str, str]:
    """Split a subject into what it names, and when, where or by whom: `summer party`, `on 14 June`."""
    if _GREW.search(subject):
        return subject, ""
    when = re.search(
        rf"(?:\s(?:opens?|starts?|begins?|closes?|returns?|öffnet|beginnt|startet|"
        rf"schließt))?\s(?:on|at|from|until|am|um|ab|vom|bis|im|in|في|يوم)\s+(?=[^,]*(?:\d|{_MONTH}))",
        subject,
        re.I,
    )
    if when and len(subject[: when.start()].split()) > 0:
        return subject[: when.start()], subject[when.start() :].strip()
    by = re.search(rf"\s(?:by|from|von|vom)\s+(?={_US}?(?:the |der |dem )?[A-ZÄÖÜ])", subject)
    if by:
        return subject[: by.start()], subject[by.start() :].strip()
    return subject, ""
