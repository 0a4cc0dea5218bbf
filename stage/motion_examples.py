"""Working examples of motion beyond single tweens; each is compiled by a test and drawn for the gallery."""

from __future__ import annotations

MOTION = {
    "keyframes": (
        "Moves properties through several values: plain ones, `(share, value)` or `(share, value, ease)`.",
        """ball = scene.add(Ellipse(width=200, height=200, fill="accent", anchor="left"))
tl.defaults(duration=2.4, repeat=-1)
tl.keyframes(ball, x=[0, 700, 1400, 700, 0], y=[0, -260, 0, 260, 0], ease="sine.inOut", at=0)
tl.keyframes(ball, fill=[(0.3, "second"), (0.8, "accent", "steps(2)")], at=0)
""",
    ),
    "wiggle": (
        "Lets properties stray by up to so much about what holds, to the scene's end or for a `duration`.",
        """leaf = scene.add(Star(tips=6, width=420, height=420, radius=40, fill="accent", anchor="center"))
tl.wiggle(leaf, x=70, y=50, rotation=12, scale=0.06, speed=1.2)
""",
    ),
    "shake": (
        "Shakes a node or the camera, ever weaker.",
        """word = scene.add(Text("Boom", size=420, weight=900, anchor="center"))
tl.from_(word, scale=3, opacity=0, duration=0.2, ease="power3.in", at=0.3)
tl.shake(scene.camera, 40, duration=0.5, rotation=1.2, at=">")
""",
    ),
    "stagger": (
        "Lets many targets follow one another: by index, from the `center` or the `edges`, at `random`, or "
        "over a grid of `columns`.",
        """dots = [Ellipse(width=90, height=90, fill="accent") for _ in range(32)]
scene.add(Grid(*dots, columns=8, gap=40, width=1300, anchor="center"))
wave = {"each": 0.09, "order": "center", "columns": 8}
tl.from_(dots, scale=0, duration=0.6, ease="back.out(2)", stagger=wave, at=0.1)
tl.to(dots, y=-40, fill="second", duration=0.4, stagger=wave, repeat=1, yoyo=True, at=1.4)
""",
    ),
    "random stagger": (
        "The same cascade in an order that looks like none, and is the same in every render.",
        """bars = [Rect(width=60, height=500, radius=30, fill="second") for _ in range(14)]
scene.add(Row(*bars, gap=40, anchor="center"))
tl.from_(bars, scale_y=0, duration=0.5, ease="expo.out", stagger={"total": 0.9, "order": "random"}, at=0.1)
""",
    ),
    "repeat": (
        "`repeat` plays again, `yoyo` to and fro, `repeat_delay` waits in between; -1 is to the scene's end.",
        """door = Rect(width=300, height=600, radius=40, fill="accent")
scene.add(door.set(anchor="center", origin="bottom", y=300))
tl.to(door, rotation=30, duration=0.7, ease="sine.inOut", repeat=-1, yoyo=True, repeat_delay=0.2)
""",
    ),
    "parenting": (
        "What stands in a group moves with it, and on its own.",
        """arm = Group(width=700, height=700, anchor="center")
hand = Group(width=240, height=240, anchor="top")
hand.add(Ellipse(width=240, height=240, fill="second"))
hand.add(Rect(width=70, height=70, fill="accent", anchor="top"))
arm.add(hand)
scene.add(arm)
tl.to(arm, rotation=360, duration=4, ease="none", repeat=-1, at=0)
tl.to(hand, rotation=-360, duration=1.5, ease="none", repeat=-1, at=0)
""",
    ),
    "marks": (
        "Beats of the tempo and marks of the film are positions: `beat:3`, `mark:drop`.",
        """film.mark("drop", 1.5)
one = scene.add(Text("on a beat", size=150, anchor="left", y=-120, weight=800))
two = scene.add(Text("on the mark", size=150, anchor="left", y=120, weight=800, color="accent"))
tl.from_(one, x=-200, opacity=0, duration=0.4, at="beat:1").from_(two, scale=2, opacity=0, at="mark:drop")
""",
    ),
    "layout": (
        "Gaps, paddings and shares of space move too: neighbours make room.",
        """paints = ("accent", "second", "muted", "ink")
cards = [Rect(width=200, height=500, radius=32, fill=paint) for paint in paints]
row = Row(*cards, gap=10, width=1500, anchor="center")
scene.add(row)
tl.to(row, gap=120, duration=0.8, ease="power3.inOut", at=0.2)
tl.to(cards[1], grow=1, duration=0.8, ease="spring(0.7)", repeat=1, yoyo=True)
""",
    ),
    "camera move": (
        "Pans, zooms and turns; `depth` makes what is far move less.",
        """far = Gradient(width=2400, height=1400, inside="frame", anchor="center", depth=0.2)
far.set(color_1="background", color_2="accent")
stars = [Star(width=80, height=80, fill="second", x=i * 260, y=i % 3 * 260, depth=0.6) for i in range(8)]
near = Text("Closer", size=300, weight=900, anchor="center", color="ink")
scene.add(far, *stars, near)
tl.to(scene.camera, zoom=1.5, x=240, rotation=4, duration=2.5, ease="power2.inOut", at=0)
tl.to(scene.camera, zoom=1, x=0, rotation=0, duration=2, ease="power2.inOut")
""",
    ),
    "text on a way": (
        "Stands letters on a way and lets them go along it; words of joined scripts turn as a whole.",
        """arch, wave = "M 0 420 A 520 520 0 0 1 1040 420", "M 0 90 Q 300 -90 600 90 T 1200 90"
top = Text("Slow mornings, loud colour", size=96, weight=800, way=arch, align="center", anchor="center")
low = Text("along a wave, and on and on", size=60, color="second", way=wave, anchor="bottom")
scene.add(top.set(y=-120), low, Star(tips=12, width=240, height=240, fill="accent", anchor="center"))
tl.from_(top.chars, opacity=0, y=40, duration=0.4, stagger=0.03, at=0)
tl.from_to(low, {"way_at": -0.2}, {"way_at": 0.3}, duration=3, ease="none", at=0)
""",
    ),
    "focus pull": (
        "Lays the sharpness from one `depth` to another, as a lens does: `focus` is what is sharp, "
        "`aperture` how soft the rest is.",
        """for i in range(9):
    size = 120 + i * 97 % 160
    light = Ellipse(width=size, height=size, x=i * 197 - 800, y=i * 331 % 700 - 350, depth=0.2)
    scene.add(light.set(anchor="center", fill="accent" if i % 2 else "second", opacity=0.7))
near = Text("Near", size=330, weight=900, anchor="center", x=-330, y=120, depth=1.6, color="ink")
scene.add(Text("Far", size=220, weight=900, anchor="center", x=420, y=-140, depth=0.4, color="ink"), near)
scene.camera.set(aperture=26, focus=1.6)
tl.to(scene.camera, focus=0.3, duration=1.2, ease="power2.inOut", at=0.6)
tl.to(scene.camera, x=120, zoom=1.08, duration=3, ease="sine.inOut", at=0)
""",
    ),
}
"""What each does, and an example."""
