"""Checks of the look: advice for anybody's film, errors for templates of the house."""

from domain.checks.check import RULES, check

LOOK = (
    check("look", "look_type_steps", "advice",
          "Few sizes of type, clearly apart.", RULES,
          sizes=(6, "sizes in a scene"), apart=(1.12, ":1")),
    check("look", "look_fill", "advice", "Content fills the safe area of a settled frame.", RULES,
          least=(0.25, "of the safe area")),
    check("look", "look_ink", "advice", "A settled frame is not empty.", RULES,
          least=(0.06, "of pixels"), apart=(12, "of 255")),
    check("look", "look_words", "advice", "Few words at a time.", RULES, most=(26, "words")),
    check("look", "look_accent", "advice", "The accent is used, and not all over.", RULES,
          most=(0.12, "of pixels"), scenes=(1, "scenes in full accent")),
    check("look", "look_hues", "advice", "Few hues at a time.", RULES,
          most=(5, "hues"), share=(0.01, "of pixels")),
    check("look", "look_repetition", "advice", "No more than two scenes running share a layout.", RULES,
          most=(2, "scenes"), alike=(0.85, "of the boxes")),
    check("look", "look_first_frame", "advice", "The film begins with a picture.", RULES),
    check("look", "look_last_frame", "advice", "The film ends on a picture that could be its poster.", RULES),
    check("look", "look_dead", "advice", "Something that can be seen moves at any time.", RULES,
          seconds=(1.0, "s"), pixels=(0.0004, "of pixels"), apart=(12, "of 255")),
    check("look", "look_beat", "advice", "Cuts fall on beats where the film has a tempo.", RULES,
          most=(1, "frames")),
)  # fmt: skip
