"""A working example of every effect; each is compiled by a test and drawn for the gallery."""

from __future__ import annotations

EFFECTS = {
    "tilt": (
        "`rotation_x` and `rotation_y` turn a node in perspective about its `origin`.",
        """ground = linear("accent", "second", angle=30)
card = Group(width=760, height=460, radius=36, fill=ground, anchor="center")
card.add(Text("Depth", size=150, weight=800, color="background", anchor="center"))
scene.add(card)
tl.from_to(card, {"rotation_y": -38}, {"rotation_y": 38}, duration=2, ease="sine.inOut", repeat=-1, yoyo=True)
card.set(rotation_x=12, perspective=1400)
""",
    ),
    "adjust": (
        "`brightness`, `contrast`, `saturation`, `hue` and `invert` change the colors of a whole node.",
        """photo = Image("assets/hero.jpg", width=1920, height=1080, inside="frame", contrast=1.1)
scene.add(photo)
tl.to(photo, saturation=0, duration=1.2, at=0.4).to(photo, saturation=1.2, brightness=1.1, hue=20)
tl.to(photo, invert=1, duration=0.4)
""",
    ),
    "duotone": (
        "`tint` is the color of the light parts, `shade` that of the dark ones.",
        """photo = Image("assets/hero.jpg", width=1920, height=1080, inside="frame")
photo.set(tint="#FFC247", shade="#1B0F3B")
scene.add(photo)
tl.from_to(photo, {"tint_amount": 0}, {"tint_amount": 1}, duration=1.6, at=0.3)
""",
    ),
    "vignette": (
        "The corners of the box sink into a color.",
        """photo = Image("assets/hero.jpg", width=1920, height=1080, inside="frame", vignette_size=0.35)
photo.set(vignette_color="#0A0B14")
scene.add(photo)
tl.to(photo, vignette=0.8, duration=1.5, at=0.2)
""",
    ),
    "sheen": (
        "A band of light crosses a text or a card, and nothing beside it.",
        """scene.add(Rect(width=1920, height=1080, inside="frame", fill="#1C1714"))
word = Text("Shine", size=340, weight=900, color="#D9A441", anchor="center")
word.set(sheen_color="#FFFFFFE6", sheen_width=0.3)
scene.add(word)
tl.from_to(word, {"sheen": -0.3}, {"sheen": 1.3}, duration=1.4, ease="sine.inOut", repeat=-1, at=0.2)
""",
    ),
    "split": (
        "Red and blue move apart: a broken signal for a few frames.",
        """word = Text("SIGNAL", size=300, weight=900, anchor="center")
scene.add(Rect(width=1920, height=1080, inside="frame", fill="#101014"), word.set(color="white"))
tl.from_to(word, {"split": 0}, {"split": 26}, duration=0.5, ease="steps(5)", repeat=-1, yoyo=True, at=0)
""",
    ),
    "glow": (
        "Light around a node; `glow_color` gives it one color.",
        """scene.add(Rect(width=1920, height=1080, inside="frame", fill="#0A0B14"))
sign = Text("Open", size=340, weight=800, color="white", anchor="center", glow=28, glow_color="#FF5C93")
scene.add(sign)
tl.defaults(ease="sine.inOut", repeat=-1, yoyo=True)
tl.from_to(sign, {"glow_strength": 0.6}, {"glow_strength": 1.8}, at=0)
""",
    ),
    "drop_shadow": (
        "The shadow of all that a node shows together; boxes and letters have the quicker `shadow`.",
        """leaf = Group(width=600, height=480, anchor="center")
leaf.add(Ellipse(width=360, height=360, fill="accent"))
leaf.add(Rect(width=320, height=320, fill="second", anchor="bottom-right"))
leaf.set(drop_shadow=[shadow(y=6, blur=8, color="#00000040"), shadow(y=40, blur=50, color="#00000055")])
scene.add(leaf)
""",
    ),
    "inner_shadow": (
        "Shadows that a node's own edge throws onto it: pressed in; with light and dark, a rounded thing.",
        """well = Rect(width=860, height=220, radius=110, fill="surface", anchor="center", y=-170)
well.set(inner_shadow=shadow(y=14, blur=18, color="#00000073"))
pill = Rect(width=520, height=220, radius=110, fill="accent", anchor="center", y=170)
dark, light = shadow(y=-20, blur=22, color="#00000066"), shadow(y=12, blur=10, color="#FFFFFF99")
scene.add(well, pill.set(inner_shadow=[dark, light]))
""",
    ),
    "reflection": (
        "A mirror image on the floor.",
        """word = Text("Floor", size=300, weight=900, color="accent", anchor="center", y=-80)
scene.add(word.set(reflection=0.5))
""",
    ),
    "glass": (
        "`backdrop_blur` blurs what lies behind a node's box.",
        """pane = Group(width=760, height=420, radius=40, backdrop_blur=26, fill="#FFFFFF26", anchor="center")
pane.set(stroke="#FFFFFF80", stroke_width=2)
pane.add(Text("Glass", size=140, weight=700, color="white", anchor="center"))
scene.add(Image("assets/hero.jpg", width=1920, height=1080, inside="frame"), pane)
tl.from_to(pane, {"x": -260}, {"x": 260}, duration=3, ease="sine.inOut", repeat=-1, yoyo=True, at=0)
""",
    ),
    "motion_blur": (
        "The shutter stays open for a share of a frame.",
        """ball = Ellipse(width=220, height=220, fill="accent", anchor="left", motion_blur=0.5)
bar = Rect(width=700, height=40, radius=20, fill="second", anchor="center", y=260, motion_blur=1)
scene.add(ball, bar)
tl.from_to(ball, {"x": 0}, {"x": 1400}, duration=0.5, ease="power2.inOut", repeat=-1, yoyo=True, at=0)
tl.to(bar, rotation=720, duration=2, ease="power1.inOut", repeat=-1, at=0)
""",
    ),
    "blur": (
        "Everything softer, as out of focus.",
        """word = scene.add(Text("Focus", size=320, weight=800, anchor="center"))
tl.from_to(word, {"blur": 40}, {"blur": 0}, duration=1.2, ease="power2.out", repeat=-1, yoyo=True, at=0)
""",
    ),
    "blend": (
        "How a node mixes with what is under it: `multiply`, `screen`, `overlay`, `difference` and more.",
        """scene.add(Image("assets/hero.jpg", width=1920, height=1080, inside="frame", saturation=0))
scene.add(Rect(width=960, height=1080, inside="frame", fill="#E4572E", blend="multiply"))
scene.add(Ellipse(width=700, height=700, anchor="center", fill="white", blend="difference"))
""",
    ),
    "opacity": (
        "From invisible to solid, for a node with all it holds.",
        """card = Group(width=640, height=360, radius=32, fill="accent", anchor="center")
card.add(Text("Here", size=140, weight=800, color="white", anchor="center"))
scene.add(card)
tl.from_to(card, {"opacity": 0.1}, {"opacity": 1}, duration=1, repeat=-1, yoyo=True, ease="sine.inOut", at=0)
""",
    ),
    "mask": (
        "A group's first child cuts the others: by `alpha`, `luma`, `alpha-out` or `luma-out`.",
        """letters = Text("OCEAN", size=430, weight=900, anchor="center")
photo = Image("assets/hero.jpg", width=1700, height=760, anchor="center", zoom=1.2)
scene.add(Group(letters, photo, mask="alpha", width=1700, height=760, anchor="center"))
tl.to(photo, focus_x=0.1, duration=3, ease="sine.inOut", at=0)
""",
    ),
    "soft mask": (
        "By light: white shows, black hides, and what is between is between.",
        """spot = Ellipse(width=900, height=900, fill=radial("white", "black"), anchor="left")
photo = Image("assets/hero.jpg", width=1700, height=860, anchor="center")
scene.add(Group(spot, photo, mask="luma", width=1700, height=860, anchor="center"))
tl.to(spot, x=800, duration=2, ease="sine.inOut", repeat=-1, yoyo=True, at=0)
""",
    ),
    "clip": (
        "A box cuts what it holds at its rounded edge; `wipe_left` and its sisters hide it from a side.",
        """window = Group(width=900, height=560, radius=280, clip=True, anchor="center")
photo = Image("assets/hero.jpg", width=1200, height=560, anchor="center")
window.add(photo)
scene.add(window)
tl.from_(window, wipe_right=1, duration=0.9, ease="power3.inOut", at=0.2)
tl.from_to(photo, {"x": -140}, {"x": 140}, duration=3, ease="sine.inOut", at=0)
""",
    ),
}
"""What each effect does, and an example."""
