from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import skia
from numpy.typing import NDArray

KEPT = Path(__file__).parent / "frames"
MOST_CHANNEL = 1.01
MOST_SHARE = 1e-5
Pixels = NDArray[np.uint8]
Compare = Callable[[str, Pixels], None]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("golden frames")
    group.addoption("--update-golden", action="store_true", help="write the frames as they are drawn now")
    group.addoption("--show-diff", action="store_true", help="write what differs to reports/golden/")


def read(path: Path) -> Pixels:
    image = skia.Image.open(str(path)).convert(
        alphaType=skia.kOpaque_AlphaType, colorType=skia.kBGRA_8888_ColorType
    )
    return np.array(image.toarray(colorType=skia.kBGRA_8888_ColorType), np.uint8)


def write(path: Path, pixels: Pixels) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image = skia.Image.fromarray(
        np.ascontiguousarray(pixels), skia.kBGRA_8888_ColorType, skia.kOpaque_AlphaType
    )
    image.save(str(path), skia.kPNG)


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Compare:
    def compare(name: str, pixels: Pixels) -> None:
        kept = KEPT / f"{name}.png"
        if request.config.getoption("--update-golden"):
            write(kept, pixels)
            return
        if not kept.is_file():
            pytest.fail(
                f"no golden frame {kept.name}: look at the picture, then keep it with --update-golden"
            )
        wanted = read(kept)
        assert wanted.shape == pixels.shape, f"{name} is {pixels.shape}, its golden frame {wanted.shape}"
        distance = np.abs(wanted.astype(np.int16) - pixels.astype(np.int16))[:, :, :3].max(axis=2)
        share = float((distance > MOST_CHANNEL).mean())
        if share > MOST_SHARE and request.config.getoption("--show-diff"):
            folder = Path("reports/golden")
            shown = np.zeros_like(pixels)
            shown[:, :, 2] = np.minimum(distance * 8, 255)
            shown[:, :, 3] = 255
            write(folder / f"{name}.png", np.concatenate([wanted, pixels, shown], axis=1))
        assert share <= MOST_SHARE, (
            f"{name}: {share:.4%} of the pixels differ by up to {distance.max()}; see them with --show-diff"
        )

    return compare
