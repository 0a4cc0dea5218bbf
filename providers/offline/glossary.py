"""A small, honest glossary: names and what they stand beside, from one script to the other."""

from __future__ import annotations

import re
from typing import Final

_NOUNS: Final = {
    "tea": ("Tee", "شاي"),
    "coffee": ("Kaffee", "قهوة"),
    "bakery": ("Bäckerei", "مخبز"),
    "bread": ("Brot", "خبز"),
    "café": ("Café", "مقهى"),
    "cafe": ("Café", "مقهى"),
    "garden": ("Garten", "حديقة"),
    "house": ("Haus", "بيت"),
    "home": ("Zuhause", "بيت"),
    "museum": ("Museum", "متحف"),
    "library": ("Bibliothek", "مكتبة"),
    "school": ("Schule", "مدرسة"),
    "bank": ("Bank", "بنك"),
    "bookshop": ("Buchhandlung", "مكتبة"),
    "books": ("Bücher", "كتب"),
    "festival": ("Festival", "مهرجان"),
    "hotel": ("Hotel", "فندق"),
    "studio": ("Studio", "استوديو"),
    "market": ("Markt", "سوق"),
    "water": ("Wasser", "ماء"),
    "light": ("Licht", "ضوء"),
    "honey": ("Honig", "عسل"),
    "oil": ("Öl", "زيت"),
    "perfume": ("Parfüm", "عطر"),
    "kitchen": ("Küche", "مطبخ"),
    "pharmacy": ("Apotheke", "صيدلية"),
    "clinic": ("Klinik", "عيادة"),
    "academy": ("Akademie", "أكاديمية"),
    "shop": ("Laden", "متجر"),
    "store": ("Laden", "متجر"),
    "restaurant": ("Restaurant", "مطعم"),
    "app": ("App", "تطبيق"),
    "farm": ("Hof", "مزرعة"),
    "gallery": ("Galerie", "معرض"),
    "theatre": ("Theater", "مسرح"),
    "theater": ("Theater", "مسرح"),
    "radio": ("Radio", "راديو"),
    "city": ("Stadt", "مدينة"),
    "summer": ("Sommer", "الصيف"),
    "chocolate": ("Schokolade", "شوكولاتة"),
    "juice": ("Saft", "عصير"),
    "roses": ("Rosen", "ورد"),
    "dates": ("Datteln", "تمور"),
    "soap": ("Seife", "صابون"),
}
"""English to German and Arabic."""
_PHRASES: Final = {
    "coming soon": ("Demnächst", "قريبًا"),
    "good morning": ("Guten Morgen", "صباح الخير"),
    "welcome": ("Willkommen", "أهلًا وسهلًا"),
    "thank you": ("Danke", "شكرًا"),
    "happy birthday": ("Alles Gute zum Geburtstag", "عيد ميلاد سعيد"),
    "ramadan kareem": ("Ramadan Karim", "رمضان كريم"),
    "eid mubarak": ("Eid Mubarak", "عيد مبارك"),
    "happy new year": ("Frohes neues Jahr", "سنة جديدة سعيدة"),
    "open day": ("Tag der offenen Tür", "يوم مفتوح"),
    "hello": ("Hallo", "مرحبًا"),
    "good evening": ("Guten Abend", "مساء الخير"),
}
_NAMES: Final = {
    "noor": "نور",
    "nour": "نور",
    "layla": "ليلى",
    "leila": "ليلى",
    "amal": "أمل",
    "salma": "سلمى",
    "yasmin": "ياسمين",
    "jasmine": "ياسمين",
    "zaytoun": "زيتون",
    "qamar": "قمر",
    "shams": "شمس",
    "najm": "نجم",
    "bahr": "بحر",
    "ward": "ورد",
    "rihla": "رحلة",
    "dar": "دار",
    "bayt": "بيت",
    "sama": "سما",
    "maha": "مها",
    "cairo": "القاهرة",
    "dubai": "دبي",
    "beirut": "بيروت",
    "amman": "عمّان",
    "damascus": "دمشق",
    "berlin": "برلين",
    "london": "لندن",
    "vienna": "فيينا",
    "linz": "لينتس",
    "hamburg": "هامبورغ",
    "munich": "ميونخ",
    "paris": "باريس",
    "rome": "روما",
}
_LETTERS: Final = (
    ("tsch", "تش"),
    ("sch", "ش"),
    ("sh", "ش"),
    ("ch", "تش"),
    ("th", "ث"),
    ("kh", "خ"),
    ("gh", "غ"),
    ("ph", "ف"),
    ("oo", "و"),
    ("ou", "و"),
    ("ee", "ي"),
    ("ie", "ي"),
    ("ai", "اي"),
    ("ei", "اي"),
    ("ay", "اي"),
    ("au", "او"),
    ("ck", "ك"),
    ("qu", "كو"),
    ("a", "ا"),
    ("b", "ب"),
    ("c", "ك"),
    ("d", "د"),
    ("e", "ي"),
    ("f", "ف"),
    ("g", "غ"),
    ("h", "ه"),
    ("i", "ي"),
    ("j", "ج"),
    ("k", "ك"),
    ("l", "ل"),
    ("m", "م"),
    ("n", "ن"),
    ("o", "و"),
    ("p", "ب"),
    ("q", "ق"),
    ("r", "ر"),
    ("s", "س"),
    ("t", "ت"),
    ("u", "و"),
    ("v", "ف"),
    ("w", "و"),
    ("x", "كس"),
    ("y", "ي"),
    ("z", "ز"),
    ("ä", "ي"),
    ("ö", "و"),
    ("ü", "و"),
    ("ß", "س"),
    ("é", "ي"),
)
_COLUMN: Final = {"en": 0, "de": 1, "ar": 2}


def second_title(title: str, source: str, target: str) -> tuple[str, str]:
    """Write a title in another language; gives it and what has to be said about it, each perhaps empty.

    Phrases and nouns come from the glossary; other words are taken for names: they stay as they are in a
    Latin script and are spelled by sound in Arabic. A sentence that is no name is not translated.
    """
    rows = [(english, *others) for english, others in {**_NOUNS, **_PHRASES}.items()]
    if source not in _COLUMN or target not in _COLUMN:
        return "", f"I cannot translate {title!r}; it stands in one language only."
    one, two = _COLUMN[source], _COLUMN[target]
    known = {row[one].lower(): row[two] for row in rows}
    whole = known.get(title.strip(" .!؟?").lower())
    if whole:
        return _cased(whole, target), ""
    words = title.split()
    if source == "ar":
        return _from_arabic(title, words, known, target)
    if not words or len(words) > 4 or not all(word[:1].isupper() or word.lower() in known for word in words):
        return "", f"I cannot translate {title!r}; it stands in one language only."
    nouns = [known[word.lower()] for word in words if word.lower() in known]
    names = [word for word in words if word.lower() not in known]
    if target == "ar":
        spelled = [_NAMES.get(name.lower()) or by_sound(name) for name in names]
        sounded = [name for name in names if name.lower() not in _NAMES]
        note = f"{', '.join(sounded)} is spelled by sound in Arabic; please check it." if sounded else ""
        return " ".join([*nouns, *spelled]), note
    if not nouns:
        return "", f"{title!r} is a name; it is the same in both languages and stands once."
    return " ".join(_cased(known.get(word.lower(), word), target) for word in words), ""


def _from_arabic(title: str, words: list[str], known: dict[str, str], target: str) -> tuple[str, str]:
    back = {arabic: name.capitalize() for name, arabic in reversed(_NAMES.items())}
    found = [
        known.get(word)
        or known.get(word.removeprefix("ال"))
        or back.get(word)
        or back.get(word.removeprefix("ال"))
        for word in words
    ]
    if not words or len(words) > 3 or not all(found):
        return "", f"I cannot translate {title!r}; it stands in Arabic only."
    return " ".join(_cased(word, target) for word in reversed(found) if word), ""


def by_sound(name: str) -> str:
    """Spell a name of Latin letters in Arabic ones, as it sounds."""
    rest, written = name.lower(), ""
    while rest:
        latin, arabic = next(
            ((one, other) for one, other in _LETTERS if rest.startswith(one)), (rest[0], rest[0])
        )
        # A short vowel in the middle is not written when one was just written.
        written += "" if latin in "aeiou" and written[-1:] in "اوي" and len(latin) == 1 else arabic
        rest = rest[len(latin) :]
    return re.sub(r"(.)\1", r"\1", written)


def _cased(text: str, target: str) -> str:
    return text if target == "ar" else text[:1].upper() + text[1:]
