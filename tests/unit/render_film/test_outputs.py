"""Every kind of file holds every frame, says what was promised, and keeps what is transparent."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import av
import numpy as np
import pytest
from PIL import Image

from domain import plugins
from domain.composition import Composition, Key, Node, Scene, Track, Transition
from domain.engine import SUFFIXES, FilmFacts, Format, Output
from render.coding import Coding, coding_of, file_name
from render.deliver import against_plan
from render.encode import DEMUXERS, Converter, SegmentWriter, join
from render.film import Places, make_film
from render.picture import Picture
from render.segments import make_plan
from tests.unit.render_film.test_encode import decoded, moving

FORMATS: list[Format] = [cast("Format", name) for name in plugins.names("render.outputs")]
CODED: list[Format] = [name for name in FORMATS if name not in ("gif", "webp", "apng", "png")]
CLEAR: list[Format] = [name for name in FORMATS if coding_of(Output(format=name)).alpha and name != "gif"]


def film(background: str = "#203040", frames: int = 20, fps: float = 30) -> Composition:
    move = Track(property="x", keys=(Key(frame=0, value=0), Key(frame=frames, value=60)))
    props: Mapping[str, Any] = {"width": 30, "height": 30, "fill": "#FF8040"}
    dot = Node(id="dot", kind="rect", props=dict(props), tracks=(move,))
    scenes = tuple(
        Scene(
            id=name, frames=frames, background=background, nodes=(dot,),
            enter=Transition(kind="fade", frames=4) if name == "b" else Transition(),
        )
        for name in "ab"
    )  # fmt: skip
    return Composition(width=160, height=90, fps=fps, scenes=scenes)


def rendered(made: Composition, output: Output, folder: Path, workers: int = 1) -> tuple[Path, FilmFacts]:
    plan = make_plan(made, output, {}, "1")
    folder.mkdir(exist_ok=True)
    make_film(made, plan, Places(project=folder, kept=folder / "kept", out=folder), workers)
    facts = FilmFacts.model_validate_json((folder / "facts.json").read_bytes())
    return folder / file_name(output), facts


def test_every_format_has_a_file_and_a_suffix() -> None:
    assert set(SUFFIXES) == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_as_it_was_promised(name: Format, tmp_path: Path) -> None:
    output = Output(format=name)
    path, facts = rendered(film(), output, tmp_path)
    assert path.suffix == SUFFIXES[name]
    assert list(against_plan(facts, film(), output)) == []
    assert (tmp_path / "poster.jpg").stat().st_size
    assert (tmp_path / "thumbnail.jpg").stat().st_size
    assert (tmp_path / "sheet.jpg").stat().st_size


@pytest.mark.parametrize(
    ("name", "fps"), [("mp4", 29.97), ("hevc", 23.976), ("webm", 59.94), ("prores", 23.976), ("png", 29.97)]
)
def test_a_film_of_television_keeps_its_rate_to_the_frame(name: Format, fps: float, tmp_path: Path) -> None:
    made, output = film(frames=40, fps=fps), Output(format=name)
    path, facts = rendered(made, output, tmp_path)
    assert list(against_plan(facts, made, output)) == []
    if name in ("mp4", "hevc", "prores"):
        with av.open(str(path)) as told:
            stream = told.streams.video[0]
            assert (stream.average_rate, stream.frames) == (made.rate, made.frames)
            assert stream.time_base is not None
            stamps = [frame.pts for frame in told.decode(stream) if frame.pts is not None]
            assert [stamp * stream.time_base * made.rate for stamp in stamps] == [*range(made.frames)]
    whole = film(frames=40)
    assert {each.code for each in against_plan(facts, whole, output)} & {"film_fps", "film_seconds"} or (
        name == "png"
    )


def test_a_promise_that_is_not_kept_is_told(tmp_path: Path) -> None:
    _, facts = rendered(film(), Output(format="vp9"), tmp_path)
    found = {each.code for each in against_plan(facts, film(), Output(format="hevc"))}
    assert found == {"film_codec", "film_sound"}


@pytest.mark.parametrize("name", CODED)
@pytest.mark.parametrize("cuts", [[(0, 40)], [(0, 1), (1, 3), (3, 25), (25, 40)]])
def test_segments_of_any_coding_join_to_the_bit_and_to_the_frame(
    name: Format, cuts: list[tuple[int, int]], tmp_path: Path
) -> None:
    coding = coding_of(Output(format=name))
    frames = list(moving(40))
    segments: list[Path] = []
    for first, last in cuts:
        segments.append(tmp_path / f"{first}.seg")
        converter = Converter(320, 180, coding)
        with SegmentWriter(segments[-1], 320, 180, 30, coding) as writer:
            for pixels in frames[first:last]:
                writer.add(converter.convert(pixels))
    path = tmp_path / f"film{SUFFIXES[name]}"
    assert join(segments, None, path, 30, coding) == 40
    alone = [each for segment in segments for each in hashes(segment, coding)]
    assert hashes(path, coding) == alone
    assert len(alone) == 40
    with av.open(str(path)) as made:
        times = sorted(
            float((packet.pts or 0) * packet.time_base * 30)
            for packet in made.demux(video=0)
            if packet.pts is not None
        )
    assert times == pytest.approx(range(40), abs=0.02)


def hashes(path: Path, coding: Coding) -> list[int]:
    with av.open(str(path), format=DEMUXERS[coding.container]) as made:
        return [hash(frame.to_ndarray(format="rgba").tobytes()) for frame in made.decode(video=0)]


@pytest.mark.parametrize("name", CLEAR)
def test_what_is_transparent_stays_so(name: Format, tmp_path: Path) -> None:
    path, _ = rendered(film("#00000000"), Output(format=name), tmp_path)
    last = last_picture(path, name)
    assert last.shape == (90, 160, 4)
    assert last[5, 150, 3] == 0
    shown = last[last[:, :, 3] == 255]
    assert len(shown) >= 700
    assert shown[:, :3].astype(int).mean(0) == pytest.approx([255, 128, 64], abs=12)


def last_picture(path: Path, name: Format) -> np.ndarray[Any, np.dtype[np.uint8]]:
    if name == "png":
        with zipfile.ZipFile(path) as archive:
            content = archive.read(archive.namelist()[-1])
        return np.asarray(Image.open(io.BytesIO(content)).convert("RGBA"))
    if name in ("webp", "apng"):
        with Image.open(path) as picture:
            picture.seek(cast("Any", picture).n_frames - 1)
            return np.asarray(picture.convert("RGBA"))
    with av.open(str(path)) as made:
        decoder: Any = made.streams.video[0].codec_context
        if name == "webm":  # the decoder that is usual elsewhere leaves the transparency out
            decoder = cast("Any", av).CodecContext.create("libvpx-vp9", "r")
        shown = [frame for packet in made.demux(video=0) for frame in decoder.decode(packet)]
    return shown[-1].to_ndarray(format="rgba")


@pytest.mark.parametrize("name", ["mp4", "hevc", "av1"])
def test_any_number_of_workers_makes_the_same_file(name: Format, tmp_path: Path) -> None:
    output = Output(format=name)
    alone, _ = rendered(film(frames=70), output, tmp_path / "one", 1)
    shared, _ = rendered(film(frames=70), output, tmp_path / "three", 3)
    assert alone.read_bytes() == shared.read_bytes()


def test_any_chunking_shows_the_same_frames(tmp_path: Path) -> None:
    made = film(frames=40)
    whole, _ = rendered(made, Output(), tmp_path / "whole")
    shown = drawn(made, 0, made.frames)
    for first, last in ((0, 7), (7, 36), (36, 39), (39, made.frames)):
        assert drawn(made, first, last) == shown[first:last]
    assert len(decoded(whole)) == made.frames


def drawn(made: Composition, first: int, last: int) -> list[bytes]:
    picture, converter = Picture(made, Path()), Converter(made.width, made.height)
    frames = (converter.convert(picture.draw(frame)) for frame in range(first, last))
    return [frame.to_ndarray(format="rgb24").tobytes() for frame in frames]


@pytest.mark.parametrize("encoder", ["nvenc", "qsv", "vaapi", "videotoolbox"])
def test_hardware_that_is_not_there_is_told(encoder: Any, tmp_path: Path) -> None:
    coding = coding_of(Output(encoder=encoder))
    assert coding.codec == f"h264_{encoder}"
    with pytest.raises(ValueError, match=f"encoder 'h264_{encoder}'"):
        SegmentWriter(tmp_path / "a.seg", 320, 180, 30, coding)


def test_hardware_makes_no_pictures() -> None:
    with pytest.raises(ValueError, match="the format is 'gif'"):
        coding_of(Output(format="gif", encoder="nvenc"))
