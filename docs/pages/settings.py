"""Every setting, with the names that the environment gives it."""

from pathlib import Path
from typing import get_args, get_origin

from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo

from settings import ROOT, Settings

PATH = "settings.md"


def text() -> str:
    """Write the page."""
    rows = "".join(row(name, field) for name, field in Settings.model_fields.items())
    return (
        "# Settings\n\nMade from `settings.py` by `make docs`. "
        "Each is read once, from the environment or a file `.env` at the root.\n\n"
        "| name | default | means |\n|---|---|---|\n" + rows
    )


def row(name: str, field: FieldInfo) -> str:
    """Write one setting."""
    meaning = " ".join((field.description or "").split()).replace("|", "\\|")
    return f"| {names(name, field)} | {default(field)} | {meaning}{choices(field)} |\n"


def names(name: str, field: FieldInfo) -> str:
    """Write the environment variables that set it."""
    alias = field.validation_alias
    own = [f"DIRECTOR_{name.upper()}"]
    known = [str(choice) for choice in alias.choices] if isinstance(alias, AliasChoices) else own
    return ", ".join(f"`{variable}`" for variable in known)


def default(field: FieldInfo) -> str:
    """Write what holds when nothing is set, without anything of this very machine."""
    if field.default_factory is not None:
        return "the machine's"
    if field.default is None or field.default == "" or isinstance(field.default, SecretStr):
        return ""
    if isinstance(field.default, Path):
        return f"`{field.default.relative_to(ROOT)}`"
    return f"`{field.default}`"


def choices(field: FieldInfo) -> str:
    """Write the values that may be chosen, where there is a choice."""
    options = get_args(field.annotation) if get_origin(field.annotation) is not None else ()
    words = [option for option in options if isinstance(option, str)]
    return f" One of {', '.join(f'`{word}`' for word in words)}." if words else ""
