"""How PyAV names and converts colours."""

from enum import IntEnum, IntFlag

from av import VideoFrame

class Colorspace(IntEnum):
    ITU709 = ...

class ColorRange(IntEnum):
    MPEG = ...
    JPEG = ...

class Interpolation(IntFlag):
    FAST_BILINEAR = ...
    BILINEAR = ...
    AREA = ...
    FULL_CHR_H_INP = ...

class ColorPrimaries(IntEnum):
    BT709 = ...

class ColorTrc(IntEnum):
    BT709 = ...

class VideoReformatter:
    def reformat(
        self,
        frame: VideoFrame,
        *,
        width: int | None = None,
        height: int | None = None,
        format: str | None = None,
        interpolation: Interpolation | None = None,
        src_colorspace: Colorspace | None = None,
        dst_colorspace: Colorspace | None = None,
        src_color_range: ColorRange | None = None,
        dst_color_range: ColorRange | None = None,
        threads: int | None = None,
    ) -> VideoFrame: ...
