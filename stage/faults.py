"""Turning an exception of an author's code into one finding with its line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import FrameType

import stage
from stage.imports import modules
from stage.mistakes import Finding, Wrong, did_you_mean
from stage.names import ALIASES

_NO_NAME = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_KEYWORD = re.compile(r"(?:(\w+)\.)?(\w+)\(\) got an unexpected keyword argument '(\w+)'")
ONLY = "a film may import stage, its own modules and the standard library"


def tell(error: BaseException, root: str) -> Finding:
    """Say what was raised, where in the author's code, and what was probably meant."""
    if isinstance(error, SyntaxError):
        return _syntax(error, root)
    frame, file, line = _deepest(error, root)
    code, message, hint = _words(error, frame, root)
    return Finding(code, "error", message, file, line, hint)


def _syntax(error: SyntaxError, root: str) -> Finding:
    file = error.filename or "film.py"
    shown = file[len(root) :] if file.startswith(root) else file.rpartition("/")[2]
    text = (error.text or "").strip()[:120]
    message = f"{error.msg}: {text}" if text else str(error.msg)
    return Finding("syntax", "error", message, shown, error.lineno, "mend the line; nothing was run")


def _deepest(error: BaseException, root: str) -> tuple[FrameType | None, str | None, int | None]:
    found: tuple[FrameType | None, str | None, int | None] = (None, "film.py", None)
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(root):
            found = (trace.tb_frame, name[len(root) :], trace.tb_lineno)
        trace = trace.tb_next
    return found


def _words(error: BaseException, frame: FrameType | None, root: str) -> tuple[str, str, str]:
    match error:
        case ModuleNotFoundError():
            return "import", f"no module named {error.name!r}{_module(error.name or '', root)}", ONLY
        case ImportError():
            return _import(error, root)
        case NameError():
            known = _known(frame)
            name = str(error.name)
            hint = f"from stage import {name}" if name in stage.__all__ else ""
            guess = "" if hint else did_you_mean(name, known)
            return "name", f"{name!r} is not defined{guess}", hint
        case AttributeError() if error.name and "did you mean" not in str(error):
            names = [name for name in dir(error.obj) if not name.startswith("_")]
            return "attribute", f"{_brief(error)}{did_you_mean(error.name, names)}", ""
        case AttributeError() if "did you mean" in str(error):
            return "attribute", _brief(error), ""
        case Wrong():
            return "value_wrong", f"{error.message}; {error.hint}".removesuffix("; "), error.hint
        case RecursionError():
            return "recursion", "the code calls itself without end", "give the recursion an end"
        case MemoryError():
            return (
                "memory",
                "the code used more memory than a film may",
                "make smaller lists, texts or numbers",
            )
        case SystemExit():
            return "exit", "the code ends the program", "leave exit() out: return or raise instead"
        case KeyboardInterrupt():
            return "exit", "the code was interrupted", ""
        case TypeError() if keyword := _KEYWORD.search(str(error)):
            return "argument", *_argument(keyword)
        case _:
            return "exception", f"{type(error).__name__}: {_brief(error)}".removesuffix(": "), ""


def _brief(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]


def _module(name: str, root: str) -> str:
    own = modules(root)
    return did_you_mean(name, [*own, "stage", *sorted(sys.stdlib_module_names)] if own else ["stage"])


def _import(error: ImportError, root: str) -> tuple[str, str, str]:
    match = _NO_NAME.search(str(error))
    if match is None:
        return "import", _brief(error), ONLY
    name, module = match[1], match[2]
    own = [each[len(module) + 1 :] for each in modules(root) if each.startswith(f"{module}.")]
    known = stage.__all__ if module == "stage" else [*own, *vars(sys.modules.get(module, stage))]
    known = sorted({each for each in known if not each.startswith("_") and each != name})
    if module != "stage" and name in _written_names(module, root):
        hint = f"{module} was still running: two modules import each other; pass it as an argument"
        return "import", f"{name!r} is not in {module} yet", hint
    return (
        "import",
        f"{name!r} is not in {module}{did_you_mean(name, known)}",
        f"{module} has {', '.join(known)}"[:600],
    )


def _written_names(module: str, root: str) -> set[str]:
    """Names that a module's source gives at its top level."""
    path = Path(root, *module.split(".")).with_suffix(".py")
    text = path.read_text("utf-8", "replace") if path.is_file() else ""
    return set(re.findall(r"^(?:def |class |)([A-Za-z_]\w*)", text, re.MULTILINE))


def _known(frame: FrameType | None) -> list[str]:
    names = [*frame.f_locals, *frame.f_globals] if frame else []
    return [name for name in [*names, *stage.__all__, *dir(__builtins__)] if not name.startswith("_")]


def _argument(match: re.Match[str]) -> tuple[str, str]:
    owner, function, name = match[1], match[2], match[3]
    made = getattr(stage, owner or function, None)
    called = getattr(
        made, "__init__" if isinstance(made, type) and function == "__init__" else function, made
    )
    code = getattr(called, "__code__", None)
    known: list[str] = (
        [] if code is None else list(code.co_varnames[: code.co_argcount + code.co_kwonlyargcount])
    )
    known = [each for each in known if each != "self"]
    shown = owner if function == "__init__" else function
    return (
        f"{shown} takes no {name!r}{did_you_mean(name, known, ALIASES)}",
        f"{shown} takes {', '.join(known)}" if known else "",
    )
