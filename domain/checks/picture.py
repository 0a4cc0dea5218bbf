"""Checks of drawn frames, before anything is encoded."""

from domain.checks.check import RULES, check

PICTURE = (
    check("picture", "frame_blank", "error", "Every settled frame shows something.",
          "luma deviation and edges, not file size", deviation=(2.0, "of 255"), edges=(0.001, "of pixels")),
    check("picture", "nothing_moves", "warning", "Something moves at any time.", RULES,
          seconds=(0.8, "s")),
)  # fmt: skip
