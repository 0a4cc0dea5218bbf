"""Source with one fault each."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.composition import Composition
from domain.finding import Finding
from stage.compile import compile_folder
from tests.bad.case import Bad
from tools.examine import undetermined

HEAD = "from stage import Film, Scene, Text, Rect\nfilm = Film('x')\n"
GOOD = HEAD + "scene = Scene('one', seconds=2)\nscene.add(Text('Hello'))\nfilm.add(scene)\n"


def source(text: str, name: str = "film.py") -> Callable[[Path], list[Finding]]:
    """Compile a project of one file."""

    def look(folder: Path) -> list[Finding]:
        (folder / name).write_text(text)
        found = compile_folder(folder)["findings"]
        return TypeAdapter(list[Finding]).validate_python(found)

    return look


def document(**changed: object) -> Callable[[Path], list[Finding]]:
    """Hold a composition that a stranger wrote against the schema."""

    def look(_: Path) -> list[Finding]:
        given = {"width": 320, "height": 180, "fps": 30, "scenes": [{"id": "one", "frames": 30}], **changed}
        try:
            Composition.model_validate(given)
        except ValidationError as error:
            return [Finding(code="schema", severity="error", message=error.errors()[0]["msg"])]
        return []

    return look


def twice(text: str) -> Callable[[Path], list[Finding]]:
    """Compile a project twice, as run_build_check does, and hold both films against each other."""

    def look(folder: Path) -> list[Finding]:
        (folder / "film.py").write_text(text)
        films = [compile_folder(folder)["composition"] for _ in range(2)]
        assert films[0] is not None, "it has to compile"
        return list(undetermined(*(Composition.model_validate(film) for film in films)))

    return look


CLOCK = HEAD + "scene = Scene('one', seconds=2)\nscene.add(Text({said}))\nfilm.add(scene)\n"
SOURCES: tuple[Bad, ...] = (
    Bad("film_missing", "no film.py", source("", "other.py")),
    Bad("film_missing", "another name", source(GOOD, "main.py")),
    Bad("film_missing", "only notes", source("a film", "notes.md")),
    Bad("syntax", "an open bracket", source("film = (")),
    Bad("syntax", "a wrong indent", source("a = 1\n  b = 2\n")),
    Bad("syntax", "no colon", source("if True\n    pass\n")),
    Bad("import", "a library", source("import a_library_of_others\n")),
    Bad("import", "an unknown word", source("from stage import Txet\n")),
    Bad("import", "a module that is not there", source("from scenes import nothing\n")),
    Bad("name", "misspelt", source(HEAD + "scne = Scene('one')\nfilm.add(scene)\n")),
    Bad("name", "not imported", source(HEAD + "film.add(Scene('one').add(Circle()))\n")),
    Bad("name", "used too early", source("film.add(1)\n")),
    Bad("attribute", "of a film", source(HEAD + "film.colour('red')\n")),
    Bad("attribute", "of a scene", source(HEAD + "Scene('one').append(Text('x'))\n")),
    Bad("attribute", "of a module", source("import math\nmath.squareroot(2)\n")),
    Bad("argument", "misspelt", source(HEAD + "film.tempo(bmp=120)\n")),
    Bad("argument", "of a scene", source(HEAD + "Scene('one', secs=2)\n")),
    Bad("argument", "of a function of one's own", source("def f(a):\n    return a\nf(b=1)\n")),
    Bad("value_wrong", "a color", source(HEAD + "s = Scene('one')\ns.add(Text('x', color='#12'))\nfilm.add(s)\n")),
    Bad("value_wrong", "a tempo", source(HEAD + "film.tempo(-3)\n")),
    Bad("value_wrong", "a size", source(HEAD + "s = Scene('one')\ns.add(Text('x', size='big'))\nfilm.add(s)\n")),
    Bad("recursion", "a function", source("def f():\n    return f()\nf()\n")),
    Bad("recursion", "two functions", source("def f():\n    return g()\ndef g():\n    return f()\nf()\n")),
    Bad("recursion", "a property", source("class A:\n    @property\n    def b(self):\n        return self.b\nA().b\n")),
    Bad("exit", "sys.exit", source("import sys\nsys.exit(0)\n")),
    Bad("exit", "raise SystemExit", source("raise SystemExit\n")),
    Bad("exit", "exit()", source("exit()\n")),
    Bad("exception", "a division", source("1 / 0\n")),
    Bad("exception", "a key", source("{}['a']\n")),
    Bad("exception", "one of one's own", source("raise RuntimeError('no')\n")),
    Bad("not_determined", "a clock", twice("import time\n" + CLOCK.format(said="f'{time.time_ns()}'"))),
    Bad("not_determined", "dice of its own", twice("import random\n" + CLOCK.format(said="f'{random.random()}'"))),
    Bad("not_determined", "a place in memory", twice("import uuid\n" + CLOCK.format(said="f'{uuid.uuid4()}'"))),
    Bad("schema", "no scene", document(scenes=[])),
    Bad("schema", "an unknown field", document(colour="red")),
    Bad("schema", "too wide", document(width=100_000)),
)  # fmt: skip
