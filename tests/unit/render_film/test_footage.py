from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from domain.engine import ImportedMedia
from render.clips import Clip
from render.footage import import_clip
from tests.unit.render.films import write_clip, write_tone


def made(folder: Path, *words: str, name: str = "source.mp4") -> Path:
    """A clip that ffmpeg makes of the plain one and a tone."""
    write_clip(folder / "plain.mp4")
    write_tone(folder / "tone.wav", 0.8)
    path = folder / name
    argv = ["ffmpeg", "-v", "error", "-i", str(folder / "plain.mp4"), "-i", str(folder / "tone.wav"), *words]
    subprocess.run([*argv, str(path)], check=True)
    return path


def taken(source: Path, folder: Path) -> tuple[Path, dict[str, object]]:
    out = folder / "out"
    out.mkdir(exist_ok=True)
    import_clip(source, out)
    told = json.loads((out / "facts.json").read_text())
    return out / f"media{told['suffix']}", told["facts"]


@pytest.mark.parametrize(
    ("name", "codec"), [("a.mp4", "mpeg4"), ("a.mov", "libx264"), ("a.webm", "libvpx"), ("a.mkv", "libx264")]
)
def test_a_clip_is_written_anew_with_its_pictures_and_its_sound(
    name: str, codec: str, tmp_path: Path
) -> None:
    quality = ["-b:v", "2M"] if codec == "libvpx" else ["-q:v", "1"]
    sound = ["-c:a", "libopus"] if name == "a.webm" else []
    path, facts = taken(made(tmp_path, "-c:v", codec, *quality, *sound, name=name), tmp_path)
    assert path.name == "media.mp4"
    assert (facts["width"], facts["height"], facts["sound"]) == (96, 54, 1)
    assert facts["seconds"] == pytest.approx(0.8, abs=0.1)
    image = Clip(path).picture(9 / 30)
    assert image is not None
    assert float(image.toarray()[:, :, :3].min()) == pytest.approx(40 + 8 * 9, abs=14)


def test_a_turned_clip_comes_out_upright_and_an_odd_one_even(tmp_path: Path) -> None:
    source = made(tmp_path, "-vf", "scale=51:97", "-c:v", "mpeg4", "-an")
    turned = tmp_path / "turned.mp4"
    argv = ["ffmpeg", "-v", "error", "-i", str(source), "-c", "copy", "-metadata:s:v", "rotate=90"]
    subprocess.run([*argv, str(turned)], check=True)
    path, facts = taken(turned, tmp_path)
    assert (facts["width"], facts["height"], facts["sound"]) == (96, 50, 0)
    assert Clip(path).size == (96, 50)


def test_a_clip_without_pictures_is_a_sound(tmp_path: Path) -> None:
    path, facts = taken(made(tmp_path, "-vn"), tmp_path)
    assert path.suffix == ".m4a"
    assert facts["channels"] == 2
    assert ImportedMedia(content=b"", suffix=".m4a", facts={}).turned_out("video") == "audio"
    assert ImportedMedia(content=b"", suffix=".mp4", facts={}).turned_out("video") == "video"


@pytest.mark.parametrize(
    "content", [b"hello" * 99, b"\0\0\0\x18ftypmp42" + b"\xff" * 5_000, b"\x1a\x45\xdf\xa3" + b"\0" * 99]
)
def test_what_is_no_clip_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(content)
    with pytest.raises(ValueError, match=r"the (file|clip) (is no|is broken|cannot be read)"):
        import_clip(tmp_path / "source", tmp_path)


def test_times_that_are_uneven_stay_so(tmp_path: Path) -> None:
    uneven = made(
        tmp_path, "-vf", "select='lt(n,4)+gte(n,12)'", "-vsync", "vfr", "-c:v", "libx264", "-qp", "0", "-an"
    )
    path, _ = taken(uneven, tmp_path)
    opened = Clip(path)
    before, after = opened.picture(11 / 30), opened.picture(12.1 / 30)
    assert before is not None
    assert after is not None
    assert float(before.toarray()[:, :, :3].min()) == pytest.approx(40 + 8 * 3, abs=4)
    assert float(after.toarray()[:, :, :3].min()) == pytest.approx(40 + 8 * 12, abs=4)
