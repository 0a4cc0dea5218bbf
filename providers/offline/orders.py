"""What a refinement asks to change, told against the words that the film has."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, cast

from providers.offline.colors import find_colors, find_ground, palette
from providers.offline.found import tidy
from providers.offline.glossary import second_title
from providers.offline.length import find_frame, find_length
from providers.offline.lists import items, point
from providers.offline.numerals import NUMBER, plain, value
from providers.offline.quotes import HIDDEN, hide, show
from providers.offline.reading import cut_off
from providers.offline.source import points_in
from providers.offline.tones import faces, find_tone
from providers.offline.tongues import named
from providers.offline.tunes import ordered

FRAMES: Final = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
_FIELDS: Final = {
    "SECOND_TITLE": r"(?:second|arabic|german|english) title|(?:zweite|arabische|englische|deutsche)[rn]? "
    r"titel|العنوان (?:الثاني|العربي|الإنجليزي)",
    "SUBTITLE": r"sub-?title|sub-?line|tag-?line|slogan|untertitel|unterzeile|العنوان الفرعي|الشعار",
    "KICKER": r"kicker|overline|eyebrow|dachzeile|السطر العلوي",
    "TITLE": r"title|headline|heading|titel|überschrift|العنوان",
    "BRAND": r"brand(?: name)?|name|marke|firma|العلامة(?: التجارية)?|الاسم",
    "CALL": r"call[- ]to[- ]action|cta|call|button|closing line|aufruf|knopf|schlusszeile|الدعوة|الزر|"
    r"الخاتمة",
    "LINK": r"link|url|web ?site|web(?:seite|adresse)|adresse|الرابط|الموقع",
    "SOUND": r"sound|music|musik|ton|الموسيقى|الصوت",
    "LOGO": r"logo|الشعار المصور|اللوغو",
}
_ANY: Final = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FIELDS.items())
_CHANGE: Final = (
    r"(?:please\s+|bitte\s+)?(?:change|set|make|update|rename|turn|replace|ändere?|setze?|"
    r"mach\w*|ersetze?|nenne?|benenne|غيّر|غير|اجعل|بدّل|بدل|عدّل|عدل)"
)
_TO: Final = r"(?:to(?: be| say| read)?|into|with|as|in|zu|auf|durch|um in|إلى|الى|ليصبح|لتصبح|بـ|ب)"
_END: Final = (
    r"(?=\s*(?:[.!؟](?:\s|$)|[;؛\n]|$|,\s*(?:and|und|then|dann|but|aber)\s|\s(?:and|"
    r"und)\s(?:make|change|add|remove|set|mach|ändere|füge|entferne)\b|\sو(?:غيّر|غير|اجعل|أضف|احذف)))"
)
_SET: Final = re.compile(
    rf"(?<!\w)و?(?:{_CHANGE}\s+)(?:the\s+|den\s+|die\s+|"
    rf"das\s+)?(?:film'?s\s+)?(?:{_ANY})\s*{_TO}\s*[:：]?\s*(?P<text>.+?){_END}"
    rf"|(?<!\w)(?:new\s+|neue[rs]?\s+|the\s+|der\s+)?(?:{_ANY.replace('(?P<', '(?P<x')})\s*(?:[:：=]|is now|"
    rf"should (?:be|read)|soll(?:te)? (?:sein|heißen|lauten)?)\s*(?P<text2>.+?){_END}",
    re.I,
)
_SWAP: Final = re.compile(
    rf"(?<!\w)و?(?:{_CHANGE}|استبدل)\s+(?:the (?:word|text|line|phrase) |das wort |den text |عبارة |كلمة "
    rf")?(?P<old>{HIDDEN}|\S+(?: \S+){{0,3}}?)\s+{_TO}\s*(?P<new>{HIDDEN})"
    rf"|(?:instead of|statt|anstatt|بدلا من|بدلاً من)\s*(?P<old2>{HIDDEN})[\s,:]*(?:say|write|schreibe?|"
    rf"use|اكتب)?\s*(?P<new2>{HIDDEN})",
    re.I,
)
_THING: Final = (
    r"(?:points?|features?|steps?|benefits?|reasons?|lines?|scenes?|items?|punkte?s?|"
    r"schritte?s?|vorteile?s?|merkmale?s?|zeilen?|szenen?|نقطة|النقطة|نقاط|خطوة|الخطوة|ميزة|الميزة|مشهد|"
    r"سطر|فائدة)"
)
_ADD: Final = re.compile(
    rf"(?<!\w)و?(?:add|append|include|(?:füge?|fügen sie)|ergänze?|hinzu|أضف|اضف|ضف)\s+(?:(?:a|an|another|"
    rf"one more|the|new|einen|eine|ein|noch|weiteren|weitere|neuen|"
    rf"{NUMBER})\s+)*{_THING}(?:\s+جديدة)?\s*(?:hinzu|an)?\s*"
    rf"(?:[:：]|(?:that )?(?:says?|reading|called|about|on)|namens|über|عن|تقول|بعنوان|-|–|"
    rf"(?={HIDDEN}))\s*(?P<text>.+?)(?:\s+hinzu)?(?=\s*(?:[.!؟](?:\s|$)|\n|$))",
    re.I,
)
_DROP: Final = re.compile(
    rf"(?<!\w)و?(?:remove|delete|drop|leave out|without|no|entferne?|lösche?|streiche?|ohne|kein(?:e|en)?|"
    rf"احذف|أزل|ازل|بدون)\s+(?:the\s+|den\s+|die\s+|das\s+|any\s+)?"
    rf"(?:(?P<which>last|first|second|third|fourth|fifth|sixth|letzte[nr]?|erste[nr]?|zweite[nr]?|"
    rf"dritte[nr]?|vierte[nr]?|{NUMBER}\.?)\s+)?"
    rf"(?:(?P<thing>{_THING})(?:\s*(?:number|nr\.?|رقم)?\s*(?P<number>\d+|الأخيرة|الأخير|الأولى|الثانية|"
    rf"الثالثة|الرابعة))?(?:\s*[:：]?\s*(?P<named>{HIDDEN}|.+?(?=[.!؟]\s|[.!؟]?$)))?|{_ANY}|"
    rf"(?P<quote>{HIDDEN}))(?!\w)",
    re.I,
)
_ORDINALS: Final = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "erst": 1,
    "zweit": 2,
    "dritt": 3,
    "viert": 4,
    "الأولى": 1,
    "الثانية": 2,
    "الثالثة": 3,
    "الرابعة": 4,
    "last": -1,
    "letzt": -1,
    "الأخير": -1,
}
_SHORTER: Final = re.compile(r"(?<!\w)(?:shorter|shorten|kürzer|kürze|أقصر|قصّر|قصر)(?!\w)", re.I)
_LONGER: Final = re.compile(r"(?<!\w)(?:longer|lengthen|extend|länger|verlängere|أطول|أطل|مدّد)(?!\w)", re.I)
_BIGGER: Final = re.compile(r"(?<!\w)(?:bigger|larger|größer\w*|أكبر|كبّر|كبر)(?!\w)", re.I)
_SMALLER: Final = re.compile(r"(?<!\w)(?:smaller|kleiner\w*|أصغر|صغّر|صغر)(?!\w)", re.I)
_DARKER: Final = re.compile(r"(?<!\w)(?:darker|dunkler|أغمق)(?!\w)", re.I)
_LIGHTER: Final = re.compile(r"(?<!\w)(?:lighter|brighter|heller|أفتح)(?!\w)", re.I)
TEXTS: Final = ("TITLE", "SECOND_TITLE", "KICKER", "SUBTITLE", "BRAND", "CALL", "LINK")


Act = Callable[[re.Match[str]], bool]
Say = Callable[[str], str]
Now = Callable[[str], Any]


@dataclass
class Orders:
    """The constants of content.py that are to change, and what is to be said of it."""

    words: dict[str, Any] = field(default_factory=dict[str, Any])
    frame: tuple[int, int] | None = None
    told: list[str] = field(default_factory=list[str])
    refused: list[str] = field(default_factory=list[str])

    def __bool__(self) -> bool:
        return bool(self.words) or self.frame is not None


def orders(text: str, known: Mapping[str, Any]) -> Orders:
    """Read a refinement; `known` are the constants as they stand."""
    rest, phrases = hide(cut_off(text))
    made = Orders()

    def now(name: str) -> Any:
        return made.words.get(name, known.get(name, ""))

    def said(piece: str) -> str:
        return tidy(show(piece, phrases))

    def add(match: re.Match[str]) -> bool:
        return _add(made, points_in(now("POINTS")), match["text"], said)

    def swap(match: re.Match[str]) -> bool:
        old, new = match["old"] or match["old2"], match["new"] or match["new2"]
        return _swap(made, known, said(old), said(new))

    def drop(match: re.Match[str]) -> bool:
        return _drop(made, now, match, said)

    def put(match: re.Match[str]) -> bool:
        return _set(made, match, said)

    rest = _tune(made, rest, known)
    for pattern, act in ((_ADD, add), (_SWAP, swap), (_DROP, drop), (_SET, put)):
        rest = _each(pattern, rest, act)
    _measures(made, rest, known)
    _looks(made, rest, known)
    _second(made, rest, now)
    _follow(made, known)
    if not made:
        made.refused.append(
            "I found nothing in this that I can change. I can change length, format, colors, mood and type "
            "size, "
            "and set, add, replace or remove titles, points, the call, the link and the sound."
        )
    return made


def _tune(made: Orders, rest: str, known: Mapping[str, Any]) -> str:
    """Change the music, or leave it out together with a sound of the user's own."""
    mood, rest = ordered(rest)
    if mood is None or "MUSIC" not in known:
        return rest
    made.words["MUSIC"] = mood
    if not mood and known.get("SOUND"):
        made.words["SOUND"] = ""
    made.told.append(f"the music is {mood} now" if mood else "there is no music any more")
    return rest


def _each(pattern: re.Pattern[str], text: str, act: Act) -> str:
    """Act on every match that can be acted on, and take it out of the text."""
    rest, clock = "", 0
    for match in pattern.finditer(text):
        if act(match):
            rest += text[clock : match.start()] + " . "
            clock = match.end()
    return rest + text[clock:]


def _add(made: Orders, points: list[dict[str, str]], text: str, said: Say) -> bool:
    fresh = [point(said(each)) for each in items(text)]
    if not fresh:
        return False
    made.words["POINTS"] = [*points, *({"title": each.title, "text": each.text} for each in fresh)]
    made.told.append(f"added {', '.join(repr(each.title) for each in fresh)}")
    return True


def _swap(made: Orders, known: Mapping[str, Any], old: str, new: str) -> bool:
    """Replace words wherever the film says them."""
    found = False
    pattern = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.I)
    for name in TEXTS:
        text = made.words.get(name, known.get(name))
        if isinstance(text, str) and pattern.search(text):
            made.words[name], found = pattern.sub(lambda _: new, text), True
    listed = points_in(made.words.get("POINTS", known.get("POINTS")))
    changed = [
        {key: text if key == "layout" else pattern.sub(lambda _: new, text) for key, text in each.items()}
        for each in listed
    ]
    if changed != listed:
        made.words["POINTS"], found = changed, True
    if found:
        made.told.append(f"{old!r} is {new!r} now")
    return found


def _drop(made: Orders, now: Now, match: re.Match[str], said: Say) -> bool:
    listed = points_in(now("POINTS"))
    if match["thing"] or match["quote"]:
        if not listed:
            return False
        index = _index(match, listed, said)
        if index is None:
            made.refused.append(
                f"I found no such point to remove; there are "
                f"{', '.join(str(each['title']) for each in listed)}."
            )
            return True
        made.told.append(f"removed {listed[index]['title']!r}")
        made.words["POINTS"] = [each for place, each in enumerate(listed) if place != index]
        return True
    name = next(name for name in _FIELDS if match[name])
    if not now(name) or name == "TITLE":
        return False
    made.words[name] = ""
    made.told.append(f"removed the {name.lower().replace('_', ' ')}")
    return True


def _index(match: re.Match[str], listed: list[dict[str, str]], said: Say) -> int | None:
    """Which point is meant: by its place or by its words."""
    which = (match["which"] or match["number"] or "").lower().rstrip(".")
    place = next((number for word, number in _ORDINALS.items() if which and which.startswith(word)), None)
    if place is None and which and re.fullmatch(NUMBER, plain(which), re.I):
        place = int(value(plain(which)))
    if place is not None:
        place = place - 1 if place > 0 else len(listed) - 1
        return place if 0 <= place < len(listed) else None
    words = said(match["named"] or match["quote"] or "").casefold()
    return next(
        (index for index, each in enumerate(listed) if words and words in str(each["title"]).casefold()), None
    )


def _set(made: Orders, match: re.Match[str], said: Say) -> bool:
    name = next(name for name in _FIELDS if match[name] or match[f"x{name}"])
    text = said(match["text"] or match["text2"])
    if not text or name in ("SOUND", "LOGO"):
        return False
    made.words[name] = text
    made.told.append(f"the {name.lower().replace('_', ' ')} is {text!r} now")
    return True


def _measures(made: Orders, rest: str, known: Mapping[str, Any]) -> None:
    """Length, frame and size of type."""
    seconds, _ = find_length(rest)
    old = float(known.get("SECONDS") or 12)
    if seconds is None and (_SHORTER.search(rest) or _LONGER.search(rest)):
        seconds = max(3.0, round(old * (0.75 if _SHORTER.search(rest) else 1.3)))
    elif seconds is not None and re.search(
        r"(?:seconds?|secs?|s|sekunden?|ثانية|ثوان)\s+(?:shorter|kürzer|أقصر)|(?:shorter|kürzer|"
        r"أقصر)\s+(?:by|um|بـ?)(?!\w)",
        rest,
        re.I,
    ):
        seconds = max(3.0, old - seconds)
    elif seconds is not None and re.search(
        r"(?:seconds?|secs?|s|sekunden?|ثانية|ثوان)\s+(?:longer|länger|أطول)|(?:longer|länger|"
        r"أطول)\s+(?:by|um|بـ?)(?!\w)",
        rest,
        re.I,
    ):
        seconds = old + seconds
    if seconds is not None and seconds != old:
        made.words["SECONDS"] = int(seconds) if float(seconds).is_integer() else round(seconds, 3)
        made.told.append(f"the film lasts {seconds:g} seconds now")
    frame, _ = find_frame(rest)
    if frame is not None:
        made.frame = FRAMES[frame]
        made.told.append(f"its format is {frame} now")
    if _BIGGER.search(rest) or _SMALLER.search(rest):
        step = 1.12 if _BIGGER.search(rest) else 0.88
        made.words["TYPE_SCALE"] = round(min(max(float(known.get("TYPE_SCALE") or 1) * step, 0.6), 1.4), 3)
        made.told.append(f"the type is {'larger' if step > 1 else 'smaller'} now")


def _looks(made: Orders, rest: str, known: Mapping[str, Any]) -> None:
    """Colors and mood."""
    colors, dark, tone = find_colors(rest), find_ground(rest), find_tone(rest)
    if _DARKER.search(rest) or _LIGHTER.search(rest):
        dark = bool(_DARKER.search(rest))
    old: Any = known.get("COLORS")
    if (colors or dark is not None) and isinstance(old, dict):
        base = colors or (str(cast("dict[str, object]", old)["accent"]),)
        made.words["COLORS"] = palette(base, dark, tone, 0)
        made.told.append(
            "its colors are new" if colors else f"its ground is {'dark' if dark else 'light'} now"
        )
    if tone:
        latin, weight, arabic, heavy = faces(tone)
        made.words |= {
            "FONTS": {"display": latin, "body": "Inter"},
            "WEIGHT": weight,
            "ARABIC_FONTS": {"display": arabic, "body": "Noto Sans Arabic"},
            "ARABIC_WEIGHT": heavy,
        }
        made.told.append(f"its mood is {tone} now")


def _follow(made: Orders, known: Mapping[str, Any]) -> None:
    """Let what repeated the old title follow the new one."""
    old, new = known.get("TITLE"), made.words.get("TITLE")
    if not isinstance(new, str) or not old:
        return
    if known.get("BRAND") == old and "BRAND" not in made.words:
        made.words["BRAND"] = new
    if known.get("SECOND_TITLE") and "SECOND_TITLE" not in made.words:
        language, target = str(known.get("LANGUAGE") or "en"), str(known.get("SECOND_LANGUAGE") or "")
        written, _ = second_title(new, language, target)
        if written:
            made.words["SECOND_TITLE"] = written
            made.told.append(f"its second title is {written!r}")
        else:
            made.refused.append(
                f"I cannot translate {new!r}; the second title still reads {known['SECOND_TITLE']!r}."
            )


def _second(made: Orders, rest: str, now: Now) -> None:
    """The title in another language."""
    target = next((code for code in named(rest) if code != now("LANGUAGE")), "")
    if not target or "SECOND_TITLE" in made.words:
        return
    written, aside = second_title(str(now("TITLE")), str(now("LANGUAGE") or "en"), target)
    if written:
        made.words |= {"SECOND_TITLE": written, "SECOND_LANGUAGE": target}
        made.told.append(f"the title also reads {written!r}")
    if aside:
        made.refused.append(aside)
