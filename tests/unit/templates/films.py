"""Projects made from templates, compiled in this process as the sandbox compiles them in its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

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
    "LANGUAGE": "ar",
}
LONG: dict[str, Any] = {
    "TITLE": "Donaudampfschifffahrtsgesellschaft",
    "KICKER": "Ausstellung",
    "BRAND": "Technikmuseum Linz",
    "SUBTITLE": "190 Jahre, Eröffnung am dritten Mai im großen Saal des Museums",
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
    "LANGUAGE": "en",
}
BOTH: dict[str, Any] = {
    "TITLE": "Noor Tea",
    "BRAND": "Noor Tea",
    "SECOND_TITLE": "شاي نور",
    "SECOND_LANGUAGE": "ar",
    "CALL": "",
}
CONTENTS: dict[str, dict[str, Any]] = {
    "as it comes": {},
    "arabic": ARABIC,
    "long words": LONG,
    "bare": BARE,
    "two languages": BOTH,
}


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
