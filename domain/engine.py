"""Turning a project's source into a film: what the tools and the render jobs ask for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Literal, Protocol

from pydantic import Field

from domain.composition import Composition
from domain.finding import Finding, Report
from domain.hearing import Heard
from domain.layout import Layout
from domain.nouns import Noun

Files = Mapping[str, Path]
"""A project's tree: path in the project to a file of the host with its content."""
Quality = Literal["draft", "standard", "high"]
Format = Literal["mp4", "hevc", "av1", "vp9", "webm", "prores", "gif", "webp", "apng", "png"]
Encoder = Literal["software", "nvenc", "qsv", "vaapi", "videotoolbox"]
SUFFIXES: dict[Format, str] = {
    "mp4": ".mp4", "hevc": ".mp4", "av1": ".mp4", "vp9": ".webm", "webm": ".webm", "prores": ".mov",
    "gif": ".gif", "webp": ".webp", "apng": ".png", "png": ".zip",
}  # fmt: skip
"""How the file of each format ends."""
TYPES = {
    ".mp4": "video/mp4", ".webm": "video/webm", ".mov": "video/quicktime", ".gif": "image/gif",
    ".webp": "image/webp", ".png": "image/png", ".zip": "application/zip",
}  # fmt: skip
"""Media type of each ending; an animated PNG is a PNG to those who do not know better."""
MediaKind = Literal["image", "audio", "font", "svg", "video"]


class Build(Noun):
    """What compiling a project gave: a film, or findings that say why not."""

    composition: Composition | None
    findings: tuple[Finding, ...] = ()


class Outline(Noun):
    """What is written where in a project's source."""

    entries: tuple[OutlineEntry, ...]
    problems: tuple[str, ...] = ()


class OutlineEntry(Noun):
    """One file, class, function, scene, node or asset."""

    kind: Literal["file", "class", "function", "scene", "node", "asset", "import"]
    name: str
    file: str
    start_line: int
    end_line: int
    detail: str = ""


class Still(Noun):
    """One drawn frame."""

    frame: int
    png: bytes


class Crop(Noun):
    """A piece of a drawn frame around a fault, JPEG, its box marked."""

    finding: int
    """Its number among the findings beside it."""
    jpeg: bytes


class Stills(Noun):
    """Drawn frames with what stands on them."""

    stills: tuple[Still, ...] = ()
    sheet: bytes | None = None
    """A contact sheet of all the frames, JPEG, at most 1,568 px on its longer side."""
    crops: tuple[Crop, ...] = ()
    """Pieces around the worst findings, with a sheet only."""
    layout: Layout
    findings: tuple[Finding, ...] = ()
    """Faults seen while drawing: missing files and glyphs, substituted fonts, blank frames, cut texts."""


class Output(Noun):
    """What kind of file a film becomes."""

    quality: Quality = "standard"
    """draft is half size and quick; high spends more bits and time."""
    format: Format = "mp4"
    """mp4 is H.264; prores and webm keep transparency; png is a ZIP of numbered pictures."""
    encoder: Encoder = "software"
    """Hardware that encodes H.264 or HEVC in place of the processor, where the machine has it."""
    first_frame: int = Field(default=0, ge=0)
    last_frame: int | None = None
    """The frame after the last one; the film's end unless said."""
    thumbnail: int = Field(default=480, ge=16, le=1920)
    """Longer side of the small picture beside the poster, px; at most the poster's own."""

    @property
    def suffix(self) -> str:
        """How the file ends: `.webm`."""
        return SUFFIXES[self.format]

    @property
    def media_type(self) -> str:
        """What the file is to a browser: `video/webm`."""
        return TYPES[self.suffix]


class FilmFacts(Noun):
    """What the finished file says of itself, probed after it was written."""

    width: int
    height: int
    fps: float
    frames: int
    seconds: float
    video_codec: str
    pixel_format: str
    color: str
    audio_codec: str | None
    audio_seconds: float | None
    loudness_lufs: float | None = None
    bytes: int
    sha256: str
    segments: int = 0
    segments_reused: int = 0


class Film(Noun):
    """A finished file on the host, in the folder that the caller gave."""

    path: Path
    facts: FilmFacts
    layout: Layout
    poster: Path
    """The frame with most to see, JPEG, as large as the film."""
    thumbnail: Path
    """The poster made small."""
    sheet: Path
    report: Report = Report()
    """What was looked at while it was drawn and in the finished file, and what was found."""


class Watched(Noun):
    """A finished file, decoded and judged."""

    facts: FilmFacts | None = None
    """Nothing for a file that holds no film."""
    report: Report


class Progress(Noun):
    """How far a render is."""

    stage: Literal["compiling", "drawing", "encoding", "mixing", "finishing"]
    done: int
    """Frames."""
    total: int
    fps: float = 0
    eta_s: float | None = None


class ImportedMedia(Noun):
    """A stranger's file, decoded and written anew in the sandbox."""

    content: bytes
    suffix: str
    """Of the new file: `.png`, `.jpg`, `.flac`, `.ttf`, `.svg`…"""
    facts: dict[str, str | int | float]
    """Width and height in px, seconds, channels, family…"""
    preview: bytes | None = None
    """A picture or drawing as a small JPEG."""

    def turned_out(self, kind: MediaKind) -> MediaKind:
        """Tell what a file was that came as some kind: a clip without pictures is a sound."""
        return "audio" if kind == "video" and self.suffix != ".mp4" else kind


OnProgress = Callable[[Progress], Awaitable[None]]


class Engine(Protocol):
    """Compiles and draws films, always inside a sandbox.

    Every method raises Unavailable when no sandbox can be had, and ToolError("limit" | "timeout", …) when the
    source used more than its share of time, memory or output.
    """

    async def compile(self, files: Files) -> Build:
        """Run a project's source and validate what it says; its mistakes come back as findings."""
        ...

    async def outline(self, files: Files) -> Outline:
        """Parse a project's source without running it."""
        ...

    async def stills(
        self,
        film: Composition,
        files: Files,
        frames: Sequence[int],
        *,
        png: bool = False,
        sheet: bool = True,
        scale: float = 1,
        look: bool = True,
    ) -> Stills:
        """Draw single frames; `scale` is the size of the PNGs against the film's; `look` finds faults."""
        ...

    async def film(
        self, film: Composition, files: Files, output: Output, folder: Path, *, on_progress: OnProgress
    ) -> Film:
        """Draw, encode, mix and probe a whole film into `folder`; unchanged segments are not drawn again."""
        ...

    def timeline(self, film: Composition, media: str) -> bytes:
        """Write a film's cut for editing programs; `media` is the finished file's name."""
        ...

    async def watch(self, path: Path, film: Composition | None, files: Files) -> Watched:
        """Decode a finished file and judge it, against the film that it was made from where that is given."""
        ...

    async def import_media(self, source: Path, kind: MediaKind) -> ImportedMedia:
        """Decode a file by its content and encode it anew.

        Raises ToolError("invalid", …) when it is not what it claims, is broken, or is larger than the limits.
        """
        ...

    @property
    def ear(self) -> str:
        """Names what `listen` hears with: another ear may hear something else in the same sound."""
        ...

    async def listen(self, source: Path, sensitivity: float = 0.5) -> Heard:
        """Analyse a sound by its content: beats, bars, key, loudness; more sensitivity hears softer onsets.

        Raises ToolError("invalid" | "limit", …) when it is no sound, is broken, or is too long.
        """
        ...


Outline.model_rebuild()
