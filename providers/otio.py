"""OpenTimelineIO: the cut of a film with its scenes, transitions, sounds and marks over its file."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import opentimelineio

from domain.composition import Composition, Sound
from domain.composition import Scene as FilmScene

otio: Any = opentimelineio
"""The library says nothing of its types."""
AUTHOR = "director"
"""Under this name stands in `metadata` what OpenTimelineIO has no field for."""
DISSOLVES = ("crossfade", "fade")


def write(film: Composition, media: str) -> bytes:
    """Write a film's cut; `media` is the name of the finished file, which lies beside it.

    The file shows the transitions already. A transition here lies between two pieces of that one file that
    go on into each other, so both its sides show the same frame, and the cut plays as the file does.
    """
    clock = Clock(film)
    timeline = otio.schema.Timeline(film.title or "Film", global_start_time=clock.time(0))
    about = {"width": film.width, "height": film.height, "language": film.language}
    timeline.metadata[AUTHOR] = about
    timeline.tracks.extend([_scenes(film, clock, media), _mix(film, clock, media), *_sounds(film, clock)])
    for name, frame in film.markers.items():
        timeline.tracks.markers.append(clock.mark(name, frame))
    return otio.adapters.write_to_string(timeline, "otio_json").encode()


class Clock:
    """Turns frames of a film into times of OpenTimelineIO at the film's exact rate."""

    def __init__(self, film: Composition) -> None:
        self.rate = float(film.rate)
        self.end = film.frames

    def time(self, frames: int) -> Any:
        """A moment or a length."""
        return otio.opentime.RationalTime(frames, self.rate)

    def span(self, first: int, frames: int) -> Any:
        """A stretch."""
        return otio.opentime.TimeRange(self.time(first), self.time(frames))

    def seconds(self, seconds: float) -> int:
        """Frames of a length in seconds."""
        return round(seconds * self.rate)

    def mark(self, name: str, frame: int, comment: str = "") -> Any:
        """A named moment, within the film."""
        where = self.span(min(frame, self.end - 1), 1)
        return otio.schema.Marker(name, where, otio.schema.MarkerColor.CYAN, comment=comment)


def _scenes(film: Composition, clock: Clock, media: str) -> Any:
    """Cut the film in the middle of every transition."""
    track = otio.schema.Track("Scenes", kind=otio.schema.TrackKind.Video)
    cuts = [start + scene.enter.overlap // 2 for start, scene in zip(film.starts(), film.scenes, strict=True)]
    for scene, (first, then) in zip(film.scenes, pairwise([*cuts, film.frames]), strict=True):
        if track and scene.enter.frames:
            track.append(_transition(scene, clock))
        clip = otio.schema.Clip(scene.id, _file(media, clock), clock.span(first, then - first))
        if scene.source is not None:
            clip.metadata[AUTHOR] = {"file": scene.source.file, "line": scene.source.line}
        track.append(clip)
    return track


def _transition(scene: FilmScene, clock: Clock) -> Any:
    """Say how a scene comes in; one that shows no two scenes at once goes out for as long as it comes in."""
    enter = scene.enter
    before = enter.overlap // 2 if enter.overlap else enter.frames
    kinds = otio.schema.TransitionTypes
    kind = kinds.SMPTE_Dissolve if enter.kind in DISSOLVES else kinds.Custom
    about = enter.model_dump(mode="json", exclude_defaults=True)
    after = enter.frames - before if enter.overlap else enter.frames
    return otio.schema.Transition(enter.kind, kind, clock.time(before), clock.time(after), {AUTHOR: about})


def _mix(film: Composition, clock: Clock, media: str) -> Any:
    """Give the film's own sound, with marks where what was made for it begins."""
    track = otio.schema.Track("Mix", kind=otio.schema.TrackKind.Audio)
    track.append(otio.schema.Clip("Mix", _file(media, clock), clock.span(0, film.frames)))
    for sound in film.sounds:
        if not sound.src:
            track.markers.append(clock.mark(_name(sound), sound.start, _said(sound)))
    return track


def _sounds(film: Composition, clock: Clock) -> list[Any]:
    """Give the files that the mix was made of, silenced, where they play, on as few tracks as will do."""
    rows: list[list[Sound]] = []
    for sound in sorted((each for each in film.sounds if each.src), key=lambda each: each.start):
        free = [row for row in rows if _ends(row[-1], clock) <= sound.start]
        (free[0] if free else _added(rows)).append(sound)
    return [_row(f"Sounds {place}", row, clock) for place, row in enumerate(rows, 1)]


def _added(rows: list[list[Sound]]) -> list[Sound]:
    rows.append([])
    return rows[-1]


def _row(name: str, sounds: Sequence[Sound], clock: Clock) -> Any:
    track = otio.schema.Track(name, kind=otio.schema.TrackKind.Audio)
    track.enabled = False
    now = 0
    for sound in sounds:
        if sound.start >= clock.end:
            continue
        if sound.start > now:
            track.append(otio.schema.Gap(duration=clock.time(sound.start - now)))
        now = _ends(sound, clock)
        span = clock.span(clock.seconds(sound.trim), now - sound.start)
        clip = otio.schema.Clip(_name(sound), otio.schema.ExternalReference(quote(sound.src)), span)
        clip.metadata[AUTHOR] = sound.model_dump(mode="json", exclude_defaults=True, exclude={"src"})
        track.append(clip)
    return track


def _ends(sound: Sound, clock: Clock) -> int:
    """The frame after the last on which a sound may play; the film's end where it does not say."""
    lasts = clock.end - sound.start if sound.seconds is None else max(1, clock.seconds(sound.seconds))
    return min(clock.end, sound.start + lasts)


def _name(sound: Sound) -> str:
    if sound.music is not None:
        return f"music: {sound.music.mood}"
    if sound.speech is not None:
        return "speech"
    return f"effect: {sound.effect}" if sound.effect else sound.src.rsplit("/", 1)[-1]


def _said(sound: Sound) -> str:
    return sound.speech.text if sound.speech is not None else ""


def _file(media: str, clock: Clock) -> Any:
    return otio.schema.ExternalReference(quote(media), clock.span(0, clock.end))
