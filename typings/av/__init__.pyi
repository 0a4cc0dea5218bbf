"""What this project uses of PyAV: its own types leave its packets and its `**kwargs` unknown."""

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from types import TracebackType
from typing import Literal, Self, overload

import numpy as np
from numpy.typing import NDArray
from PIL import Image

time_base: int
codecs_available: set[str]

class FFmpegError(Exception):
    strerror: str

class VideoPlane:
    line_size: int
    width: int
    height: int
    def __buffer__(self, flags: int, /) -> memoryview: ...

class VideoFormat:
    name: str

class VideoFrame:
    pts: int | None
    format: VideoFormat
    width: int
    height: int
    rotation: int
    planes: tuple[VideoPlane, ...]
    @staticmethod
    def from_numpy_buffer(array: NDArray[np.uint8], format: str = "rgb24") -> VideoFrame: ...
    @staticmethod
    def from_ndarray(array: NDArray[np.uint8], format: str = "rgb24") -> VideoFrame: ...
    def to_ndarray(self, *, format: str | None = None) -> NDArray[np.uint8]: ...
    def to_image(self, *, width: int | None = None, height: int | None = None) -> Image.Image: ...

class Packet:
    stream: VideoStream | AudioStream
    pts: int | None
    dts: int | None
    duration: int | None
    time_base: Fraction
    is_keyframe: bool
    def __buffer__(self, flags: int, /) -> memoryview: ...

class CodecContext:
    name: str
    thread_count: int

class VideoCodecContext(CodecContext):
    width: int
    height: int
    pix_fmt: str | None
    color_primaries: int
    color_trc: int
    colorspace: int
    color_range: int
    skip_frame: str
    codec_tag: str
    def open(self) -> None: ...
    def decode(self, packet: Packet | None = None) -> list[VideoFrame]: ...
    def flush_buffers(self) -> None: ...

class VideoStream:
    metadata: dict[str, str]
    frames: int
    thread_type: str
    sample_aspect_ratio: Fraction | None
    codec_context: VideoCodecContext
    options: dict[str, str]
    duration: int | None
    time_base: Fraction | None
    average_rate: Fraction | None
    guessed_rate: Fraction | None
    def encode(self, frame: VideoFrame | None = None) -> list[Packet]: ...

class AudioStream:
    codec_context: CodecContext
    duration: int | None
    time_base: Fraction | None

class Streams:
    video: tuple[VideoStream, ...]
    audio: tuple[AudioStream, ...]

class Container:
    streams: Streams
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

class InputContainer(Container):
    duration: int | None
    @overload
    def demux(self, stream: VideoStream | AudioStream, /) -> Iterator[Packet]: ...
    @overload
    def demux(self, *, video: int = ..., audio: int = ...) -> Iterator[Packet]: ...
    @overload
    def decode(self, stream: VideoStream, /) -> Iterator[VideoFrame]: ...
    @overload
    def decode(self, *, video: int = ...) -> Iterator[VideoFrame]: ...

class OutputContainer(Container):
    def add_stream(self, codec: str, rate: Fraction | int) -> VideoStream: ...
    @overload
    def add_stream_from_template(self, template: VideoStream, opaque: bool | None = None) -> VideoStream: ...
    @overload
    def add_stream_from_template(self, template: AudioStream) -> AudioStream: ...
    def mux(self, packets: Packet | Sequence[Packet] | Iterable[Packet]) -> None: ...

@overload
def open(
    file: str, mode: Literal["r"] = "r", format: str | None = None, options: dict[str, str] | None = None
) -> InputContainer: ...
@overload
def open(
    file: str, mode: Literal["w"], format: str | None = None, options: dict[str, str] | None = None
) -> OutputContainer: ...
