"""Decode a finished film and judge it, against `composition.json` where that is given."""

from __future__ import annotations

import argparse

from domain.checks import codes
from domain.composition import Composition
from domain.engine import Watched
from domain.finding import Finding, Report, Skipped, worst_first
from render.deliver import FACTS, against_own_size
from render.picture import Picture
from render.probe import facts_of
from render.sound.mix import Voices, voices
from render.watch.kinds import demuxer_of, turned
from render.watch.whole import NO_PLAN, Planned, watch_file


def arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing more may be said."""


def run(words: argparse.Namespace) -> None:
    """Leave `watched.json` in the folder of outputs."""
    words.out.mkdir(parents=True, exist_ok=True)
    (words.out / "watched.json").write_text(watched(words).model_dump_json())


def watched(words: argparse.Namespace) -> Watched:
    """Probe, decode, compare."""
    source = words.given / "film"
    given = words.given / "composition.json"
    film = Composition.model_validate_json(given.read_bytes()) if given.is_file() else None
    try:
        demuxer = demuxer_of(source)
        facts = facts_of(source, demuxer)
    except ValueError as error:
        fault = Finding(
            code="film_broken", severity="error", message=str(error).replace(source.name, "the file", 1),
            fix_hint="give a whole film in MP4, MOV, WebM or Matroska", fix_owner="user",
        )  # fmt: skip
        skipped = tuple(
            Skipped(code=code, reason="there is nothing to decode")
            for code in codes("film", "sound") if code != "film_broken"
        )  # fmt: skip
        return Watched(report=Report(findings=(fault,), checked=("film_broken",), skipped=skipped))
    plan = None
    if film is not None:
        spoken = said(film, words)
        plan = Planned(
            film, Picture(film, words.project), 0, (), draft=facts.width < film.width,
            voice_over_bed_lu=spoken.over_bed_lu, voice_lost_s=spoken.lost_s,
        )  # fmt: skip
    seen = watch_file(source, demuxer, facts, plan, ())
    findings = [*turned(source, demuxer), *seen.findings]
    if film is not None:
        findings += against_own_size(facts, film)
    else:
        seen.skip(FACTS, NO_PLAN)
    report = seen.report.model_copy(update={"findings": worst_first(findings)})
    return Watched(facts=facts, report=report)


def said(film: Composition, words: argparse.Namespace) -> Voices:
    """Hear the film's voices as its plan has them; nothing of sounds that cannot be read."""
    try:
        return voices(film, words.project, words.out)
    except ValueError:
        return Voices()
