"""Writing what a film plays as the data that the renderer reads."""

from __future__ import annotations

import math
from typing import cast

from stage import vocabulary as words
from stage.film import Film
from stage.mistakes import Wrong, did_you_mean, mistake
from stage.position import position
from stage.presence import look_for_file
from stage.sounds import Heard, Music, Sound, Speech
from stage.values import clean, number
from stage.wire import tidy

Data = dict[str, object]
HINT = "give seconds, 'scene', 'scene+0.5', a mark or 'beat:8'"
MOST_BARS = 400
"""More bars than this are not marked: they would drown the film's own marks."""


def soundtrack(film: Film) -> list[Data]:
    """Write every sound of a film; what cannot be written is noted at its line and left out."""
    return [found for heard in film.sounds if (found := _heard(film, heard))]


def mark_bars(film: Film, seconds: float) -> None:
    """Mark the bars of a film's music, `bar.1` and on, so that cuts and effects can be put on them."""
    for heard in film.sounds:
        if not isinstance(heard, Music) or not film.bpm or (heard.bpm or film.bpm) != film.bpm:
            continue
        bar = film.beat * heard.meter
        count = math.floor((seconds - film.first_beat) / bar + 1e-6) + 1
        if count <= MOST_BARS:
            for place in range(count):
                film.marks.setdefault(f"bar.{place + 1}", (film.first_beat + place * bar, None))
        return


def _heard(film: Film, heard: Heard) -> Data | None:
    try:
        source: Data = heard.source()
        if isinstance(heard, Sound):
            src = clean("a sound", "src", words.KINDS["image"]["src"], heard.src)
            if not src:
                raise Wrong("a sound has no src", "give a path: 'assets/music.mp3'")
            look_for_file(src, heard.place_made)
            source = {"src": src}
        start = _moment(film, heard.start)
        if isinstance(heard, Music):
            source = {"music": {**_said(source, "music"), **_grid(film, heard, start)}}
        if isinstance(heard, Speech):
            source = {"speech": {"language": _language(film), **_said(source, "speech")}}
    except Wrong as wrong:
        mistake("sound_wrong", wrong.message, wrong.hint, heard.place_made)
        return None
    settings = {
        name: tidy(each) if isinstance(each, float) else each for name, each in heard.settings.items() if each
    }
    return {**source, "start": round(start * film.fps), **settings}


def _said(source: Data, name: str) -> Data:
    return cast(Data, source[name])


def _grid(film: Film, music: Music, start: float) -> Data:
    """Where a piece's beats fall: on the film's, unless it has a tempo of its own."""
    low, high = words.MUSIC_TEMPO
    if music.bpm or not film.bpm:
        return {"bpm": music.usual_tempo, "offset": tidy(start)}
    bpm = film.bpm
    while bpm < low:
        bpm *= 2
    while bpm > high:
        bpm /= 2
    return {"bpm": tidy(bpm), "offset": tidy(film.first_beat)}


def _language(film: Film) -> str:
    short = film.language.replace("_", "-").split("-")[0].lower()
    if short not in words.VOICE_LANGUAGES:
        raise Wrong(
            f"no voice speaks {film.language!r}", f"give language=, one of {', '.join(words.VOICE_LANGUAGES)}"
        )
    return short


def _moment(film: Film, said: object) -> float:
    """Seconds of the film that a sound's start means; raises Wrong."""
    if not isinstance(said, str) or not said:
        if isinstance(said, str | bool) or not isinstance(said, int | float):
            raise Wrong(f"start of a sound is {said!r}", HINT)
        return number("start of a sound", said, 0, words.LIMITS["seconds"][1])
    try:
        where = position(said)
    except Wrong:
        raise Wrong(f"start of a sound is {said!r}", HINT) from None
    match where.base:
        case "zero":
            found = where.offset
        case "beat":
            if not film.bpm:
                raise Wrong("start of a sound is a beat, but the film has no tempo", "call film.tempo(bpm)")
            found = film.beat_at(where.beat) + where.offset
        case "label":
            found = _named(film, where.label) + where.offset
        case _:
            raise Wrong(f"start of a sound is {said!r}", HINT)
    return max(0.0, found)


def _named(film: Film, name: str) -> float:
    if name in film.marks:
        return film.marks[name][0]
    scenes = [entry.scene.id for entry in film.entries]
    if name in scenes:
        return film.seconds_of(name)
    guess = did_you_mean(name, [*scenes, *film.marks])
    raise Wrong(f"no scene or mark is named {name!r}{guess}", f"scenes are {', '.join(scenes)}")
