"""What is wrong with captions: their times, their length and the speed at which they must be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from domain.checks import limit
from domain.composition import Composition, Cue, Node, Scene, walk
from domain.finding import Finding, Severity


def caption_findings(film: Composition) -> Iterable[Finding]:
    """Judge every caption of a film."""
    for scene, start in zip(film.scenes, film.starts(), strict=True):
        for node in walk(scene.nodes):
            given = node.props.get("cues")
            if isinstance(given, tuple):
                cues = [each for each in given if isinstance(each, Cue)]
                yield from judged(film, scene, start, node, cues)


def judged(film: Composition, scene: Scene, start: int, node: Node, cues: Sequence[Cue]) -> Iterable[Finding]:
    """Judge the cues of one node."""

    def told(
        code: str, severity: Severity, cue: Cue, message: str, hint: str, value: float, most: float
    ) -> Finding:
        begin = (start + cue.start) / film.fps
        return Finding(
            code=code, severity=severity, message=f"the caption {cue.text[:32]!r} at {begin:.1f} s {message}",
            fix_hint=hint, scene=scene.id, node=node.id, value=round(value, 2), limit=most,
            file=node.source.file if node.source else None, line=node.source.line if node.source else None,
            span=(begin, (start + cue.end) / film.fps),
        )  # fmt: skip

    for one, other in pairwise(sorted(cues, key=lambda cue: cue.start)):
        if other.start < one.end:
            late = (one.end - other.start) / film.fps
            yield told("caption_overlap", "error", one, f"stays {late:.2f} s into the next one",
                       "end it where the next begins", late, 0)  # fmt: skip
    longest = limit("caption_long", "letters")
    for cue in cues:
        lines = max(len(cue.text.splitlines()), -(-len(cue.text) // int(longest)))
        if lines > limit("caption_long", "lines"):
            yield told("caption_long", "warning", cue, f"has {len(cue.text)} letters",
                       f"split it: two lines of {longest:g} letters", len(cue.text), 2 * longest)  # fmt: skip
        seconds = max(1, cue.end - cue.start) / film.fps
        speed = len("".join(cue.text.split())) / seconds
        if speed > limit("caption_fast", "warning"):
            red = speed > limit("caption_fast", "red")
            yield told("caption_fast", "error" if red else "warning", cue,
                       f"has {speed:.0f} letters a second", "let it stay longer, or say less", speed,
                       limit("caption_fast", "warning"))  # fmt: skip
        said = spoken_at(film, cue)
        off = abs((start + cue.start) / film.fps - said) if said is not None else 0.0
        if said is not None and off > limit("caption_late", "off"):
            yield told("caption_late", "error", cue, f"comes {off:.2f} s off its voice",
                       f"start it at {said:.2f} s", off, limit("caption_late", "off"))  # fmt: skip


def spoken_at(film: Composition, cue: Cue) -> float | None:
    """When a voice begins to say a caption's words, where a speech begins with them; seconds."""
    words = plain(cue.text)[:3]
    for sound in film.sounds:
        if sound.speech is not None and words and plain(sound.speech.text)[: len(words)] == words:
            return sound.start / film.fps
    return None


def plain(text: str) -> list[str]:
    """Words without case and punctuation."""
    return ["".join(letter for letter in word.lower() if letter.isalnum()) for word in text.split()]
