"""The tool that listens to a sound of the film."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import Field

from domain import links
from domain.errors import ToolError
from domain.hearing import ENVELOPE_FPS, Hearing, HearingWish
from domain.job import Job
from domain.nouns import Sha256
from domain.paths import SOUND_SUFFIXES, clean_name
from tools.answer import Picture
from tools.context import Parked, ToolContext
from tools.define import Args, Effects, Result, tool
from tools.hearings import hear

MOST_BEATS = 150
"""Of each list in an answer; the file has them all."""
LARGEST_FILE = 180_000
"""Bytes of a beats file: text files of a project may be a little larger."""


class AudioSpectrumAnalysis(Args):
    """What to listen to."""

    audio_file_path: str = Field(min_length=1, max_length=300)
    """A sound of the film, `assets/music.mp3`, or the id or name of an uploaded one."""
    sensitivity: float = Field(default=0.5, ge=0, le=1)
    """More hears softer onsets and more sections."""


class Analysed(Result):
    """What was heard; times in seconds. A picture of it comes along."""

    job_id: str | None = None
    """Only while it is still being heard: after wait_for_job, call this again for the rest."""
    seconds: float | None = None
    """Its length."""
    tempo_bpm: float | None = None
    """Nothing where no beat comes back."""
    tempo_confidence: float | None = None
    """0 to 1."""
    tempo_alternatives: list[float] = []
    """Half, double, and what else may be tapped."""
    steady: bool | None = None
    """Whether film.tempo(tempo_bpm, first_beat) is enough; else film.follow(beats_file)."""
    meter: int | None = None
    """Beats of a bar."""
    beats: list[float] = []
    """The first 150."""
    downbeats: list[float] = []
    """First beats of bars."""
    onsets: list[float] = []
    """Where something begins to sound."""
    sections: list[str] = []
    """`0-12.4 s, energy 0.4`."""
    key: str = ""
    """`A minor`; empty for sounds without one."""
    loudness_lufs: float | None = None
    """Nothing means silence."""
    peak_db: float | None = None
    """True peak."""
    clipped: int | None = None
    """Places that clip."""
    silences: list[str] = []
    """Stretches below -60 dB."""
    beats_file: str = ""
    """For film.follow(…): every beat, and envelopes of loudness and bands. Empty for what is no asset yet."""
    url: str = ""
    """The picture."""


@tool(effects=Effects(writes=True), example=AudioSpectrumAnalysis(audio_file_path="music.wav"))
async def audio_spectrum_analysis(ctx: ToolContext, args: AudioSpectrumAnalysis) -> Analysed | Parked:
    """Hear a sound's tempo, beats, bars, onsets, sections, key, loudness and silence.

    Beside a sound of the film it writes `assets/NAME.beats.json` for `film.follow` and `tl.on_beats`.
    """
    path, sha256 = await _found(ctx, args.audio_file_path)
    await ctx.progress(f"listening to {path}")
    told = await hear(
        ctx, HearingWish(sound=sha256, path=path, sensitivity=args.sensitivity, ordered_by=ctx.key)
    )
    if isinstance(told, Job):
        return Parked(waits_for=told.job_id) if ctx.run_id is not None else _pending(path, told)
    hearing = told.hearing
    href = links.picture(ctx.project_id, told.picture)
    summary = _summary(path, hearing)
    ctx.show(Picture(sha256=told.picture, media_type="image/jpeg", href=href, caption=summary[:200]))
    written = await _written(ctx, path, sha256, hearing) if path.startswith("assets/") else ""
    return Analysed(
        summary=summary + (f" {written} has it all." if written else ""),
        **hearing.model_dump(include=ALIKE),
        tempo_alternatives=list(hearing.tempo_alternatives),
        beats=list(hearing.beats[:MOST_BEATS]),
        downbeats=list(hearing.downbeats[:MOST_BEATS]),
        onsets=list(hearing.onsets[:MOST_BEATS]),
        sections=[f"{s.start:g}-{s.end:g} s, energy {s.energy:g}" for s in hearing.sections],
        silences=[f"{s.start:g}-{s.end:g} s" for s in hearing.silences],
        beats_file=written,
        url=href,
    )


ALIKE = {
    "seconds", "tempo_bpm", "tempo_confidence", "steady", "meter", "key", "loudness_lufs", "peak_db",
    "clipped",
}  # fmt: skip
"""Fields that an answer takes over as they are."""


def _pending(path: str, job: Job) -> Analysed:
    """Say that a sound takes longer to be heard than a caller waits."""
    doing = "is being heard" if job.state == "leased" else f"waits to be heard ({job.state})"
    return Analysed(
        summary=f"{path} {doing}: job {job.job_id}. wait_for_job tells its end; call this again then.",
        job_id=job.job_id,
    )


async def _found(ctx: ToolContext, said: str) -> tuple[str, Sha256]:
    """A sound of the project by its path, or an uploaded one by id or name."""
    files = await ctx.files()
    for path in (said, f"assets/{said}"):
        if path in files:
            if Path(path).suffix.lower() not in SOUND_SUFFIXES:
                raise ToolError("invalid", f"{path!r} is no sound; give one of {', '.join(SOUND_SUFFIXES)}")
            return path, files[path]
    async with ctx.transaction() as tx:
        assets = [each for each in await tx.assets.list() if each.kind == "audio"]
    mine = [each for each in assets if each.project_id in (None, ctx.project_id)]
    for asset in assets:
        if asset.asset_id == said or (asset in mine and asset.name == said):
            return clean_name(asset.name), asset.sha256
    sounds = [path for path in files if Path(path).suffix.lower() in SOUND_SUFFIXES]
    known = [*sorted(sounds), *(clean_name(each.name) for each in mine)][:10]
    there = f"there are {', '.join(known)}" if known else "upload one, then add_asset"
    raise ToolError("missing", f"there is no sound {clean_name(said)[:80]!r}; {there}")


async def _written(ctx: ToolContext, path: str, sha256: Sha256, hearing: Hearing) -> str:
    """Write everything beside the sound; the same analysis again changes nothing."""
    target = f"{path.rsplit('.', 1)[0]}.beats.json"
    async with ctx.draft(f"Hear the beats of {path}") as draft:
        draft.write(target, _file(path, sha256, hearing))
    return target


def _file(path: str, sha256: Sha256, hearing: Hearing) -> str:
    """Say all of an analysis as JSON; the envelopes of long sounds have fewer values a second."""
    said: dict[str, object] = {"sound": path, "sha256": sha256}
    said |= hearing.model_dump(exclude={"energy", "low", "middle", "high"})
    for every in (1, 2, 3, 6, 15, 30, 60):
        curves = {name: getattr(hearing, name)[::every] for name in ("energy", "low", "middle", "high")}
        text = json.dumps({**said, "fps": ENVELOPE_FPS / every, **curves}, separators=(",", ":"))
        if len(text) <= LARGEST_FILE:
            return text
    raise ToolError("limit", f"{path} has too many beats and onsets to be written; use less sensitivity")


def _summary(path: str, hearing: Hearing) -> str:
    """Say the most important in a sentence or two."""
    if hearing.loudness_lufs is None:
        return f"{path} is silent: {hearing.seconds:g} s without a sound."
    words = [f"{path} lasts {hearing.seconds:g} s"]
    if hearing.tempo_bpm is None:
        words.append("has no tempo")
    else:
        sure = f"{hearing.tempo_confidence:.0%} sure"
        words.append(f"has {hearing.tempo_bpm:g} BPM ({sure}, {'steady' if hearing.steady else 'swaying'})")
        words.append(f"{len(hearing.beats)} beats from {hearing.beats[0]:g} s")
    words += [f"is in {hearing.key}"] if hearing.key else []
    words.append(f"measures {hearing.loudness_lufs:g} LUFS, peak {hearing.peak_db:g} dB")
    words += [f"clips {hearing.clipped} times"] if hearing.clipped else []
    return ", ".join(words) + "."
