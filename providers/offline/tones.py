"""The mood of a film: what prompts call it, and what follows from it."""

from __future__ import annotations

import re
from typing import Final

_NAMED: Final = {
    "calm": "intimate intim\\w* calm\\w* quiet\\w* gentle soft serene peaceful tranquil soothing "
    "ruhig\\w* sanft\\w* leise[rsn]? still\\w*? entspannt\\w* هادئة? هادئ ناعمة? مريحة?",
    "bold": "bold loud striking strong punchy heavy mutig\\w* kräftig\\w* laut\\w* stark\\w* جريئة? قوية? "
    "صاخبة?",
    "elegant": "elegant\\w* luxur\\w* refined classy premium noble sophisticated classic\\w* timeless "
    "klassisch\\w* zeitlos\\w* edel\\w* nobel\\w* vornehm\\w* luxuriös\\w* كلاسيكية? أنيقة? "
    "فاخرة? راقية?",
    "playful": "playful fun funny childlike cheerful happy whimsical joyful verspielt\\w* fröhlich\\w* "
    "lustig\\w* heiter\\w* مرحة? ممتعة? سعيدة? لطيفة?",
    "energetic": "energetic fast dynamic lively upbeat sporty vibrant energisch\\w* dynamisch\\w* "
    "schnell\\w* lebhaft\\w* sportlich\\w* حماسية? حيوية? سريعة? ديناميكية?",
    "cinematic": "cinematic dramatic epic moody atmospheric filmisch\\w* dramatisch\\w* episch\\w* "
    "stimmungsvoll\\w* سينمائية? درامية? ملحمية?",
    "warm": "warm\\w* cosy cozy homely friendly herzlich\\w* gemütlich\\w* freundlich\\w* دافئة? ودية? "
    "حميمة?",
    "minimal": "minimal\\w* clean simple plain reduced sober schlicht\\w* klar\\w* reduziert\\w* "
    "einfach\\w* بسيطة? نظيفة? مينيمال",
    "fresh": "fresh young frisch\\w* jung\\w* منعشة? شبابية?",
    "serious": "serious formal corporate professional trustworthy factual seriös\\w* ernst\\w* "
    "sachlich\\w* professionell\\w* رسمية? جادة? مهنية?",
    "festive": "festive celebratory festlich\\w* feierlich\\w* احتفالية? احتفالي بهيجة?",
    "modern": "modern\\w* futuristic techy sleek technisch\\w* zukunft\\w* عصرية? حديثة? مستقبلية?",
}
_PACES: Final = {
    "calm": re.compile(r"(?<!\w)(?:slow|unhurried)(?!\w)", re.I),
}
"""A pace is a mood where none is named."""
_TONES: Final = [
    (tone, re.compile(rf"(?<!\w)(?:و?ال|و)?(?:{'|'.join(names.split())})(?!\w)", re.I))
    for tone, names in _NAMED.items()
]

OCCASIONS: Final = {
    "launch": r"launch\w*|teaser|coming soon|premiere|release|markteinführung|neuheit|vorankündigung|إطلاق|"
    r"افتتاح|تشويقي\w*|قريبا|قريباً",
    "invitation": r"invit\w*|save the date|einladung\w*|lädt ein|دعوة|ندعوكم|يدعوكم",
    "birthday": r"birthdays?|\w*geburtstag\w*|عيد ميلاد\w*",
    "thanks": r"thank[- ]you|thanks|danke\w*|شكرا|شكرًا|شكر",
    "greeting": r"greeting\w*|congratulat\w*|grüße|gruß|glückwunsch\w*|"
    r"تهنئة|معايدة|شكر",
    "sale": r"sale|discount|offer|rabatt\w*|angebot\w*|schlussverkauf|خصم|تخفيضات|عرض خاص",
    "event": r"event|festival|concert|exhibition|conference|workshop|fair|open day|konzert\w*|"
    r"ausstellung\w*|messe|veranstaltung\w*|tag der offenen tür|معرض|مهرجان|مؤتمر|ورشة|حفل",
}
KICKERS: Final = {
    "launch": {"en": "Coming soon", "de": "Bald ist es so weit", "ar": "قريبًا"},
    "invitation": {"en": "You are invited", "de": "Herzlich eingeladen", "ar": "أنتم مدعوون"},
    "birthday": {
        "en": "Happy birthday",
        "de": "Alles Gute zum Geburtstag",
        "ar": "عيد ميلاد سعيد",
    },
    "thanks": {"en": "Thank you", "de": "Danke", "ar": "شكرًا"},
    "greeting": {"en": "With best wishes", "de": "Mit besten Wünschen", "ar": "مع أطيب التمنيات"},
    "sale": {"en": "On offer", "de": "Im Angebot", "ar": "عرض خاص"},
    "event": {"en": "Save the date", "de": "Zum Vormerken", "ar": "احفظوا الموعد"},
    "explain": {"en": "Explained", "de": "Kurz erklärt", "ar": "شرح مبسّط"},
}
"""Short lines that claim nothing, for films whose prompt gives none."""
MOODS: Final = {
    "calm": {"en": "Take a quiet moment.", "de": "Ein Moment Ruhe.", "ar": "لحظة هدوء"},
    "bold": {"en": "Look here.", "de": "Hier hinschauen.", "ar": "انظروا هنا"},
    "elegant": {"en": "Made with care.", "de": "Mit Sorgfalt.", "ar": "بعناية"},
    "playful": {"en": "Here we go!", "de": "Los geht’s!", "ar": "هيا بنا!"},
    "energetic": {"en": "Let’s go.", "de": "Auf geht’s.", "ar": "لننطلق"},
}
_FACES: Final = {
    "calm": ("EB Garamond", 500),
    "elegant": ("EB Garamond", 500),
    "cinematic": ("Noto Serif Display", 700),
    "festive": ("EB Garamond", 500),
    "warm": ("EB Garamond", 500),
    "bold": ("Bebas Neue", 700),
    "energetic": ("Bebas Neue", 700),
    "playful": ("League Spartan", 800),
    "fresh": ("League Spartan", 700),
    "minimal": ("Inter Display", 700),
    "modern": ("Inter Display", 700),
    "serious": ("Inter", 800),
}
_ARABIC_FACES: Final = {
    "calm": ("Noto Naskh Arabic", 700),
    "elegant": ("Amiri", 700),
    "cinematic": ("Amiri", 700),
    "festive": ("Amiri", 700),
    "warm": ("Noto Naskh Arabic", 700),
}


def find_tone(text: str) -> str:
    """Find the mood that a text names first; empty when it names none."""
    found = [(match.start(), tone) for tone, pattern in _TONES if (match := pattern.search(text))]
    if not found:
        found = [(0, tone) for tone, pattern in _PACES.items() if pattern.search(text)]
    return min(found)[1] if found else ""


def find_occasion(text: str) -> str:
    """Find what the film is for; empty when the text does not say."""
    found = [
        (match.start(), name)
        for name, pattern in OCCASIONS.items()
        if (match := re.search(rf"(?<!\w)(?:و?ال|ل|ب)?(?:{pattern})(?!\w)", text, re.I))
    ]
    names = {name for _, name in found}
    if "birthday" in names and not names & {"invitation", "sale", "event", "launch"}:
        return "birthday"
    return min(found)[1] if found else ""


def is_tone(word: str) -> bool:
    """Tell whether a single word names a mood."""
    return any(pattern.fullmatch(word) for _, pattern in (*_TONES, *_PACES.items()))


def faces(tone: str) -> tuple[str, int, str, int]:
    """Choose the display faces of a mood: Latin and its weight, Arabic and its weight."""
    return (*_FACES.get(tone, ("Inter", 800)), *_ARABIC_FACES.get(tone, ("Noto Kufi Arabic", 700)))
