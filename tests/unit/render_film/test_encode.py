"""Frames become segments, and segments become a film, without losing a frame, a colour or a dark gradient."""

import os
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from domain.engine import Output
from render.coding import PACKETS_ONLY, Coding, coding_of
from render.encode import Converter, SegmentWriter, join, noise
from render.outputs import mp4
from render.picture import Pixels
from render.probe import color_of, facts_of, faststart
from render.profiles import even

FAST = mp4.x264("ultrafast", 20)
STANDARD = mp4.coding(Output())
W, H, FPS = 320, 180, 30


def plain(width: int, height: int, bgr: tuple[int, int, int]) -> Pixels:
    pixels = np.empty((height, width, 4), np.uint8)
    pixels[..., :3] = bgr
    pixels[..., 3] = 255
    return pixels


def moving(count: int, width: int = W, height: int = H) -> Iterator[Pixels]:
    for frame in range(count):
        pixels = plain(width, height, (60, 40, 20))
        pixels[40:90, frame % 200 : frame % 200 + 60, :3] = (30, 200, 250)
        yield pixels


def write(path: Path, frames: list[Pixels], coding: Coding = FAST) -> Path:
    height, width = frames[0].shape[:2]
    converter = Converter(width, height)
    with SegmentWriter(path, width, height, FPS, coding) as writer:
        for pixels in frames:
            writer.add(converter.convert(pixels))
    return path


def decoded(path: Path) -> list[bytes]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray().tobytes() for frame in film.decode(video=0)]


@pytest.mark.parametrize(
    ("bgr", "yuv"),
    [((255, 255, 255), (235, 128, 128)), ((0, 0, 0), (16, 128, 128)), ((0, 0, 255), (63, 102, 240)),
     ((0, 255, 0), (173, 42, 26)), ((255, 0, 0), (32, 240, 118))],
)  # fmt: skip
def test_colours_are_bt709_limited_range(bgr: tuple[int, int, int], yuv: tuple[int, int, int]) -> None:
    frame = Converter(W, H).convert(plain(W, H, bgr))
    found = [float(np.frombuffer(memoryview(plane), np.uint8).mean()) for plane in frame.planes]
    assert found == pytest.approx(yuv, abs=1.5)


def test_segments_laid_side_by_side_show_the_same_as_alone(tmp_path: Path) -> None:
    frames = list(moving(75))
    cuts = [(0, 1), (1, 3), (3, 6), (6, 36), (36, 75)]
    segments = [write(tmp_path / f"{first}.mp4", frames[first:last]) for first, last in cuts]
    assert join(segments, None, tmp_path / "film.mp4", FPS, FAST) == 75
    assert decoded(tmp_path / "film.mp4") == [each for segment in segments for each in decoded(segment)]


def test_a_joined_film_has_even_times_and_its_index_first(tmp_path: Path) -> None:
    segments = [write(tmp_path / f"{part}.mp4", list(moving(20))) for part in range(3)]
    join(segments, None, tmp_path / "film.mp4", FPS, FAST)
    with av.open(str(tmp_path / "film.mp4")) as film:
        packets = [packet for packet in film.demux(video=0) if packet.pts is not None]
    assert sorted(packet.pts or 0 for packet in packets) == [512 * place for place in range(60)]
    assert [packet.dts for packet in packets] == sorted(packet.dts or 0 for packet in packets)
    assert faststart(tmp_path / "film.mp4")


def test_a_film_says_its_colours_and_size(tmp_path: Path) -> None:
    join([write(tmp_path / "a.mp4", list(moving(12)))], None, tmp_path / "film.mp4", FPS, FAST)
    facts = facts_of(tmp_path / "film.mp4")
    assert (facts.width, facts.height, facts.fps, facts.frames) == (W, H, 30, 12)
    assert (facts.video_codec, facts.pixel_format, facts.color) == ("h264", "yuv420p", "bt709/tv")
    assert facts.seconds == pytest.approx(0.4)
    assert facts.audio_codec is None


def test_a_wrong_matrix_is_seen(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "film.mp4"), "w") as film:
        stream = film.add_stream("libx264", rate=FPS)
        stream.codec_context.width, stream.codec_context.height = W, H
        stream.codec_context.pix_fmt = "yuv420p"
        film.mux(stream.encode(Converter(W, H).convert(plain(W, H, (9, 9, 9)))))
        film.mux(stream.encode(None))
        assert color_of(stream.codec_context) != "bt709/tv"


def test_odd_sides_are_padded_with_their_last_pixels(tmp_path: Path) -> None:
    path = write(tmp_path / "odd.mp4", list(moving(3, 321, 181)))
    facts = facts_of(path)
    assert (facts.width, facts.height) == (322, 182)
    with av.open(str(path)) as film:
        edge = next(film.decode(video=0)).to_ndarray(format="gray")[:, -1]
    assert edge.std() < 4


@pytest.mark.parametrize(("length", "sides"), [(1080, 1080), (1081, 1082), (540.5, 540), (3, 16)])
def test_sides_are_even_and_never_tiny(length: float, sides: int) -> None:
    assert even(length) == sides


def flat_share(path: Path) -> float:
    """Share of 8x8 blocks of a decoded film that have one single value: what banding looks like."""
    flat: list[float] = []
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            luma = frame.to_ndarray(format="gray")
            high, wide = luma.shape[0] // 8 * 8, luma.shape[1] // 8 * 8
            blocks = luma[:high, :wide].reshape(high // 8, 8, wide // 8, 8).swapaxes(1, 2).reshape(-1, 64)
            flat.append(float((blocks.max(1) == blocks.min(1)).mean()))
    return sum(flat) / len(flat)


def dark_gradient(frame: int) -> Pixels:
    across = np.linspace(14 + frame * 0.05, 34, 960)[None, :, None] + np.linspace(0, 6, 540)[:, None, None]
    pixels = np.repeat(np.rint(across).astype(np.uint8), 4, axis=2)
    pixels[..., 3] = 255
    return pixels


def test_a_dark_gradient_does_not_band_at_standard_quality(tmp_path: Path) -> None:
    path = write(tmp_path / "dark.mp4", [dark_gradient(frame) for frame in range(30)], STANDARD)
    assert flat_share(path) < 0.05


def test_the_banding_measure_can_fail(tmp_path: Path) -> None:
    path = tmp_path / "banded.mp4"
    with SegmentWriter(path, 960, 540, FPS, STANDARD) as writer:
        for frame in range(10):
            luma = np.repeat(dark_gradient(frame)[..., 0], 1, axis=1)
            yuv = np.concatenate([luma, np.full((270, 960), 128, np.uint8)])
            writer.add(av.VideoFrame.from_ndarray(yuv, format="yuv420p"))
    assert flat_share(path) > 0.3


def test_the_dither_stands_still_and_is_weak() -> None:
    grains = noise(W, H).view(np.int8)
    assert np.array_equal(grains, noise(W, H).view(np.int8))
    assert 1.4 < grains.std() < 2
    assert abs(grains.mean()) < 0.05


@pytest.mark.parametrize("coding", [FAST, mp4.x264("medium", 20)])
def test_a_file_opened_for_its_packets_gives_the_same_packets_and_pictures(
    tmp_path: Path, coding: Coding
) -> None:
    path = write(tmp_path / "a.mp4", list(moving(12)), coding)
    found: list[list[tuple[int | None, bytes]]] = []
    for options in ({}, PACKETS_ONLY):
        with av.open(str(path), format="mp4", options=options) as film:
            found.append([(packet.pts, bytes(packet)) for packet in film.demux(film.streams.video[0])])
    assert found[0] == found[1]
    assert len(found[0]) >= 12
    with av.open(str(path), format="mp4", options=PACKETS_ONLY) as film:
        assert [frame.to_ndarray().tobytes() for frame in film.decode(video=0)] == decoded(path)


def test_a_segment_that_fails_half_way_is_closed(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="half"), SegmentWriter(tmp_path / "a.mp4", W, H, FPS, FAST):
        raise RuntimeError("half way")


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(b"not a film at all" * 100)
    with pytest.raises(ValueError, match=r"film\.mp4 is no film"):
        facts_of(tmp_path / "film.mp4")


def test_the_same_frames_are_the_same_bytes_whatever_lies_in_memory(tmp_path: Path) -> None:
    frames = list(moving(12, 608, 1080))
    made: set[bytes] = set()
    for attempt in range(4):
        waste = [np.full(700_000 * (place + 1), attempt * 60 + place, np.uint8) for place in range(8)]
        del waste  # freed memory comes back to the encoder with these bytes in it
        made.add(write(tmp_path / f"{attempt}.mp4", frames, STANDARD).read_bytes())
    assert len(made) == 1


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's encoders may go before everybody else")
def test_no_encoder_takes_precedence_over_other_processes(tmp_path: Path) -> None:
    coding = coding_of(Output(format="av1"))
    converter = Converter(320, 180, coding)
    with SegmentWriter(tmp_path / "film.mp4", 320, 180, 30, coding) as writer:
        writer.add(converter.convert(plain(320, 180, (0, 0, 0))))
        threads = [int(task.name) for task in Path("/proc/self/task").iterdir()]
        ranks = {os.sched_getscheduler(thread) for thread in threads}
    assert len(threads) > 5, "SVT-AV1 has threads of its own"
    assert ranks == {os.SCHED_OTHER}
