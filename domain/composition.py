"""A film as data: the only thing that crosses from scene code to the renderer."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from domain.nouns import Noun
from stage import vocabulary as words

Color = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$")]
"""`#RRGGBB` or `#RRGGBBAA`, sRGB."""
Frames = Annotated[int, Field(ge=0, le=1_000_000)]
Number = Annotated[float, Field(allow_inf_nan=False)]


class Source(Noun):
    """Where in the project something was written."""

    file: str
    line: int = Field(ge=0)


class GradientStop(Noun):
    """One color of a gradient and where it stands."""

    color: Color
    at: float = Field(ge=0, le=1)


class Gradient(Noun):
    """A paint that runs from color to color, mixed in OKLCH-safe OKLab space."""

    shape: Literal["linear", "radial"] = "linear"
    angle: Number = 90
    """Degrees; 0 runs to the right, 90 down."""
    stops: tuple[GradientStop, ...] = Field(min_length=2, max_length=8)


Paint = Color | Gradient


class Shadow(Noun):
    """One drop shadow."""

    x: Number = 0
    y: Number = 0
    blur: float = Field(default=0, ge=0, le=400)
    """Sigma, px."""
    spread: Number = 0
    color: Color = "#00000055"


class Span(Noun):
    """A run of text with a style of its own; what is not said is as the text around it."""

    text: str
    font: str | None = None
    size: float | None = Field(default=None, gt=0, le=4_000)
    weight: float | None = Field(default=None, ge=1, le=1_000)
    italic: bool | None = None
    color: Paint | None = None
    underline: bool | None = None
    """The text's `underline` is drawn under spans that ask for it; under every line when none does."""


Value = bool | Number | str | Gradient | tuple[Shadow, ...] | tuple[Span, ...] | None
"""What a property holds; which of them it may be stands in `stage.vocabulary`."""


class Key(Noun):
    """What a property is at one moment."""

    frame: Number
    """Frames from the scene's start; may be fractional or before 0."""
    value: Number | Color | Gradient
    ease: str = "none"
    """The curve from the key before to this one."""


class Stagger(Noun):
    """How the parts of a text follow one another."""

    each: float = Field(ge=0, le=10_000)
    """Frames from one part to the next."""
    order: Literal["start", "end", "center", "edges", "random"] = "start"
    total: float | None = Field(default=None, ge=0)
    """The whole cascade takes at most this many frames."""
    seed: int = 0


class Track(Noun):
    """How one property of a node, or of the parts of its text, changes.

    Before the first key the first value holds, after the last key the last; of two keys at one frame the
    later one holds from there. Of several tracks of one property and unit the one that began last holds,
    each part of a text counting its own stagger.
    """

    property: str
    unit: Literal["line", "word", "char"] | None = None
    """Parts of a text that each play the track; nothing means the node itself."""
    stagger: Stagger | None = None
    keys: tuple[Key, ...] = Field(min_length=1)


class Node(Noun):
    """One thing in a scene; `props` are checked against the tables of `stage.vocabulary`."""

    id: str = Field(pattern=r"^[A-Za-z_][\w.-]{0,79}$")
    """Unique within its scene."""
    kind: str
    props: dict[str, Value] = {}
    tracks: tuple[Track, ...] = ()
    children: tuple[Node, ...] = ()
    source: Source | None = None

    @model_validator(mode="after")
    def _by_the_vocabulary(self) -> Self:
        from_table = words.KINDS.get(self.kind)
        if from_table is None:
            raise ValueError(f"node {self.id!r}: no kind {self.kind!r}; kinds are {', '.join(words.KINDS)}")
        for name, value in self.props.items():
            check_value(self, name, value, from_table.get(name))
        for track in self.tracks:
            check_track(self, track, words.PART_PROPERTIES if track.unit else from_table)
        if self.children and self.kind not in words.CONTAINERS:
            raise ValueError(f"node {self.id!r}: a {self.kind} holds no children")
        return self


class Transition(Noun):
    """How a scene comes in over the one before it."""

    kind: Literal["cut", "fade", "dip"] = "cut"
    frames: Frames = 0
    """How long both scenes are on the screen (fade) or the change takes (dip)."""
    color: Color = "#000000"
    """What a dip goes through."""


class Scene(Noun):
    """A stretch of the film with its own nodes, clock and camera."""

    id: str = Field(pattern=r"^[A-Za-z_][\w.-]{0,79}$")
    frames: int = Field(ge=1, le=1_000_000)
    background: Paint = "#000000"
    enter: Transition = Transition()
    """The film's first scene always comes in by cut."""
    camera: tuple[Track, ...] = ()
    nodes: tuple[Node, ...] = ()
    source: Source | None = None


class Sound(Noun):
    """A file that plays along."""

    src: str
    """Path in the project: `assets/music.mp3`."""
    start: Frames = 0
    """Frame of the film on which it begins."""
    trim: float = Field(default=0, ge=0)
    """Seconds left out at its beginning."""
    seconds: float | None = Field(default=None, gt=0)
    """How much of it plays; to its end unless said."""
    gain_db: float = Field(default=0, ge=-80, le=24)
    fade_in: float = Field(default=0, ge=0)
    """Seconds."""
    fade_out: float = Field(default=0, ge=0)
    """Seconds, before its end or the film's."""
    loop: bool = False


class Theme(Noun):
    """Colors and fonts by role."""

    colors: dict[str, Color] = {}
    fonts: dict[str, str] = {}
    """`display`, `body` and `mono` to a font family."""


class Composition(Noun):
    """A whole film: sizes in pixels, times in frames."""

    schema_version: Literal[1] = 1
    title: str = ""
    language: str = ""
    """BCP 47 tag of the film's main language."""
    direction: Literal["ltr", "rtl"] = "ltr"
    width: int = Field(ge=16, le=7_680)
    height: int = Field(ge=16, le=7_680)
    fps: int = Field(ge=1, le=120)
    theme: Theme = Theme()
    scenes: tuple[Scene, ...] = Field(min_length=1, max_length=500)
    sounds: tuple[Sound, ...] = ()
    markers: dict[str, Frames] = {}

    @property
    def frames(self) -> int:
        """Length of the film, frames: a fade lays two scenes over each other."""
        overlap = sum(scene.enter.frames for scene in self.scenes[1:] if scene.enter.kind == "fade")
        return sum(scene.frames for scene in self.scenes) - overlap

    @property
    def seconds(self) -> float:
        """Length of the film, seconds."""
        return self.frames / self.fps

    @property
    def files(self) -> frozenset[str]:
        """Every file of the project that the film shows or plays."""
        found = {sound.src for sound in self.sounds}
        for scene in self.scenes:
            for node in walk(scene.nodes):
                source = node.props.get("src")
                if isinstance(source, str) and source:
                    found.add(source)
        return frozenset(found)

    def starts(self) -> tuple[int, ...]:
        """The frame of the film on which each scene begins."""
        found: list[int] = []
        clock = 0
        for index, scene in enumerate(self.scenes):
            if index and scene.enter.kind == "fade":
                clock -= scene.enter.frames
            found.append(clock)
            clock += scene.frames
        return tuple(found)

    @model_validator(mode="after")
    def _within_limits(self) -> Self:
        check_composition(self)
        return self


def walk(nodes: tuple[Node, ...]) -> list[Node]:
    """List nodes and all their children, parents first."""
    found: list[Node] = []
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        found.append(node)
        waiting.extend(reversed(node.children))
    return found


def check_value(node: Node, name: str, value: Value, rule: words.Property | None) -> None:
    """Hold one property against its rule; raises ValueError that names the node, the value and the range."""
    where = f"node {node.id!r}"
    if rule is None:
        raise ValueError(f"{where}: a {node.kind} has no property {name!r}")
    if value is None:
        return
    if rule.type == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise ValueError(f"{where}: {name} is {value!r}; give a number")
        if (rule.low is not None and value < rule.low) or (rule.high is not None and value > rule.high):
            raise ValueError(f"{where}: {name} is {value:g}; give {rule.low:g} to {rule.high:g}")
    elif rule.type == "choice" and value not in rule.choices:
        raise ValueError(f"{where}: {name} is {value!r}; give one of {', '.join(filter(None, rule.choices))}")
    elif rule.type == "flag" and not isinstance(value, bool):
        raise ValueError(f"{where}: {name} is {value!r}; give true or false")
    elif rule.type in ("text", "file", "name") and not isinstance(value, str):
        raise ValueError(f"{where}: {name} is {value!r}; give a text")
    elif rule.type == "color" and not _is_color(value):
        raise ValueError(f"{where}: {name} is {value!r}; give a color as '#RRGGBB'")
    elif rule.type == "paint" and not (_is_color(value) or isinstance(value, Gradient)):
        raise ValueError(f"{where}: {name} is {value!r}; give a color as '#RRGGBB' or a gradient")
    elif rule.type == "shadows" and not (
        isinstance(value, tuple) and all(isinstance(s, Shadow) for s in value)
    ):
        raise ValueError(f"{where}: {name} is {value!r}; give a list of shadows")
    elif rule.type == "spans" and not (isinstance(value, tuple) and all(isinstance(s, Span) for s in value)):
        raise ValueError(f"{where}: {name} is {value!r}; give a list of spans")


def check_track(owner: Node | Scene, track: Track, table: dict[str, words.Property]) -> None:
    """Hold one track against the vocabulary; raises ValueError."""
    where = f"{type(owner).__name__.lower()} {owner.id!r}"
    rule = table.get(track.property)
    if rule is None or not rule.animatable:
        able = ", ".join(name for name, each in table.items() if each.animatable)
        raise ValueError(f"{where} cannot animate {track.property!r}; it can animate {able}")
    if track.stagger is not None and track.unit is None:
        raise ValueError(f"{where}: a stagger of {track.property!r} needs the parts of a text")
    if track.unit is not None and isinstance(owner, Node) and owner.kind not in ("text", "counter"):
        raise ValueError(f"{where}: only a text has {track.unit}s")
    last = float("-inf")
    for key in track.keys:
        words.parse_ease(key.ease)
        if key.frame < last:
            raise ValueError(
                f"{where}: the keys of {track.property!r} are not in order at frame {key.frame:g}"
            )
        last = key.frame
        if (rule.type == "number") != isinstance(key.value, int | float):
            raise ValueError(f"{where}: a key of {track.property!r} is {key.value!r}; give a {rule.type}")


def check_composition(film: Composition) -> None:
    """Hold a whole film against the limits of the vocabulary; raises ValueError that names the limit."""
    low, high = words.LIMITS["seconds"]
    if not low <= film.seconds <= high:
        raise ValueError(f"the film lasts {film.seconds:g} s; give {low:g} to {high:g}")
    seen: set[str] = set()
    nodes = keys = letters = 0
    for index, scene in enumerate(film.scenes):
        if scene.id in seen:
            raise ValueError(f"two scenes are named {scene.id!r}")
        seen.add(scene.id)
        neighbour = film.scenes[index - 1].frames if index else 0
        if index and scene.enter.frames > min(scene.frames, neighbour):
            raise ValueError(
                f"scene {scene.id!r} comes in over {scene.enter.frames} frames: more than it or its neighbour"
            )
        for track in scene.camera:
            check_track(scene, track, words.CAMERA)
        ids: set[str] = set()
        for node in walk(scene.nodes):
            if node.id in ids:
                raise ValueError(f"two nodes of scene {scene.id!r} are named {node.id!r}")
            ids.add(node.id)
            nodes += 1
            keys += sum(len(track.keys) for track in node.tracks)
            letters += len(str(node.props.get("text") or ""))
        if _depth(scene.nodes) > words.LIMITS["depth"][1]:
            raise ValueError(f"scene {scene.id!r} nests deeper than {words.LIMITS['depth'][1]:g} groups")
    for name, count in (("nodes", nodes), ("keyframes", keys), ("text", letters)):
        if count > words.LIMITS[name][1]:
            raise ValueError(f"the film has {count} {name}; at most {words.LIMITS[name][1]:g}")


def schema() -> dict[str, object]:
    """The JSON Schema of a composition, with every property of every kind spelled out."""
    published = Composition.model_json_schema()
    published["$id"] = "https://director.invalid/composition-1.json"
    published["x-kinds"] = {
        kind: {name: _published(rule) for name, rule in table.items()} for kind, table in words.KINDS.items()
    }
    return published


def _is_color(value: Value) -> bool:
    return isinstance(value, str) and value.startswith("#") and len(value) in (7, 9) and _hex(value[1:])


def _hex(text: str) -> bool:
    return all(letter in "0123456789abcdefABCDEF" for letter in text)


def _depth(nodes: tuple[Node, ...]) -> int:
    deepest = 0
    level: list[Node] = list(nodes)
    while level:
        deepest += 1
        level = [child for node in level for child in node.children]
    return deepest


def _published(rule: words.Property) -> dict[str, object]:
    described: dict[str, object] = {"type": rule.type, "help": rule.help, "animatable": rule.animatable}
    if rule.default is not None:
        described["default"] = rule.default
    if rule.low is not None:
        described["range"] = [rule.low, rule.high]
    if rule.choices:
        described["choices"] = [choice for choice in rule.choices if choice]
    return described
