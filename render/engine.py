"""The Engine seam over a sandbox: what runs, runs in a box; what comes back is checked before use."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from domain.composition import Composition
from domain.editor import Editor
from domain.engine import (
    Build,
    Film,
    ImportedMedia,
    MediaKind,
    OnProgress,
    Outline,
    OutlineEntry,
    Output,
    Stills,
    Watched,
)
from domain.errors import ToolError, ToolErrorKind, Unavailable
from domain.finding import Finding
from domain.hearing import Heard
from domain.sandbox import BoxLimits, Mount, Sandbox
from domain.speech import Speaker
from render import packages
from render.answers import (
    MIB,
    assets,
    digests,
    disk,
    failed,
    film_limits,
    findings_of,
    heard,
    identity,
    read_media,
    read_stills,
    small,
    sweep,
    text_files,
    undecoded,
)
from render.bytecode import compile_for_guests
from render.cache import SegmentCache
from render.listener import Listener, ear
from render.reel import Reel
from render.room import workers
from render.segments import Plan, digest_of, make_plan
from render.spoken import Recordings
from render.version import engine_version
from render.warm import Kind, WarmGuests, joined
from render.wire import pack
from render.wishes import Wish

SOURCE_SUFFIXES = frozenset({".py", ".json", ".md", ".txt"})
MOST_SOURCE = 16 * MIB
MOST_MOUNTS = 200
COMPILE_S = 20
STILLS_S = 60.0
IMPORT_S = 120.0
WATCH_S = 900.0
MOST_MEDIA_MB = 256
TOO_MUCH: dict[str, ToolErrorKind] = {"limit_time": "timeout", "limit_memory": "limit", "memory": "limit"}
"""Codes of the stage for source that took more than its share."""
ANSWER = TypeAdapter(dict[str, object])


class EngineConfig(BaseModel):
    """How much of the machine drawing may take, and where it keeps what it drew."""

    folder: Path
    """For segments and for files that pass through."""
    cache_mb: int = 4_096
    cpus: int = os.cpu_count() or 1
    memory_mb: int = 6_144
    warm: int = 2
    """Guests of each sort that work at once."""


class BoxEngine:
    """Compiles, draws and imports in boxes (see domain/engine.py); close it to end its warm guests."""

    def __init__(
        self,
        sandbox: Sandbox,
        config: EngineConfig,
        speaker: Speaker | None = None,
        editor: Callable[[], Editor] | None = None,
    ) -> None:
        """Without a speaker the speeches of films are told to be missing; `editor` is called when needed."""
        self._editor = editor
        self._sandbox = sandbox
        self._config = config
        self._passing = config.folder / "passing"
        self._listener = Listener(sandbox, config.folder / "heard")
        self._recordings = Recordings(config.folder / "spoken", speaker)
        self._cache = SegmentCache(config.folder / "segments", config.cache_mb * MIB)
        self._authors = WarmGuests(sandbox, most=config.warm)
        self._drawers = WarmGuests(sandbox, most=config.warm)

    async def close(self) -> None:
        """End the warm guests."""
        await self._authors.close()
        await self._drawers.close()

    async def compile(self, files: Mapping[str, Path]) -> Build:
        """Run a project's source and validate what it says; its mistakes come back as findings."""
        answer = await self._author("compile", files)
        found = findings_of(answer)
        for finding in found:
            if finding.code in TOO_MUCH:
                place = f"{finding.file}:{finding.line}: " if finding.file else ""
                raise ToolError(TOO_MUCH[finding.code], f"{place}{finding.message}; {finding.fix_hint}")
        said = answer.get("composition")
        if said is None:
            return Build(composition=None, findings=tuple(found))
        try:
            composition = Composition.model_validate_json(json.dumps(said))
        except ValidationError as error:
            for each in error.errors()[:20]:
                where = ".".join(map(str, each["loc"]))
                message = f"{where}: {each['msg']}" if where else each["msg"]
                found.append(Finding(code="schema", severity="error", message=message[:500]))
            return Build(composition=None, findings=tuple(found))
        return Build(composition=composition, findings=tuple(found))

    async def outline(self, files: Mapping[str, Path]) -> Outline:
        """Parse a project's source without running it."""
        answer = await self._author("outline", files)
        try:
            return Outline(
                entries=TypeAdapter(tuple[OutlineEntry, ...]).validate_python(answer.get("entries")),
                problems=TypeAdapter(tuple[str, ...]).validate_python(answer.get("problems", ())),
            )
        except ValidationError as error:
            raise ToolError(
                "invalid", f"the source cannot be outlined: {error.errors()[0]['msg']}"
            ) from error

    async def stills(
        self,
        film: Composition,
        files: Mapping[str, Path],
        frames: Sequence[int],
        *,
        png: bool = False,
        sheet: bool = True,
        scale: float = 1,
        look: bool = True,
    ) -> Stills:
        """Draw single frames; `scale` is the size of the PNGs against the film's."""
        beyond = [frame for frame in frames if not 0 <= frame < film.frames]
        if beyond or not frames:
            raise ToolError("invalid", f"frames {beyond or 'none'}: give some of 0 to {film.frames - 1}")
        try:
            wish = Wish(frames=tuple(frames), png=png, sheet=sheet, scale=scale, look=look)
        except ValidationError as error:
            raise ToolError("invalid", f"these frames cannot be drawn: {error.errors()[0]['msg']}") from error
        shown = assets(film, files)
        limits = BoxLimits(
            seconds=STILLS_S, memory_mb=2048, cpus=self._config.cpus, output_mb=256, work_mb=64
        )
        with self._project(shown) as mounts:
            key = joined(
                ["stills", *(f"{path}={identity(source)}" for path, source in sorted(shown.items()))]
            )
            kind = Kind(key, ("python", "-m", "render", "serve"), limits, tuple(mounts))
            message = pack(wish, [film.model_dump_json().encode()])
            try:
                if len(shown) > MOST_MOUNTS:  # shown as copies that are gone after this call
                    raise Unavailable("sandbox", "too many files for a warm guest")
                answer = await self._drawers.ask(kind, message, seconds=STILLS_S)
            except Unavailable:
                answer = await self._cold_stills(wish, film, mounts, limits)
        return read_stills(answer, wish)

    async def film(
        self,
        film: Composition,
        files: Mapping[str, Path],
        output: Output,
        folder: Path,
        *,
        on_progress: OnProgress,
    ) -> Film:
        """Draw, encode, mix and probe a whole film into `folder`; unchanged segments are not drawn again."""
        shown = {**assets(film, files), **await self._recordings.of(film)}
        shas = dict(zip(shown, await asyncio.to_thread(digests, list(shown.values())), strict=True))
        try:
            plan = await asyncio.to_thread(make_plan, film, output, shas, engine_version())
        except ValueError as error:
            raise ToolError("invalid", str(error)) from error
        with self._scratch() as scratch, self._project(shown) as mounts:
            said = film.model_dump_json().encode()
            reel = Reel(self._cache, plan, digest_of([plan.key, said.decode(), shas]), scratch / "kept")
            with disk():
                before = await asyncio.to_thread(reel.again, scratch, folder)
                if before is not None:
                    return before
                while True:
                    batch = await asyncio.to_thread(reel.next)
                    made = Path(tempfile.mkdtemp(dir=scratch))
                    await self._draw(film, batch, [*mounts, Mount(source=reel.folder, target="/segments")],
                                     made, on_progress)  # fmt: skip
                    await asyncio.to_thread(reel.keep, batch, made)
                    if batch.join:
                        return await asyncio.to_thread(reel.deliver, made, folder)

    async def _draw(
        self, film: Composition, plan: Plan, mounts: list[Mount], made: Path, on_progress: OnProgress
    ) -> None:
        size = (film.width * plan.coding.scale, film.height * plan.coding.scale)
        count = workers(plan.coding, *size, self._config.cpus, self._config.memory_mb)
        ended = await self._sandbox.run(
            ["python", "-m", "render", "film", "--workers", str(count)],
            mounts=mounts,
            limits=film_limits(plan, film, self._config.cpus, self._config.memory_mb),
            files={
                "composition.json": film.model_dump_json().encode(),
                "plan.json": plan.model_dump_json().encode(),
            },
            collect=made,
            on_line=heard(on_progress),
        )
        if ended.exit_code or ended.ended_by != "exit":
            raise failed(ended, "the film")

    def timeline(self, film: Composition, media: str) -> bytes:
        """Write a film's cut for editing programs; `media` is the finished file's name."""
        if self._editor is None:
            raise Unavailable("editor", "this engine writes no cuts for editing programs")
        return self._editor().write(film, media)

    async def watch(self, path: Path, film: Composition | None, files: Mapping[str, Path]) -> Watched:
        """Decode a finished file and judge it, against the film that it was made from where that is given."""
        shown = {**assets(film, files), **await self._spoken(film)} if film is not None else {}
        said = {"composition.json": film.model_dump_json().encode()} if film is not None else {}
        cpus = self._config.cpus
        limits = BoxLimits(seconds=WATCH_S, cpu_seconds=WATCH_S * cpus, memory_mb=4096, cpus=cpus,
                           output_mb=16, work_mb=64)  # fmt: skip
        with self._scratch() as made, self._project(shown) as mounts:
            ended = await self._sandbox.run(
                ["python", "-m", "render", "watch"],
                mounts=[*mounts, Mount(source=path.resolve(), target="/in/film")],
                limits=limits, files=said, collect=made,
            )  # fmt: skip
            if ended.exit_code or ended.ended_by != "exit":
                raise failed(ended, "the check of the film")
            return Watched.model_validate_json(small(made / "watched.json", 16 * MIB))

    async def _spoken(self, film: Composition) -> dict[str, Path]:
        """Have recorded what a film says, as far as a voice can be had: a check does without it else."""
        try:
            return await self._recordings.of(film)
        except (Unavailable, ToolError):
            return {}

    async def import_media(self, source: Path, kind: MediaKind) -> ImportedMedia:
        """Decode a file by its content and encode it anew."""
        limits = BoxLimits(
            seconds=IMPORT_S * (3 if kind == "video" else 1),
            memory_mb=2048,
            cpus=1,
            work_mb=2 * MOST_MEDIA_MB,
            output_mb=MOST_MEDIA_MB,
        )
        with self._scratch() as made:
            ended = await self._sandbox.run(
                ["python", "-m", "render", "media", kind],
                mounts=[Mount(source=source.resolve(), target="/in/source")],
                limits=limits,
                collect=made,
            )
            if ended.exit_code or ended.ended_by != "exit":
                raise undecoded(ended, kind)
            return await asyncio.to_thread(read_media, made)

    @property
    def ear(self) -> str:
        """Names the code that listens, by its content."""
        return ear()

    async def listen(self, source: Path, sensitivity: float = 0.5) -> Heard:
        """Analyse a sound by its content; the same sound is heard once."""
        return await self._listener.listen(source, sensitivity)

    async def _author(self, do: str, files: Mapping[str, Path]) -> dict[str, object]:
        """Ask a warm author, or a cold one when the warm one died of it."""
        await asyncio.to_thread(compile_for_guests)
        texts = await asyncio.to_thread(text_files, files, SOURCE_SUFFIXES, MOST_SOURCE)
        limits = BoxLimits(seconds=COMPILE_S + 10, memory_mb=2048, cpus=1, output_mb=128, work_mb=128)
        mounts = await asyncio.to_thread(packages.shown, files, self._config.folder / "packages")
        key = joined(["stage", *(str(each.source) for each in mounts)])
        kind = Kind(key, ("python", "-m", "stage", "serve", str(COMPILE_S), "1024"), limits, tuple(mounts))
        message = json.dumps({"do": do, "files": texts}).encode("utf-8", "surrogatepass")
        try:
            answer = await self._authors.ask(kind, message, seconds=COMPILE_S + 5)
        except Unavailable:
            answer = await self._cold_author(do, texts, limits, mounts)
        try:
            return ANSWER.validate_json(answer)
        except ValidationError as error:
            raise ToolError("invalid", "the source said nothing that can be read") from error

    async def _cold_author(
        self, do: str, texts: Mapping[str, str], limits: BoxLimits, mounts: Sequence[Mount]
    ) -> bytes:
        ended = await self._sandbox.run(
            ["python", "-m", "stage", do, "/in/project"],
            mounts=mounts,
            limits=limits.model_copy(update={"seconds": COMPILE_S, "stdout_kb": 128 * 1024}),
            files={f"project/{path}": text.encode("utf-8", "surrogatepass") for path, text in texts.items()},
        )
        if ended.exit_code not in (0, 1) or ended.ended_by != "exit":
            raise failed(ended, "the source")
        return ended.stdout

    async def _cold_stills(
        self, wish: Wish, film: Composition, mounts: list[Mount], limits: BoxLimits
    ) -> bytes:
        ended = await self._sandbox.run(
            ["python", "-m", "render", "stills"],
            mounts=mounts,
            limits=limits.model_copy(update={"stdout_kb": 256 * 1024}),
            files={
                "wish.json": wish.model_dump_json().encode(),
                "composition.json": film.model_dump_json().encode(),
            },
        )
        if ended.exit_code or ended.ended_by != "exit":
            raise failed(ended, "the frames")
        return ended.stdout[4:]

    @contextmanager
    def _project(self, shown: Mapping[str, Path]) -> Generator[list[Mount]]:
        """Show a project's files in the box: one by one, or as a folder of copies when there are many."""
        if len(shown) <= MOST_MOUNTS:
            yield [
                Mount(source=source.resolve(), target=f"/project/{path}") for path, source in shown.items()
            ]
            return
        with self._scratch() as scratch:
            scratch.chmod(0o755)
            for path, source in shown.items():
                target = scratch / path
                target.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
                shutil.copyfile(source, target)
            yield [Mount(source=scratch, target="/project")]

    @contextmanager
    def _scratch(self) -> Generator[Path]:
        """Give an empty folder that is gone afterwards."""
        with disk():
            self._passing.mkdir(parents=True, exist_ok=True)
            sweep(self._passing)
            scratch = Path(tempfile.mkdtemp(dir=self._passing))
        try:
            yield scratch
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
