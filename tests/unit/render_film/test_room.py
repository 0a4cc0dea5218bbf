"""Frames of any size up to 7,680 × 4,320 are drawn and encoded within the memory of a box."""

from pathlib import Path

import av
import pytest

from domain.composition import Composition, Node, Scene, Transition
from domain.engine import Format, Output
from render.coding import coding_of
from render.deliver import against_plan
from render.encode import Converter, SegmentWriter
from render.engine import BoxEngine, EngineConfig
from render.picture import Picture
from render.room import LEAN, lean, worker_mb, workers
from tests.contracts.sandboxes import SANDBOXES
from tests.unit.render_film.test_outputs import FORMATS

WIDE, HIGH = 7_680, 4_320


def film(frames: int, width: int = WIDE, height: int = HIGH) -> Composition:
    """A gradient, a shadowed title and a fade, as large as films may be."""
    props = {"text": "8K", "size": height / 3, "weight": 800, "color": "#FFFFFF", "anchor": "center"}
    shadow = {"x": 0, "y": height / 100, "blur": height / 50, "color": "#00000080"}
    title = Node.model_validate({"id": "title", "kind": "text", "props": {**props, "shadow": [shadow]}})
    ground = {"angle": 30, "stops": [{"at": 0, "color": "#101830"}, {"at": 1, "color": "#402060"}]}
    scenes = (
        Scene.model_validate({"id": "a", "frames": frames, "background": ground, "nodes": [title]}),
        Scene(id="b", frames=frames, background="#F4EEE4", enter=Transition(kind="fade", frames=frames // 2)),
    )
    return Composition(width=width, height=height, fps=30, scenes=scenes)


@pytest.mark.parametrize("name", FORMATS)
def test_as_many_draw_as_memory_lasts_and_at_least_one(name: Format) -> None:
    coding = coding_of(Output(format=name, quality="high"))
    assert workers(coding, 640, 360, 2, 6_144) == 2
    assert workers(coding, 1_920, 1_080, 64, 6_144) < 64
    assert workers(coding, WIDE, HIGH, 64, 6_144) in (1, 2)
    counts = [workers(coding, side, side, 16, 6_144) for side in (256, 1_024, 2_048, 3_072)]
    assert counts == sorted(counts, reverse=True)


@pytest.mark.parametrize("name", ["mp4", "hevc", "av1", "vp9"])
def test_one_process_of_the_largest_frames_fits_into_a_box(name: Format) -> None:
    assert worker_mb(coding_of(Output(format=name, quality="high")), WIDE, HIGH) < 6_144 - 300


def test_encoders_of_large_frames_alone_look_less_far_ahead() -> None:
    for name in ("mp4", "hevc", "av1", "vp9"):
        coding = coding_of(Output(format=name))
        assert lean(coding, 3_840, 2_160) == coding
        key, said = LEAN[coding.codec]
        assert lean(coding, WIDE, HIGH).options[key].endswith(said)


def test_a_frame_of_the_largest_film_is_drawn_and_encoded(tmp_path: Path) -> None:
    picture = Picture(film(4), tmp_path)
    coding = coding_of(Output())
    with SegmentWriter(tmp_path / "a.mp4", WIDE, HIGH, 30, coding) as writer:
        converter = Converter(WIDE, HIGH, coding)
        pixels = picture.draw(0)
        assert pixels.shape == (HIGH, WIDE, 4)
        writer.add(converter.convert(pixels))
    with av.open(str(tmp_path / "a.mp4")) as made:
        shown = next(made.decode(video=0))
        assert (shown.width, shown.height) == (WIDE, HIGH)
        light = shown.to_image(width=768, height=432).convert("L").tobytes()
    assert (min(light) < 60, max(light) > 200) == (True, True)


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_a_film_and_a_still_of_the_largest_size_come_out_of_a_box(tmp_path: Path) -> None:
    config = EngineConfig(folder=tmp_path / "engine", cpus=2, memory_mb=6_144)
    engine = BoxEngine(SANDBOXES["bubblewrap"](), config)
    output = Output()

    async def hear(_: object) -> None:
        pass

    try:
        made = await engine.film(film(8), {}, output, tmp_path, on_progress=hear)
        assert list(against_plan(made.facts, film(8), output)) == []
        stills = await engine.stills(film(8), {}, [6], png=True, sheet=False, look=False)
        assert len(stills.stills[0].png) > 100_000
    finally:
        await engine.close()
