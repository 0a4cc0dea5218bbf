"""Settings of libvpx, which codes films with and without transparency."""

from __future__ import annotations

from domain.engine import Output

SPEEDS = {"draft": 8, "standard": 5, "high": 2}
CRF = {"draft": 38, "standard": 31, "high": 22}


def settings(output: Output) -> dict[str, str]:
    """Ask for constant quality."""
    return {
        "b": "0",
        "crf": str(CRF[output.quality]),
        "deadline": "realtime" if output.quality == "draft" else "good",
        "cpu-used": str(SPEEDS[output.quality]),
        "row-mt": "0",
    }
