"""The check of a delivered file: decoded, measured, and held against its film where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.checks import codes, limit
from domain.composition import Composition
from domain.engine import FilmFacts
from domain.finding import Finding, Report, Skipped
from render.picture import Picture
from render.probe import faststart
from render.watch import parity
from render.watch.banding import banded, bands
from render.watch.captions import caption_findings
from render.watch.decode import Film, Luma, Sealed, recalled, watch
from render.watch.pictures import black, flashes, freezes, nothing, placed
from render.watch.sound import Heard, fault, hear, mark_of, sound_findings
from render.watch.stretch import Stretch, joined
from stage.color import luminance

MOST_MOVES = 24
NO_PLAN = "the file was given without the film that it was made from"
BY_PLAN = ("film_parity", "film_cuts", "caption_overlap", "caption_long", "caption_fast", "caption_late",
           "voice_masked", "voice_cut", "beat_missed", "look_bands")  # fmt: skip
UNDECODED = (
    "film_black",
    "film_freeze",
    "film_flashes",
    "film_blank",
    "film_frozen",
    "film_parity",
    "film_cuts",
    "look_bands",
)


@dataclass(frozen=True)
class Planned:
    """What a file was made from."""

    film: Composition
    picture: Picture
    first: int
    """The film's frame that the file begins with."""
    counts: tuple[int, ...]
    """Frames of its stretches; none where they are not known."""
    voice_over_bed_lu: float | None = None
    voice_lost_s: float | None = None
    alpha: bool = False
    draft: bool = False
    """Whether the file is smaller than the film."""
    heard: Mapping[str, Heard] = field(default_factory=dict[str, Heard])
    """What sounds measured before, by their marks."""


@dataclass
class Watched:
    """What came of it."""

    findings: list[Finding] = field(default_factory=list[Finding])
    skipped: list[Skipped] = field(default_factory=list[Skipped])
    film: Film = field(default_factory=Film)

    @property
    def report(self) -> Report:
        """The findings, and what was looked at for them."""
        left = {each.code for each in self.skipped}
        made = tuple(code for code in codes("film", "sound") if code not in left)
        return Report(findings=tuple(self.findings), checked=made, skipped=tuple(self.skipped))

    def skip(self, names: Iterable[str], reason: str) -> None:
        """Leave checks out."""
        had = {each.code for each in self.skipped}
        self.skipped += [Skipped(code=name, reason=reason) for name in names if name not in had]


def watch_file(
    path: Path,
    demuxer: str,
    facts: FilmFacts,
    plan: Planned | None,
    kept: Sequence[Sealed | None],
) -> Watched:
    """Check a file; `kept` are measures of its stretches, in order, where they were watched before."""
    found = Watched()
    counts = plan.counts if plan is not None else ()
    wanted = wanted_frames(plan, facts.frames)
    found.film = watch(path, demuxer, counts, recalled(kept), frozenset(wanted))
    found.findings += list(container(path, demuxer, facts, found.film))
    if found.film.stretches:
        found.findings += pictures(found, facts, plan)
    else:
        found.skip(UNDECODED, "the file has no picture that decodes")
    listen(path, demuxer, facts, plan, found)
    if plan is None:
        found.skip(BY_PLAN, NO_PLAN)
    else:
        against(plan, found)
    return found


def wanted_frames(plan: Planned | None, frames: int) -> list[int]:
    """Choose the file's frames that are held against stills."""
    if plan is None:
        return []
    stretches: list[tuple[int, int]] = []
    begin = 0
    for count in plan.counts or evenly(frames):
        stretches.append((begin, count))
        begin += count
    step = -(-len(stretches) // (4 * parity.MOST_SAMPLES)) or 1
    return [first + count // 2 for first, count in stretches[::step]]


def evenly(frames: int) -> list[int]:
    """Cut a file without known stretches into as many as frames are compared."""
    parts = min(frames, parity.MOST_SAMPLES)
    marks = [frames * part // parts for part in range(parts + 1)]
    return [end - begin for begin, end in pairwise(marks)]


def container(path: Path, demuxer: str, facts: FilmFacts, seen: Film) -> Iterable[Finding]:
    """Judge what the file itself says: decodes, even times, index in front."""
    decoded = sum(len(each) for each in seen.stretches)
    if seen.trouble or decoded < facts.frames - 1:
        said = f" ({seen.trouble})" if seen.trouble else ""
        yield red("film_broken", f"only {decoded} of the file's {facts.frames} frames decode{said}",
                  "render again, or take a file that is whole", decoded, facts.frames)  # fmt: skip
    steps = np.diff(np.array(seen.shown, np.int64))
    if len(steps) > 1 and steps.max() > 1.5 * np.median(steps):
        yield red("film_fps", f"the file's frames last {steps.min()} to {steps.max()} ticks",
                  "encode it with a constant frame rate", float(steps.max()),
                  float(np.median(steps)))  # fmt: skip
    if demuxer in ("mp4", "mov") and not faststart(path):
        yield red("film_start", "the index stands behind the pictures: the file plays only when it is whole",
                  "write it with its index in front (faststart)", 0, 1)  # fmt: skip


def pictures(found: Watched, facts: FilmFacts, plan: Planned | None) -> list[Finding]:
    """Judge the decoded pictures."""
    seen = joined(found.film.stretches)
    fps = facts.fps or 30
    told = list(nothing(seen))
    if told:
        return told
    if plan is None:
        return [*black(seen, fps, None), *freezes(seen, fps, None, ()), *flashes(seen.cells, fps)]
    film, first = plan.film, plan.first
    frames = range(first, min(first + len(seen), film.frames))
    same = np.array([at > first and plan.picture.same_as_previous(at) for at in frames])
    told += black(seen, film.fps, dark_ground(film, frames))
    for each in freezes(seen, film.fps, same, ()):
        told.append(each if each.severity == "warning" else moved_in_stills(each, plan))
    told += flashes(seen.cells, film.fps)
    return placed(told, film, first)


def dark_ground(film: Composition, frames: range) -> NDArray[np.bool_]:
    """Tell on which frames a film's own ground is as good as black."""
    flags = np.zeros(len(frames), np.bool_)
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        ground = scene.background
        if isinstance(ground, str) and luminance(ground[:7]) < 0.002 and not scene.nodes:
            flags[max(0, start - frames.start) : max(0, start + scene.frames - frames.start)] = True
    return flags


def moved_in_stills(finding: Finding, plan: Planned) -> Finding:
    """Weigh a standstill: an error where the stills at its ends differ, else too faint a motion."""
    assert finding.span is not None, "a standstill has its time"
    ends = [round(each * plan.film.fps) + plan.first for each in finding.span]
    last = plan.film.frames - 1
    one = parity.still(plan.picture.draw(min(ends[0] + 1, last)), 480, 270)
    other = parity.still(plan.picture.draw(min(ends[1] - 1, last)), 480, 270)
    apart = np.abs(one - other) > limit("film_freeze", "apart")
    if float(apart.mean()) > 10 * limit("film_freeze", "moved"):
        return finding
    return finding.model_copy(
        update={
            "severity": "warning",
            "message": f"{finding.message}: what moves there is too faint to be seen",
        }
    )


def listen(path: Path, demuxer: str, facts: FilmFacts, plan: Planned | None, found: Watched) -> None:
    """Judge the sound."""
    names = codes("sound")
    if facts.audio_codec is None:
        found.skip(names, "the file has no sound")
        return
    try:
        known = plan.heard.get(mark_of(path, demuxer)) if plan is not None and plan.heard else None
        heard = known or hear(path, demuxer)
    except ValueError as error:
        found.findings.append(
            red("film_broken", str(error), "render again, or take a file that is whole", 0, 1)
        )
        found.skip(names, "the sound does not decode")
        return
    film = plan.film if plan is not None else None
    if film is not None and not film.sounds:
        found.skip(names, "the film plays nothing")
        return
    whole = film is None or plan is None or sum(plan.counts or (film.frames,)) >= film.frames
    found.findings += sound_findings(heard, film, whole=whole)


def against(plan: Planned, found: Watched) -> None:
    """Hold the file against its film."""
    film = plan.film
    if plan.alpha:
        found.skip(
            ("film_parity", "film_cuts", "look_bands"),
            "the frames keep their transparency: there is no ground under them",
        )
    elif found.film.stretches:
        against_stills(plan, found)
    found.findings += caption_findings(film)
    found.findings += voice_findings(plan.voice_over_bed_lu)
    if plan.voice_over_bed_lu is None:
        found.skip(("voice_masked",), "no voice plays over a bed, or its recording is not at hand")
    found.findings += cut_voice(plan.voice_lost_s)
    if plan.voice_lost_s is None:
        found.skip(("voice_cut",), "nobody speaks, or the voice's recording is not at hand")


def cut_voice(lost: float | None) -> Iterable[Finding]:
    """Judge how much of a voice the film's end cuts off, seconds."""
    most = limit("voice_cut", "lost")
    if lost is not None and lost > most:
        yield fault(
            "voice_cut", "error", f"the film ends {lost:.1f} s before a voice has said all",
            "make the last scene longer, begin the voice earlier, or let it say less", lost, most,
        )  # fmt: skip


def voice_findings(lifted: float | None) -> Iterable[Finding]:
    """Judge how far voices stand above what plays under them, LU."""
    least = limit("voice_masked", "least")
    if lifted is not None and lifted < least:
        yield fault(
            "voice_masked", "error", f"the voice is only {lifted:.1f} LU above what plays under it",
            "lower the bed's gain, or let it duck further", lifted, least,
        )  # fmt: skip


def against_stills(plan: Planned, found: Watched) -> None:
    """Compare freshly decoded frames with stills, and look for the planned cuts."""
    film, first = plan.film, plan.first
    fresh: list[tuple[int, int]] = []
    held: list[tuple[int, float, float]] = []
    shares: list[tuple[int, float]] = []
    begin = 0
    for stretch, new in zip(found.film.stretches, found.film.fresh, strict=True):
        if new:
            fresh.append((begin, len(stretch)))
        held += [(first + begin + round(at), alike, off) for at, alike, off in stretch.held.tolist()]
        shares += [(first + begin + round(at), share) for at, share in stretch.bands.tolist()]
        begin += len(stretch)
    for at, meant, seen_now in drawn_now(plan, found.film.frames):
        held.append((at, *parity.compared(meant, seen_now)))
        if at - first in found.film.flat:
            shares.append((at, banded(meant, found.film.flat[at - first])))
    found.findings += placed(parity.parity(sorted(held), film.fps, draft=plan.draft), film, first)
    banding(shares, plan, found)
    seen = joined(found.film.stretches)
    changes = planned_changes(plan, found.film.stretches, fresh)
    found.findings += placed(parity.missed_cuts(changes, seen.change, film.fps), film, first)
    if film.cut_beats:
        found.findings += parity.off_beat(film, seen.change, first)
    else:
        found.skip(("beat_missed",), "the film does not declare that it cuts on beats")


def banding(shares: Sequence[tuple[int, float]], plan: Planned, found: Watched) -> None:
    """Judge what became of the film's gradients."""
    if plan.draft:
        found.skip(("look_bands",), "drafts are half size and coarsely coded")
    elif not shares:
        found.skip(("look_bands",), "no frame of 8-bit 4:2:0 was held against its drawing")
    else:
        found.findings += placed(bands(shares, plan.film.fps), plan.film, plan.first)


def drawn_now(plan: Planned, decoded: Mapping[int, Luma]) -> Iterable[tuple[int, Luma, Luma]]:
    """Draw some of the frames that were decoded now: the film's frame, as it was meant, as it was seen."""
    step = -(-len(decoded) // parity.MOST_SAMPLES) or 1
    for at in sorted(decoded)[::step]:
        if at + plan.first < plan.film.frames:
            seen = decoded[at]
            meant = parity.still(plan.picture.draw(at + plan.first), seen.shape[1], seen.shape[0])
            yield (at + plan.first, meant, seen)


def planned_changes(
    plan: Planned, stretches: Sequence[Stretch], fresh: Sequence[tuple[int, int]]
) -> dict[int, float]:
    """How much the picture is to change on each cut, by the file's frames, of 255."""
    film, first = plan.film, plan.first
    known = parity.known_changes(stretches)
    cuts = parity.cuts(film, first, first + sum(map(len, stretches)))
    wanted = [at for at in cuts if at - first not in known and in_any(at - first, fresh)]
    step = -(-len(wanted) // parity.MOST_CUTS) or 1
    drawn = parity.cut_changes(film, wanted[::step], plan.picture.draw)
    found = {at - first: known[at - first] for at in cuts if at - first in known}
    return found | {at - first: change for at, change in drawn.items()}


def in_any(frame: int, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a frame lies in, or right behind, one of some stretches."""
    return any(first <= frame <= first + count for first, count in stretches)


def red(code: str, message: str, hint: str, value: float, most: float) -> Finding:
    """Write an error of the file down."""
    return Finding(
        code=code, severity="error", message=message, fix_hint=hint, value=round(value, 2),
        limit=round(most, 2), fix_owner="operator",
    )  # fmt: skip
