"""What is wrong with the texts of a film, told from where everything stands over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from domain.checks import limit
from domain.composition import Composition, Gradient, Node, Scene, Track
from domain.finding import Finding, Severity, excused, lasting
from domain.layout import Box, Layout, PlacedNode, Sample
from render.cues import unreadable_cues
from stage.vocabulary import SAFE_AREAS, frame_shape

VISIBLE = 0.5
"""A text of less opacity is decoration, or on its way."""
STILL = 0.015
"""A node that moves less than this share of the frame from one sample to the next is at rest."""
OUTSIDE_PX = limit("text_outside", "frame")
SLACK = limit("text_outside", "slack")
"""How far text may leave the safe area, share of the frame: a slow push of the camera takes it there."""
OVERLAP = limit("text_overlap", "share")
"""Share of the smaller text's ink that lies on the other one."""
SMALLEST = {shape: limit("text_too_small", shape) for shape in ("wide", "square", "tall")}
"""The smallest em for a frame whose shorter side has 1,080 px."""
UNREADABLE = limit("text_too_small", "unreadable")
"""An em that nobody can read, in the same measure."""
MOST_COMPARED = 200
"""Texts of one scene that are held against each other; a scene with more is a pattern, not reading."""
FILLED = frozenset({"rect", "ellipse", "image", "gradient", "group", "row", "column", "grid"})


@dataclass(frozen=True)
class Text:
    """A text or counter of a film with all that is known of it."""

    placed: PlacedNode
    node: Node
    scene: Scene
    start: int
    above: tuple[Node, ...]
    """Its parents, from the scene down."""
    order: int
    """Its place in painting order."""

    @cached_property
    def strength(self) -> float:
        """Opacity of its letters' own paint."""
        return alpha(self.node.props.get("color"))

    @cached_property
    def words_allowed(self) -> tuple[str, ...]:
        """What is declared as meant to be, for it or for what it stands in."""
        said = [str(each.props.get("allow") or "") for each in (self.node, *self.above)]
        return tuple(word for line in said for word in line.replace(",", " ").split())

    def allows(self, word: str) -> bool:
        """Tell whether a finding is meant to be, for it or for what it stands in."""
        return word in self.words_allowed

    def shown(self, sample: Sample) -> bool:
        """Tell whether all of it is surely on the screen at a sample."""
        clock = sample.frame - self.start
        left, top, right, bottom = sample.box
        if sample.opacity * self.strength < VISIBLE or right - left < 1 or bottom - top < 1:
            return False
        if not all(settled(track, clock, self.node) for track in self.node.tracks):
            return False
        return not any(
            track.property.startswith("wipe_") and moving(track, clock)
            for up in self.above
            for track in up.tracks
        )


def texts_of(film: Composition, layout: Layout) -> list[Text]:
    """List the texts of a film with their nodes and scenes."""
    found: list[Text] = []
    scenes = {
        scene.id: (scene, start, {node.id: (node, above) for node, above in with_parents(scene.nodes)})
        for scene, start in zip(film.scenes, film.starts(), strict=True)
    }
    for order, placed in enumerate(layout.nodes):
        if placed.kind in ("text", "counter") and placed.scene in scenes:
            scene, start, nodes = scenes[placed.scene]
            if placed.id in nodes:
                node, above = nodes[placed.id]
                found.append(Text(placed, node, scene, start, above, order))
    return found


def with_parents(
    nodes: Sequence[Node], above: tuple[Node, ...] = ()
) -> Iterable[tuple[Node, tuple[Node, ...]]]:
    """Walk nodes and all their children, each with those that hold it, from the scene down."""
    for node in nodes:
        yield node, above
        yield from with_parents(node.children, (*above, node))


def reading_findings(film: Composition, layout: Layout) -> list[Finding]:
    """Find texts that are cut, outside, over each other, too small, or without their letters."""
    texts = texts_of(film, layout)
    found: list[Finding] = []
    for text in texts:
        found += cut(text, layout)
        found += outside(text, layout)
        found += too_small(text, layout)
        found += missing_glyphs(text, layout)
    found += unreadable_cues(film, layout)
    for scene in film.scenes:
        found += overlaps([text for text in texts if text.scene.id == scene.id][:MOST_COMPARED], layout)
    return found


def cut(text: Text, layout: Layout) -> Iterable[Finding]:
    """A text that was shortened, or does not fit its box."""
    seen = [sample.frame for sample in text.placed.samples if text.shown(sample)]
    if text.placed.cut and seen:
        finding = told(
            "text_cut", lasting("error", len(seen)), text, layout, seen,
            f"{words(text)} does not fit its box and is cut",
            "make its box larger, its size smaller, let it wrap, or set fit='shrink'",
        )  # fmt: skip
        yield finding.model_copy(update={"fix": {"fit": "shrink"}, "safe_to_auto_fix": True})


def outside(text: Text, layout: Layout) -> Iterable[Finding]:
    """A text that is at rest and never wholly in the frame, or never in reach of its safe area."""
    width, height = layout.width, layout.height
    left, top, right, bottom = SAFE_AREAS[frame_shape(width, height)]
    across, down = SLACK * width, SLACK * height
    frame: Box = (-OUTSIDE_PX, -OUTSIDE_PX, width + OUTSIDE_PX, height + OUTSIDE_PX)
    safe: Box = (left * width - across, top * height - down,
                 (1 - right) * width + across, (1 - bottom) * height + down)  # fmt: skip
    resting = at_rest(text, layout)
    bounds: tuple[tuple[Box, Severity, str, str], ...] = (
        (frame, "error", "frame", "move it in, make it smaller or let it wrap"),
        (safe, "warning", "safe area", "keep text inside='safe'"),
    )
    for bound, severity, name, hint in bounds:
        inks = [(sample.frame, ink, excess(ink, bound)) for sample, ink in resting]
        if len(inks) > 1 and all(beyond > 0 for _, _, beyond in inks):
            _, box, least = min(inks, key=lambda each: each[2])
            beyond = excess(box, (0, 0, width, height)) if name == "frame" else least + down
            yield told(
                "text_outside", severity, text, layout, [each[0] for each in inks],
                f"{words(text)} stands {beyond:.0f} px outside the {name}",
                f"{hint}; set allow='bleed' if it is meant to be", box, round(beyond, 1), 0,
            )  # fmt: skip
            return
    yield from under_buttons(text, layout, resting)


def under_buttons(text: Text, layout: Layout, resting: Sequence[tuple[Sample, Box]]) -> Iterable[Finding]:
    """A text in an upright film that stands where the platforms lay their own buttons."""
    if frame_shape(layout.width, layout.height) != "tall" or len(resting) < 2:
        return
    left = (1 - limit("text_outside", "rail")) * layout.width
    top = limit("text_outside", "rail_from") * layout.height
    beyond = [ink[2] - left - SLACK * layout.width for _, ink in resting if ink[3] > top]
    if len(beyond) == len(resting) and min(beyond) > 0:
        yield told(
            "text_outside", "advice", text, layout, [sample.frame for sample, _ in resting],
            f"{words(text)} reaches {min(beyond):.0f} px under the platforms' buttons",
            "keep the right eighth of the lower half free", resting[0][1], round(min(beyond), 1), 0,
        )  # fmt: skip


def too_small(text: Text, layout: Layout) -> Iterable[Finding]:
    """A text that cannot be read at the size a film is watched."""
    if text.placed.font_px is None or not words_in(text):
        return
    visible = [sample for sample in text.placed.samples if text.shown(sample)]
    if not visible:
        return
    largest = max(scale_of(text.placed, sample) for sample in visible)
    measure = text.placed.font_px * largest * 1080 / min(layout.width, layout.height)
    least = SMALLEST[frame_shape(layout.width, layout.height)]
    if measure < least - 0.5:
        needed = least * min(layout.width, layout.height) / 1080
        finding = told(
            "text_too_small", lasting("error" if measure < UNREADABLE else "warning", len(visible)), text,
            layout, [sample.frame for sample in visible],
            f"{words(text)} is {text.placed.font_px * largest:.0f} px high; give it {needed:.0f} or more",
            f"set size to {needed:.0f} or more", None, round(measure, 1), least,
        )  # fmt: skip
        size = round(needed / largest + 0.5)
        plain = isinstance(text.node.props.get("size"), int | float) and text.placed.font_px > 0
        own = largest > 0.2 and plain and not text.placed.cut
        yield finding.model_copy(update={"fix": {"size": size}, "safe_to_auto_fix": True} if own else {})


def missing_glyphs(text: Text, layout: Layout) -> Iterable[Finding]:
    """A text with letters that no font has."""
    missing = sum(run.missing for line in text.placed.lines for run in line.runs)
    there = [each.frame for each in text.placed.samples if each.opacity * text.strength >= VISIBLE]
    if missing and there:
        yield told(
            "glyph_missing", lasting("error", len(there)), text, layout, there,
            f"{missing} letters of {words(text)} are in no installed font and show as boxes",
            "write it in letters that a font has, or add a font that has them", None, missing, 0,
        )  # fmt: skip


def overlaps(texts: Sequence[Text], layout: Layout) -> Iterable[Finding]:
    """Two texts of a scene that lie on each other while both are at rest."""
    resting = [{sample.frame: ink for sample, ink in at_rest(text, layout)} for text in texts]
    for late, upper in enumerate(texts):
        for early, lower in enumerate(texts[:late]):
            frames: list[int] = []
            worst, where = 0.0, None
            for frame, ink in resting[late].items():
                under = resting[early].get(frame)
                share = shared(ink, under) if under is not None else 0.0
                if share > OVERLAP and under is not None and not covered(lower, upper, under, frame, layout):
                    frames.append(frame)
                    worst, where = max(worst, share), ink
            if frames:
                finding = told(
                    "text_overlap", "error" if len(frames) > 1 else "advice", upper, layout, frames,
                    f"{words(upper)} lies on {words(lower)}",
                    "move one of them, put both into a column, or let one leave before the other comes",
                    where, round(worst, 2), OVERLAP,
                )  # fmt: skip
                yield excused(finding, lower.words_allowed)


def at_rest(text: Text, layout: Layout) -> list[tuple[Sample, Box]]:
    """Give the samples at which a text is wholly shown and hardly moves, with its ink in the frame."""
    samples = text.placed.samples
    reach = STILL * max(layout.width, layout.height)
    found: list[tuple[Sample, Box]] = []
    for place, sample in enumerate(samples):
        beside = [*samples[max(0, place - 1) : place], *samples[place + 1 : place + 2]]
        if not text.shown(sample) or any(moved(sample.box, other.box) > reach for other in beside):
            continue
        ink = ink_box(text.placed, sample)
        if ink is not None:
            found.append((sample, ink))
    return found


def ink_box(placed: PlacedNode, sample: Sample) -> Box | None:
    """Lay a text's ink into the frame; a turned text takes its whole box."""
    inks = [line.ink for line in placed.lines if line.ink[2] > line.ink[0]]
    width, height = placed.size
    if not inks or width <= 0 or height <= 0:
        return None
    left, top, right, bottom = sample.box
    across, down = (right - left) / width, (bottom - top) / height
    if abs(across - down) > 0.02 * max(across, down):
        return sample.box
    return (
        left + min(ink[0] for ink in inks) * across,
        top + min(ink[1] for ink in inks) * down,
        left + max(ink[2] for ink in inks) * across,
        top + max(ink[3] for ink in inks) * down,
    )


def covered(lower: Text, upper: Text, ink: Box, frame: int, layout: Layout) -> bool:
    """Tell whether something solid is painted between two texts and hides the lower one."""
    for placed in layout.nodes[lower.order + 1 : upper.order]:
        if placed.kind not in FILLED or placed.scene != lower.scene.id:
            continue
        sample = next((each for each in placed.samples if each.frame == frame), None)
        if sample is not None and sample.opacity > 0.85 and shared(ink, sample.box) > 0.95:
            return True
    return False


def settled(track: Track, clock: int, node: Node) -> bool:
    """Tell whether the parts of a text are all in place as far as one track goes."""
    if track.unit is None or track.property not in ("opacity", "rise", "wipe"):
        return True
    parts = len(str(node.props.get("text") or "").split()) if track.unit == "word" else 200
    late = 0.0
    if track.stagger is not None:
        late = track.stagger.each * parts
        late = min(late, track.stagger.total) if track.stagger.total is not None else late
    values = [value_at(track, clock), value_at(track, clock - late)]
    values += [key.value for key in track.keys if clock - late <= key.frame <= clock]
    return not any(hides(track.property, value) for value in values)


def hides(name: str, value: object) -> bool:
    """Tell whether a part with such a value is not, or not wholly, to be seen."""
    if not isinstance(value, int | float):
        return False
    return value < VISIBLE if name == "opacity" else abs(value) > 0.3


def moving(track: Track, clock: int) -> bool:
    """Tell whether a wipe hides anything at a moment."""
    value = value_at(track, clock)
    return isinstance(value, int | float) and value > 0.02


def value_at(track: Track, clock: float) -> object:
    """Read a track between its keys, straight from one to the next."""
    before = track.keys[0]
    for key in track.keys:
        if key.frame > clock:
            old, new = before.value, key.value
            if isinstance(old, int | float) and isinstance(new, int | float) and key is not before:
                return old + (new - old) * (clock - before.frame) / max(key.frame - before.frame, 1e-6)
            return old
        before = key
    return before.value


def alpha(paint: object) -> float:
    """Opacity of a paint: of its most solid color, for a gradient."""
    if isinstance(paint, Gradient):
        return max(alpha(stop.color) for stop in paint.stops)
    if isinstance(paint, str) and len(paint) == 9:
        return int(paint[7:], 16) / 255
    return 1.0


def excess(inner: Box, outer: Box) -> float:
    """How far a box leaves another one, px."""
    return max(outer[0] - inner[0], outer[1] - inner[1], inner[2] - outer[2], inner[3] - outer[3])


def shared(one: Box, other: Box) -> float:
    """Which share of the smaller box lies on the other."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    least = min(area(one), area(other))
    return across * down / least if across > 0 and down > 0 and least > 0 else 0.0


def area(box: Box) -> float:
    """Square pixels."""
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def moved(one: Box, other: Box) -> float:
    """How far a box went, px."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def scale_of(placed: PlacedNode, sample: Sample) -> float:
    """How much larger a node is in the frame than by itself."""
    width, height = placed.size
    found = [(sample.box[2] - sample.box[0]) / width] if width else []
    found += [(sample.box[3] - sample.box[1]) / height] if height else []
    return min(found, default=1.0)


def words_in(text: Text) -> str:
    """What a text says."""
    return (text.placed.text or str(text.node.props.get("text") or "")).strip()


def words(text: Text) -> str:
    """Name a text by how it begins."""
    said = " ".join(words_in(text).split())
    return f"{text.placed.id} {said[:32] + '…' if len(said) > 33 else said!r}"


def told(
    code: str, severity: Severity, text: Text, layout: Layout, frames: Sequence[int], message: str, hint: str,
    box: Box | None = None, value: float | None = None, limit: float | None = None,
) -> Finding:  # fmt: skip
    """Write a finding down with its place in the source, the frame and the film."""
    source = text.placed.source or text.node.source
    place = [sample.box for sample in text.placed.samples if sample.frame in frames]
    finding = Finding(
        code=code, severity=severity, message=message, fix_hint=hint,
        file=source.file if source else None, line=source.line if source else None,
        scene=text.scene.id, node=text.placed.id, box=box or (place[len(place) // 2] if place else None),
        value=value, limit=limit,
        span=(min(frames) / layout.fps, max(frames) / layout.fps) if frames else None,
    )  # fmt: skip
    return excused(finding, text.words_allowed)
