"""Projects made from templates, compiled in this process as the sandbox compiles them in its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.photo import photo
from domain.composition import Composition
from domain.plugins import load_all
from domain.template import Shape, Template

FORMATS = {"16:9": (1920, 1080), "9:16": (1080, 1920), "1:1": (1080, 1080)}
ARABIC: dict[str, Any] = {
    "TITLE": "صباح يليق بك",
    "KICKER": "مقهى الياسمين",
    "SUBTITLE": "قهوة طازجة كل صباح",
    "BRAND": "مقهى الياسمين",
    "POINTS": [{"title": "قهوة طازجة", "text": "تحمص كل يوم"}, {"title": "حلويات منزلية", "text": ""}],
    "CALL": "زورونا اليوم",
    "LINK": "yasmin.example",
    "FACTS": ["١٢ مارس", "الرياض"],
    "LANGUAGE": "ar",
}
LONG: dict[str, Any] = {
    "TITLE": "Donaudampfschifffahrtsgesellschaft",
    "KICKER": "Ausstellung",
    "BRAND": "Technikmuseum Linz",
    "SUBTITLE": "190 Jahre, Eröffnung am dritten Mai im großen Saal des Museums",
    "FACTS": ["3. Mai", "Donauuferpromenade"],
    "POINTS": [
        {"title": "Geschwindigkeitslesekurse für Erwachsene", "text": "Jeden Dienstag um achtzehn Uhr"}
    ],
    "LANGUAGE": "de",
}
BARE: dict[str, Any] = {
    "TITLE": "Hi",
    "KICKER": "",
    "SUBTITLE": "",
    "BRAND": "",
    "POINTS": [],
    "CALL": "",
    "LINK": "",
    "FACTS": [],
    "LANGUAGE": "en",
}
BOTH: dict[str, Any] = {
    "TITLE": "Noor Tea",
    "BRAND": "Noor Tea",
    "SECOND_TITLE": "شاي نور",
    "SECOND_LANGUAGE": "ar",
    "CALL": "",
}
LOGO: dict[str, Any] = {"LOGO": "assets/logo.svg"}
PICTURE: dict[str, Any] = {"PICTURE": "assets/picture.jpg", "LOGO": "assets/logo.svg"}
DARK: dict[str, Any] = {
    "COLORS": {
        "background": "#0E1116",
        "surface": "#1A2029",
        "ink": "#F4F1EA",
        "muted": "#A7ADB8",
        "accent": "#FF7A45",
        "second": "#4CC2FF",
    }
}
LIGHT: dict[str, Any] = {
    "COLORS": {
        "background": "#F3F6FB",
        "surface": "#FFFFFF",
        "ink": "#10182B",
        "muted": "#56607A",
        "accent": "#5B2BE0",
        "second": "#0B7A55",
    }
}
CONTENTS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "arabic": ARABIC,
    "long words": LONG,
    "bare": BARE,
    "two languages": BOTH,
    "logo": LOGO,
    "picture": PICTURE,
    "dark brand": DARK,
    "light brand": LIGHT,
}
DRAWN_LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 120">
<circle cx="60" cy="60" r="52" fill="#F2A33A"/><path d="M34 78 L60 30 L86 78 Z" fill="#17191C"/>
<rect x="128" y="38" width="100" height="18" rx="9" fill="#F2A33A"/>
<rect x="128" y="68" width="66" height="18" rx="9" fill="#F2A33A"/></svg>
"""


def gallery() -> dict[str, Template]:
    """The templates as the house finds them."""
    found: Any = load_all("templates.gallery")
    return found


NAMES = tuple(sorted(gallery()))


def lay(folder: Path, name: str, frame: tuple[int, int], words: dict[str, Any]) -> Path:
    """Write a template's project with other words into a folder."""
    rtl = words.get("LANGUAGE") == "ar"
    shape = Shape(width=frame[0], height=frame[1], direction="rtl" if rtl else "ltr")
    files = gallery()[name].files(shape, "")
    more = "\n".join(f"{key} = {value!r}" for key, value in words.items())
    for path, text in {**files, "content.py": f"{files['content.py']}\n{more}\n"}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    if "LOGO" in words:
        (folder / "assets").mkdir(exist_ok=True)
        (folder / words["LOGO"]).write_text(DRAWN_LOGO, "utf-8")
    if "PICTURE" in words:
        photo(folder / words["PICTURE"])
    return folder


def compiled(folder: Path) -> tuple[Composition, list[str]]:
    """Compile a project; gives the film and every finding as a line."""
    argv = [sys.executable, "-m", "stage", "compile", str(folder)]
    ended = subprocess.run(argv, capture_output=True, text=True, check=False)
    told = json.loads(ended.stdout)
    findings = [
        f"{each['severity']} {each['file']}:{each['line']} {each['message']}" for each in told["findings"]
    ]
    assert told["composition"] is not None, findings
    return Composition.model_validate(told["composition"]), findings
