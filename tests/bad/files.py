"""Delivered files with one fault each: a good small film, spoiled on its way into the file."""
# ruff: noqa: E501 - tables are read by their columns

from __future__ import annotations

import argparse
import functools
import subprocess
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from domain.composition import Composition, Gradient, GradientStop, Key, Music, Node, Scene, Sound, Track
from domain.finding import Finding
from render.commands.watch import watched
from render.picture import Picture
from tests.bad.case import Bad

WIDE, TALL, FPS, RATE = 320, 180, 30, 48_000
Frames = list[NDArray[np.uint8]]
Samples = NDArray[np.float32]
CODED = ("-c:v", "libx264", "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p")
TAGGED = ("-vf", "scale=out_color_matrix=bt709:out_range=tv", "-colorspace", "bt709", "-color_primaries", "bt709",
          "-color_trc", "bt709", "-color_range", "tv", "-movflags", "+faststart")  # fmt: skip
HEARD = ("-c:a", "aac", "-b:a", "160k")


def box(name: str, x: float, color: str, frames: int) -> Node:
    props = {"width": 90, "height": 60, "fill": color, "anchor": "center", "y": x / 4}
    slide = Track(property="x", keys=(Key(frame=0, value=x), Key(frame=frames, value=-x)))
    return Node.model_validate({"id": name, "kind": "rect", "props": props, "tracks": (slide,)})


def good_film(*, sound: bool = True, beats: tuple[float, ...] = ()) -> Composition:
    """Three scenes of a second and a half."""
    grounds, boxes = ("#183050", "#E8E0D0", "#6A1530"), ("#FFC040", "#205040", "#60D0F0")
    scenes = tuple(
        Scene(id=f"s{at}", frames=45, background=ground, nodes=(box("box", 100, color, 45),))
        for at, (ground, color) in enumerate(zip(grounds, boxes, strict=True))
    )
    music = (Sound(music=Music(mood="warm", bpm=120)),) if sound else ()
    return Composition(width=WIDE, height=TALL, fps=FPS, scenes=scenes, sounds=music, cut_beats=beats)


@functools.cache
def drawn() -> tuple[NDArray[np.uint8], ...]:
    film = good_film()
    picture = Picture(film, Path())
    return tuple(picture.draw(frame).copy() for frame in range(film.frames))


def tone(seconds: float = 4.5, level: float = 0.38) -> Samples:
    """A bed of tones at -14 LUFS or so."""
    time = np.arange(round(seconds * RATE)) / RATE
    wave = sum(np.sin(2 * np.pi * pitch * time) / 3 for pitch in (220, 277, 331))
    return np.stack([wave, wave], axis=1).astype(np.float32) * np.float32(level)


def encode(
    path: Path, frames: Sequence[NDArray[np.uint8]], samples: Samples | None, *,
    fps: float = FPS, coded: Sequence[str] = CODED, tagged: Sequence[str] = TAGGED, heard: Sequence[str] = HEARD,
) -> Path:  # fmt: skip
    """Write frames and samples into a file."""
    argv = ["ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra",
            "-s", f"{frames[0].shape[1]}x{frames[0].shape[0]}", "-r", f"{fps:g}", "-i", "pipe:"]  # fmt: skip
    if samples is not None:
        raw = path.with_suffix(".raw")
        raw.write_bytes(samples.tobytes())
        argv += ["-f", "f32le", "-ar", f"{RATE}", "-ac", "2", "-i", str(raw), *heard]
    argv += [*coded, *tagged, str(path)]
    ended = subprocess.run(
        argv, input=b"".join(each.tobytes() for each in frames), capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr.decode()
    return path


def encode_sound(path: Path, samples: Samples) -> None:
    """Write samples into a sound of a project."""
    argv = [
        "ffmpeg",
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-f",
        "f32le",
        "-ar",
        f"{RATE}",
        "-ac",
        "2",
        "-i",
        "pipe:",
    ]
    subprocess.run([*argv, str(path)], input=samples.tobytes(), check=True)


def judged(folder: Path, path: Path, film: Composition | None) -> list[Finding]:
    """Check a file the way `director check` does inside its box."""
    given = folder / "given"
    given.mkdir(exist_ok=True)
    (given / "film").write_bytes(path.read_bytes())
    if film is not None:
        (given / "composition.json").write_text(film.model_dump_json())
    seen = watched(argparse.Namespace(given=given, project=folder, out=folder))
    return list(seen.report.findings)


def spoiled(change: Callable[[Frames], Frames], **how: object) -> Callable[[Path], list[Finding]]:
    """Spoil the pictures."""

    def look(folder: Path) -> list[Finding]:
        path = encode(folder / "film.mp4", change(list(drawn())), tone(), **how)  # type: ignore[arg-type]
        return judged(folder, path, good_film())

    return look


def misheard(samples: Samples | None, **how: object) -> Callable[[Path], list[Finding]]:
    """Spoil the sound."""

    def look(folder: Path) -> list[Finding]:
        path = encode(folder / "film.mp4", drawn(), samples, **how)  # type: ignore[arg-type]
        return judged(folder, path, good_film())

    return look


def broken(change: Callable[[bytes], bytes]) -> Callable[[Path], list[Finding]]:
    """Spoil the file's bytes."""

    def look(folder: Path) -> list[Finding]:
        path = encode(folder / "film.mp4", drawn(), tone())
        path.write_bytes(change(path.read_bytes()))
        return judged(folder, path, good_film())

    return look


def as_it_is(frames: Frames) -> Frames:
    return frames


def held(first: int, last: int) -> Callable[[Frames], Frames]:
    return lambda frames: [frames[first] if first <= at < last else each for at, each in enumerate(frames)]


def painted(first: int, last: int, value: int) -> Callable[[Frames], Frames]:
    flat = np.full((TALL, WIDE, 4), value, np.uint8)
    return lambda frames: [flat if first <= at < last else each for at, each in enumerate(frames)]


def flashing(every: int, share: float) -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        found = [each.copy() for each in frames]
        for at in range(30, 75):
            found[at][:, : round(WIDE * share)] = 255 if at // every % 2 else 10
        return found

    return change


def shifted(cut: int, by: int) -> Callable[[Frames], Frames]:
    def change(frames: Frames) -> Frames:
        low, high = min(cut, cut + by), max(cut, cut + by)
        source = cut if by < 0 else cut - 1
        return [frames[source] if low <= at < high else each for at, each in enumerate(frames)]

    return change


def dissolved(frames: Frames) -> Frames:
    found = list(frames)
    for at in range(35, 55):
        share = (at - 34) / 21
        found[at] = (frames[34] * (1 - share) + frames[55] * share).astype(np.uint8)
    return found


def dimmed(by: float) -> Callable[[Frames], Frames]:
    return lambda frames: [(each * by).astype(np.uint8) for each in frames]


def swapped(frames: Frames) -> Frames:
    return [*frames[90:135], *frames[45:90], *frames[0:45]]


def covered(frames: Frames) -> Frames:
    """A slab that comes over the second half of the frames before a cut and leaves fast behind it."""
    found = [each.copy() for each in frames]
    for at in range(41, 49):
        wide = WIDE * (at - 40) // 3 if at < 44 else WIDE if at < 47 else WIDE // 3
        found[at][:, : min(wide, WIDE)] = 250
    return found


def blurred(frames: Frames) -> Frames:
    return [each[::20, ::20].repeat(20, axis=0).repeat(20, axis=1)[:TALL, :WIDE].copy() for each in frames]


def cut_out(first: float, last: float) -> Samples:
    samples = tone()
    samples[round(first * RATE) : round(last * RATE)] = 0
    return samples


def off_beats(*beats: float) -> Callable[[Path], list[Finding]]:
    def look(folder: Path) -> list[Finding]:
        path = encode(folder / "film.mp4", drawn(), tone())
        return judged(folder, path, good_film(beats=beats))

    return look


def tags(**changed: str) -> tuple[str, ...]:
    """The usual tags with some of them changed, empty for none."""
    found = dict(zip(TAGGED[::2], TAGGED[1::2], strict=True))
    found |= {f"-{name}": value for name, value in changed.items()}
    return tuple(word for name, value in found.items() if value for word in (name, value))


def doubled(frames: Frames) -> Frames:
    return [frame for frame in frames for _ in range(2)]


def uneven(path_change: str) -> tuple[str, ...]:
    return (*tags(vf=f"scale=out_color_matrix=bt709:out_range=tv,{path_change}"), "-fps_mode", "vfr")


def turned(folder: Path) -> list[Finding]:
    """A file that asks its player to turn it, as telephones write them."""
    path = encode(folder / "upright.mp4", drawn(), tone())
    out = folder / "film.mp4"
    argv = [
        "ffmpeg",
        "-nostdin",
        "-v",
        "error",
        "-y",
        "-i",
        str(path),
        "-c",
        "copy",
        "-movflags",
        "+faststart",
    ]
    subprocess.run([*argv, "-metadata:s:v", "rotate=90", str(out)], check=True)
    return judged(folder, out, good_film())


def soft_film(first: str, last: str, *, radial: bool = False, tall: bool = False) -> Composition:
    """A box that moves over a ground of two colors that are near to each other."""
    stops = (GradientStop(color=first, at=0), GradientStop(color=last, at=1))
    ground = Gradient(stops=stops, shape="radial" if radial else "linear", angle=30)
    wide, high = (360, 640) if tall else (640, 360)
    scene = Scene(id="dark", frames=30, background=ground, nodes=(box("box", 100, "#FFC040", 30),))
    return Composition(width=wide, height=high, fps=FPS, scenes=(scene,))


def undithered(film: Composition, crf: str = "19") -> Callable[[Path], list[Finding]]:
    """Code a film the way encoders are fed elsewhere: eight bits, and no noise under them."""

    def look(folder: Path) -> list[Finding]:
        picture = Picture(film, folder)
        frames = [picture.draw(frame).copy() for frame in range(film.frames)]
        coded = ("-c:v", "libx264", "-preset", "veryfast", "-crf", crf, "-pix_fmt", "yuv420p")
        return judged(folder, encode(folder / "film.mp4", frames, None, coded=coded), film)

    return look


def soundless_of_pictures(folder: Path) -> list[Finding]:
    """A file that holds a sound and nothing else."""
    encode_sound(folder / "only.m4a", tone())
    return judged(folder, (folder / "only.m4a").rename(folder / "film.mp4"), good_film())


FILES: tuple[Bad, ...] = (
    Bad("film_broken", "cut off behind its middle", broken(lambda all: all[: len(all) * 6 // 10])),
    Bad("film_broken", "noise in its middle", broken(lambda all: all[:9000] + bytes(range(256)) * 80 + all[29480:])),
    Bad("film_broken", "a text by the name of a film", broken(lambda _: b"this is no film at all" * 50)),
    Bad("film_broken", "sound without a picture", soundless_of_pictures),
    Bad("film_size", "smaller", spoiled(lambda all: [each[:120, :214].copy() for each in all])),
    Bad("film_size", "pixels that are not square", spoiled(as_it_is, tagged=tags(vf="scale=out_color_matrix=bt709:out_range=tv,setsar=4/3"))),
    Bad("film_size", "higher than wide", spoiled(lambda all: [each.transpose(1, 0, 2).copy() for each in all])),
    Bad("film_size", "turned by a quarter", turned),
    Bad("film_fps", "25 for 30", spoiled(as_it_is, fps=25)),
    Bad("film_fps", "60 for 30", spoiled(as_it_is, fps=60)),
    Bad("film_fps", "some frames twice as long", spoiled(as_it_is, tagged=uneven("select='mod(n,7)'"))),
    Bad("film_frames", "20 frames short", spoiled(lambda all: all[:-20])),
    Bad("film_frames", "30 frames more", spoiled(lambda all: [*all, *all[:30]])),
    Bad("film_frames", "every frame twice", spoiled(doubled)),
    Bad("film_seconds", "slower", spoiled(as_it_is, fps=20)),
    Bad("film_seconds", "half a second short", spoiled(lambda all: all[15:])),
    Bad("film_seconds", "one second longer", spoiled(lambda all: [*all, *[all[-1]] * 30])),
    Bad("film_codec", "4:4:4", spoiled(as_it_is, coded=(*CODED[:-1], "yuv444p"))),
    Bad("film_codec", "ten bits", spoiled(as_it_is, coded=(*CODED[:-1], "yuv420p10le"))),
    Bad("film_codec", "MPEG-4 part 2", spoiled(as_it_is, coded=("-c:v", "mpeg4", "-q:v", "2"))),
    Bad("film_color", "BT.601", spoiled(as_it_is, tagged=tags(colorspace="smpte170m"))),
    Bad("film_color", "full range", spoiled(as_it_is, tagged=tags(color_range="pc", vf="scale=out_range=pc"))),
    Bad("film_color", "BT.2020", spoiled(as_it_is, tagged=tags(colorspace="bt2020nc"))),
    Bad("film_start", "the index behind", spoiled(as_it_is, tagged=tags(movflags=""))),
    Bad("film_start", "the index behind, no sound", misheard(None, tagged=tags(movflags=""))),
    Bad("film_start", "the index behind, brand of its own", spoiled(as_it_is, tagged=(*tags(movflags=""), "-brand", "mp42"))),
    Bad("film_sound", "no sound", misheard(None)),
    Bad("film_sound", "sound ends early", misheard(tone(3.9))),
    Bad("film_sound", "another codec", misheard(tone(), heard=("-c:a", "mp3"))),
    Bad("film_blank", "black", spoiled(painted(0, 999, 0))),
    Bad("film_blank", "white", spoiled(painted(0, 999, 255))),
    Bad("film_blank", "grey", spoiled(painted(0, 999, 128))),
    Bad("film_frozen", "its first frame", spoiled(held(0, 999))),
    Bad("film_frozen", "its last frame", spoiled(lambda all: [all[-1]] * len(all))),
    Bad("film_frozen", "two pictures", spoiled(lambda all: [all[10]] * 60 + [all[100]] * 75)),
    Bad("film_black", "in the middle", spoiled(painted(50, 86, 0))),
    Bad("film_black", "at the beginning", spoiled(painted(0, 36, 4))),
    Bad("film_black", "at the end", spoiled(painted(95, 135, 0))),
    Bad("film_freeze", "in the middle", spoiled(held(40, 115))),
    Bad("film_freeze", "at the beginning", spoiled(held(0, 75))),
    Bad("film_freeze", "at the end", spoiled(held(60, 135))),
    Bad("film_flashes", "whole frame, seven a second", spoiled(flashing(2, 1))),
    Bad("film_flashes", "half the frame, five a second", spoiled(flashing(3, 0.5))),
    Bad("film_flashes", "a third of the frame, fifteen a second", spoiled(flashing(1, 0.34))),
    Bad("film_cuts", "five frames late", spoiled(shifted(45, 5))),
    Bad("film_cuts", "six frames early", spoiled(shifted(90, -6))),
    Bad("film_cuts", "dissolved", spoiled(dissolved)),
    Bad("film_parity", "darker", spoiled(dimmed(0.73))),
    Bad("film_parity", "scenes in another order", spoiled(swapped)),
    Bad("film_parity", "coarse", spoiled(blurred)),
    Bad("look_bands", "a dark ground", undithered(soft_film("#0A0E18", "#1C2434")), ("advice",)),
    Bad("look_bands", "a dim light, upright", undithered(soft_film("#3A2410", "#0C0804", radial=True, tall=True)), ("advice",)),
    Bad("look_bands", "a pale sky, coarsely coded", undithered(soft_film("#DCE6F0", "#F4F8FC"), "27"), ("advice",)),
    Bad("sound_loudness", "too quiet", misheard(tone(level=0.05))),
    Bad("sound_loudness", "hardly there", misheard(tone(level=0.01))),
    Bad("sound_loudness", "too loud", misheard(np.clip(tone(level=3), -0.85, 0.85))),
    Bad("sound_peak", "at full scale", misheard(tone() + np.where(np.arange(216000) % 24000 < 30, 0.9, 0)[:, None].astype(np.float32))),
    Bad("sound_peak", "above it", misheard(tone(level=1.15))),
    Bad("sound_peak", "just above -1 dB", misheard(tone(level=0.98))),
    Bad("sound_clipped", "hard", misheard(np.clip(tone(level=4), -1, 1))),
    Bad("sound_clipped", "a little", misheard(np.clip(tone(level=1.6), -1, 1))),
    Bad("sound_clipped", "on one side", misheard(np.clip(tone(level=0.5) * np.array([5, 1], np.float32), -1, 1))),
    Bad("sound_silent", "nothing", misheard(tone(level=0))),
    Bad("sound_silent", "noise far below hearing", misheard(tone(level=1e-5))),
    Bad("sound_silent", "one sample", misheard(np.where(np.arange(216000)[:, None] == 9000, 0.001, 0).astype(np.float32).repeat(2, axis=1))),
    Bad("sound_gap", "two and a half seconds", misheard(cut_out(1, 3.5))),
    Bad("sound_gap", "early", misheard(cut_out(0.6, 2.7))),
    Bad("sound_gap", "late", misheard(cut_out(1.6, 3.9))),
    Bad("beat_missed", "cuts between the beats", off_beats(0, 1.2, 2.4, 3.6)),
    Bad("beat_missed", "one cut off", off_beats(0, 1.5, 3.2)),
    Bad("beat_missed", "off by three frames", off_beats(0.1, 1.6, 3.1)),
)  # fmt: skip


def good_files(folder: Path) -> Iterator[tuple[str, list[Finding]]]:
    """Files without a fault, and what is said of them."""
    path = encode(folder / "film.mp4", drawn(), tone())
    yield "against its film", judged(folder, path, good_film())
    yield "on its beats", judged(folder, path, good_film(beats=(0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5)))
    (folder / "given" / "composition.json").unlink()
    yield "alone", judged(folder, path, None)
    wiped = encode(folder / "wiped.mp4", covered(list(drawn())), tone())
    beats = good_film(beats=(0, 1.5, 3))
    found = judged(folder, wiped, beats)
    yield "a slab over a cut on its beat", [each for each in found if each.code == "beat_missed"]
