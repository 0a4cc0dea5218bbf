"""Which pages of this folder are made from code, and whether they still tell the truth."""

from pathlib import Path

from domain.plugins import load_all

FOLDER = Path(__file__).resolve().parent


def generated() -> dict[Path, str]:
    """Every generated page with the text it should hold."""
    return {FOLDER / page.PATH: page.text() for page in load_all("docs.pages").values()}


def stale() -> list[Path]:
    """Pages that are missing or no longer say what the code says."""
    return [
        path for path, text in generated().items() if not path.is_file() or path.read_text("utf-8") != text
    ]
