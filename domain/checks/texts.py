"""Checks of what is written: read from where everything stands over time."""

from domain.checks.check import HYPERFRAMES, RULES, WCAG, check

TEXTS = (
    check("texts", "text_outside", "error",
          "A text at rest stands in the frame and the safe area, in 9:16 also "
          "clear of the platforms' buttons.", RULES,
          frame=(3, "px"), slack=(0.03, "of the frame"), rail=(0.13, "of the width"),
          rail_from=(0.5, "of the height")),
    check("texts", "text_cut", "error", "No text is shortened or leaves its box.", HYPERFRAMES),
    check("texts", "text_escapes", "error", "A text stays on the card that it is written on.", HYPERFRAMES,
          slack=(3, "px at 1080"), red=(0.25, "of its em")),
    check("texts", "text_overlap", "error", "No two texts at rest lie on each other.", RULES,
          share=(0.12, "of the smaller one's ink")),
    check("texts", "text_covered", "error", "Nothing solid is painted over a text.", HYPERFRAMES,
          share=(0.25, "of its ink"), opacity=(0.85, "opacity")),
    check("texts", "text_hidden", "error", "A text that is there is seen in the pixels.", HYPERFRAMES,
          contrast=(1.25, ":1"), faint=(3.0, ":1")),
    check("texts", "text_contrast", "error",
          "Text contrasts with what is painted behind it; less for large text.", WCAG,
          small=(4.5, ":1"), large=(3.0, ":1"), large_from=(0.055, "of the height"), red=(2.0, ":1")),
    check("texts", "text_too_small", "error", "Text is large enough to be read.", RULES,
          wide=(24, "px at 1080"), square=(30, "px at 1080"), tall=(32, "px at 1080"),
          unreadable=(12, "px at 1080")),
    check("texts", "text_too_short", "warning", "A text stays long enough to be read.", RULES,
          base=(0.35, "s"), word=(0.16, "s a word")),
    check("texts", "glyph_missing", "error", "Every letter is in a font.", HYPERFRAMES),
    check("texts", "never_appears", "warning", "Every element is to be seen at some time.", HYPERFRAMES,
          opacity=(0.02, "opacity")),
)  # fmt: skip
