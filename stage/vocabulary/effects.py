"""What may be done to the picture of any node: light, color, softness, depth."""

from __future__ import annotations

from stage.vocabulary.property import Property, choice, number

EFFECTS: dict[str, Property] = {
    "rotation_x": number("tilts in perspective: the upper edge goes away, degrees", 0, -36_000, 36_000),
    "rotation_y": number("tilts in perspective: the right edge goes away, degrees", 0, -36_000, 36_000),
    "perspective": number("distance of the eye from a tilted node, px; less is stronger; twice the node's "
                          "longer side unless said", None, 10, 100_000),
    "brightness": number("light of the colors: 0 black, 1 as they are", 1, 0, 4),
    "contrast": number("distance of the colors from middle gray: 0 none, 1 as it is", 1, 0, 4),
    "saturation": number("strength of the colors: 0 gray, 1 as it is", 1, 0, 4),
    "hue": number("turns the colors, degrees", 0, -3_600, 3_600),
    "invert": number("how far the colors become their opposites, 0 to 1", 0, 0, 1),
    "tint": Property("color", "the color that light parts take: one color in all its shades", None, animatable=True),
    "shade": Property("color", "the color that dark parts take; with `tint` a duotone", "#000000", animatable=True),
    "tint_amount": number("how much of the tint is mixed in, 0 to 1", 1, 0, 1),
    "vignette": number("how dark the corners of the node's box become, 0 to 1", 0, 0, 1),
    "vignette_color": Property("color", "what the corners sink into", "#000000", animatable=True),
    "vignette_size": number("how far from the center the clear part reaches, 0 to 1", 0.5, 0, 1),
    "inner_shadow": Property("shadows", "shadows that its own edge throws onto it: pressed in, or lit from one side"),
    "sheen": number("where a band of light crosses the node: 0 at its left edge, 1 at its right; outside it is "
                    "not seen", -1, -2, 3),
    "sheen_color": Property("color", "the band's color", "#FFFFFF99", animatable=True),
    "sheen_width": number("the band's width, share of the node's", 0.25, 0.01, 2),
    "split": number("moves red and blue apart sideways, px: a lens or a broken signal", 0, -400, 400),
    "glow": number("light around the node, sigma in px", 0, 0, 200),
    "glow_color": Property("color", "the light's color; the node's own colors unless said", None, animatable=True),
    "glow_strength": number("how strong the glow is", 1, 0, 4),
    "drop_shadow": Property("shadows", "shadows of all that the node shows together, whatever its outline"),
    "reflection": number("how strong its mirror image on the floor is at the foot, 0 to 1", 0, 0, 1),
    "backdrop_blur": number("blurs what lies behind the node's box, sigma in px: glass", 0, 0, 100),
    "motion_blur": number("how long the shutter is open, share of a frame: 0.5 is a film camera's 180 degrees",
                         0, 0, 1),
}  # fmt: skip
"""Effects of every node, in the order in which they are laid on; only then come blur, opacity and blend."""

MASKS: dict[str, Property] = {
    "mask": choice(
        "the first child is not shown but cuts the others: by its opacity, by its light, or by what it leaves out",
        "none", "none", "alpha", "luma", "alpha-out", "luma-out",
    ),
}  # fmt: skip
"""What a group may do with its first child."""
