"""Checks of drawn frames, before anything is encoded."""

from domain.checks.check import HYPERFRAMES, RULES, check

PICTURE = (
    check("picture", "frame_blank", "error", "Every settled frame shows something.",
          "luma deviation and edges, not file size", deviation=(2.0, "of 255"), edges=(0.001, "of pixels")),
    check("picture", "nothing_moves", "warning", "Something moves at any time.", RULES,
          seconds=(0.8, "s")),
    check("picture", "scene_flashes", "error", "No more than three flashes a second.",
          "WCAG 2.2, 2.3.1: a swing of a tenth of the luminance over a quarter of the frame",
          flashes=(3, "a second"), swing=(0.1, "of the luminance"), area=(0.25, "of the frame"),
          dark=(0.8, "of the luminance: one of the two states is darker")),
    check("picture", "element_cut", "advice", "What holds content is not cut by the frame's edge.",
          HYPERFRAMES, least=(0.02, "of it"), most=(0.5, "of it")),
)  # fmt: skip
