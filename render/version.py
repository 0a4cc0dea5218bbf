"""What drew a segment: when any of it changes, no older segment is used."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOST_ONLY = frozenset(
    "engine.py answers.py handler.py deliver.py reel.py cache.py warm.py version.py spoken.py".split()
)
LIBRARIES = ("av", "numpy", "pillow", "pygments", "resvg-py", "skia-python", "uharfbuzz")
FONTS = Path("/usr/share/fonts")


@cache
def engine_version() -> str:
    """Hash the drawing code, the libraries under it and the fonts of the machine."""
    mark = hashlib.sha256()
    code = [path for path in sorted((ROOT / "render").rglob("*.py")) if path.name not in HOST_ONLY]
    for words in ("stage/vocabulary", "domain/composition"):
        code += sorted((ROOT / words).rglob("*.py"))
    for path in code:
        mark.update(f"{path.relative_to(ROOT)}\0".encode())
        mark.update(path.read_bytes())
    for name in LIBRARIES:
        mark.update(f"{name}={metadata.version(name)}\0".encode())
    for path in sorted(FONTS.rglob("*.[ot]t[fc]")):
        mark.update(f"{path}:{path.stat().st_size}\0".encode())
    return mark.hexdigest()
