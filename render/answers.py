"""What comes out of a box, checked before anybody uses it, and what goes in."""

from __future__ import annotations

import errno
import json
import logging
import shutil
import time
from collections.abc import Awaitable, Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.composition import Composition
from domain.engine import Crop, ImportedMedia, MediaKind, OnProgress, Still, Stills
from domain.errors import ToolError, Unavailable
from domain.finding import Finding
from domain.sandbox import BoxLimits, ExecResult
from render.cache import digest
from render.preview import FILE as PREVIEW
from render.segments import Plan
from render.wire import EXIT_FAULT, Said, unpack
from render.wishes import Seen, Wish

log = logging.getLogger(__name__)

MIB = 1024 * 1024
EXIT_SIGNAL = 128
"""Codes above it, and negative ones, tell of a signal that ended the guest."""
FORGOTTEN_S = 6 * 3600.0
"""A passing folder this old belongs to nobody any more."""
FONT_SUFFIXES = frozenset({".ttf", ".otf"})
SUFFIXES = frozenset({".png", ".jpg", ".flac", ".m4a", ".mp4", ".ttf", ".otf", ".svg"})
MOST_BITS_PER_PIXEL = 0.35
"""A coded frame takes less, on average; only for sizing the work folder."""
SAID = TypeAdapter(list[object])
FACTS: TypeAdapter[dict[str, str | int | float]] = TypeAdapter(dict[str, str | int | float])


def text_files(files: Mapping[str, Path], suffixes: frozenset[str], most: int) -> dict[str, str]:
    """Read a project's source; of other files only that they are there.

    Raises ToolError when the source is larger than any film's.
    """
    texts: dict[str, str] = {}
    total = 0
    for path, place in files.items():
        if Path(path).suffix.lower() not in suffixes:
            texts[path] = ""
            continue
        content = place.read_bytes()
        total += len(content)
        if total > most:
            raise ToolError(
                "limit", f"the project's source is larger than {most // MIB} MB; move data into assets"
            )
        texts[path] = content.decode("utf-8", "surrogateescape")
    return texts


def findings_of(answer: Mapping[str, object]) -> list[Finding]:
    """Read the findings of the stage; one that is not of the form is left out."""
    found: list[Finding] = []
    for each in SAID.validate_python(answer.get("findings") or []):
        try:
            found.append(Finding.model_validate(each))
        except ValidationError:
            found.append(Finding(code="source", severity="error", message=str(each)[:300]))
    return found


def assets(film: Composition, files: Mapping[str, Path]) -> dict[str, Path]:
    """Choose the files that drawing needs: what the film shows and plays, and its fonts."""
    wanted = film.files
    return {
        path: place
        for path, place in sorted(files.items())
        if path in wanted or Path(path).suffix.lower() in FONT_SUFFIXES
    }


def identity(place: Path) -> str:
    """Name a file's content without reading it."""
    stat = place.stat()
    return f"{place}:{stat.st_ino}:{stat.st_size}:{stat.st_mtime_ns}"


def digests(places: Iterable[Path]) -> list[str]:
    """Hash files."""
    return [digest(place) for place in places]


def heard(on_progress: OnProgress) -> Callable[[bytes], Awaitable[None]]:
    """Pass a guest's progress on; anything else it says is no progress."""

    async def line(text: bytes) -> None:
        try:
            said = Said.model_validate_json(text)
        except ValidationError:
            return
        if said.progress is not None:
            await on_progress(said.progress)

    return line


def failed(ended: ExecResult, what: str) -> Exception:
    """Tell why a guest did not do its work: the maker's fault, a limit, or a bug of ours."""
    if ended.ended_by == "timeout":
        return ToolError(
            "timeout", f"{what} took longer than {ended.seconds:.0f} s; make it shorter or simpler"
        )
    if ended.ended_by == "memory":
        return ToolError(
            "limit", f"{what} needs more memory than it may have; use smaller pictures or fewer nodes"
        )
    if ended.ended_by == "output":
        return ToolError("limit", f"{what} became larger than it may be; make it shorter or of lower quality")
    for text in reversed(ended.stdout.splitlines()):
        if ended.exit_code != EXIT_FAULT:
            break
        try:
            said = Said.model_validate_json(text)
        except ValidationError:
            continue
        if said.fault is not None:
            return ToolError(said.fault.kind, said.fault.message)
    last = ended.stderr.decode(errors="replace").strip()[-2_000:]
    if "No space left on device" in last:
        return ToolError(
            "limit", f"{what} needs more room than it may have; make it shorter or of lower quality"
        )
    if ended.exit_code < 0 or ended.exit_code > EXIT_SIGNAL:
        words = last[-300:] or "it said nothing"
        return Unavailable("sandbox", f"the box that made {what} was killed ({ended.exit_code}): {words}")
    return RuntimeError(f"the guest that made {what} ended with code {ended.exit_code}: {last}")


def undecoded(ended: ExecResult, kind: MediaKind) -> Exception:
    """Tell why a file was not taken in: a decoder that breaks over it is the file's fault too."""
    why = failed(ended, f"the {kind}")
    if isinstance(why, ToolError):
        return why
    log.warning("decoder broke", extra={"action": "decoder_broke", "kind": kind, "reason": str(why)[-500:]})
    return ToolError(
        "invalid", f"the {kind} is broken: its decoder gave up; save it again in another program"
    )


def read_stills(answer: bytes, wish: Wish) -> Stills:
    """Read a drawer's answer.

    Raises ToolError for a wish that cannot be fulfilled, RuntimeError when the answer is not one.
    """
    try:
        head, parts = unpack(answer)
        seen = Seen.model_validate_json(head)
    except (ValueError, ValidationError) as error:
        raise RuntimeError(f"the drawing guest did not answer in its own language: {error}") from error
    if seen.fault is not None:
        raise ToolError(seen.fault.kind, seen.fault.message)
    pngs = parts[: seen.pngs]
    cut_at = seen.pngs + seen.sheet
    whole = len(parts) == cut_at + len(seen.crops) and len(pngs) in (0, len(wish.frames))
    if seen.layout is None or not whole or any(not 0 <= each < len(seen.findings) for each in seen.crops):
        raise RuntimeError("the drawing guest left something out")
    stills = tuple(Still(frame=frame, png=png) for frame, png in zip(wish.frames, pngs, strict=False))
    return Stills(
        stills=stills,
        sheet=parts[seen.pngs] if seen.sheet else None,
        crops=tuple(
            Crop(finding=number, jpeg=piece) for number, piece in zip(seen.crops, parts[cut_at:], strict=True)
        ),
        layout=seen.layout,
        findings=seen.findings,
    )


def read_media(made: Path) -> ImportedMedia:
    """Read what importing left."""
    told = json.loads(small(made / "facts.json", MIB))
    suffix = str(told.get("suffix"))
    if suffix not in SUFFIXES:
        raise RuntimeError(f"the import gave a file of the unknown kind {suffix!r}")
    content = (made / f"media{suffix}").read_bytes()
    preview = small(made / PREVIEW, MIB) if (made / PREVIEW).is_file() else None
    facts = FACTS.validate_python(told.get("facts", {}))
    return ImportedMedia(content=content, suffix=suffix, facts=facts, preview=preview)


def small(path: Path, most: int) -> bytes:
    """Read a file that must not be large; raises ToolError when it is."""
    if path.stat().st_size > most:
        raise ToolError("limit", f"{path.name} of the film is larger than {most // MIB} MB; use fewer nodes")
    return path.read_bytes()


def film_limits(plan: Plan, film: Composition, cpus: int, memory_mb: int) -> BoxLimits:
    """Size a box for a film: by its frames and pixels, with room to spare."""
    pixels = film.width * film.height * plan.coding.scale**2
    share = max(1.0, pixels / (1920 * 1080))
    coded = pixels * plan.frames * MOST_BITS_PER_PIXEL / 8 / MIB
    seconds = 120 + plan.frames * 0.5 * share
    return BoxLimits(
        seconds=seconds,
        cpu_seconds=seconds * cpus,
        memory_mb=memory_mb,
        processes=64 + 8 * cpus,
        cpus=cpus,
        work_mb=round(256 + 3 * coded),
        output_mb=round(256 + 3 * coded),
        stdout_kb=4_096,
    )


def sweep(folder: Path) -> None:
    """Remove what calls that were killed left in a folder of passing things."""
    oldest = time.time() - FORGOTTEN_S
    for place in folder.iterdir():
        if place.lstat().st_mtime < oldest:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def disk() -> Generator[None]:
    """Say plainly that the disk is full, where it is."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise Unavailable(
            "disk", "the disk is full: free some space and render again; nothing was lost"
        ) from error
