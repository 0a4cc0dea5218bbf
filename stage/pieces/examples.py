"""A tiny working example for each piece; every one is compiled by a test."""

from __future__ import annotations

PIECES = {
    "Phone": (
        "A phone, upright; its children stand on `.screen`.",
        """app = Image("assets/hero.jpg", width=420, height=860)
phone = scene.add(Phone(app, width=420, anchor="right"))
tl.from_(phone, y=300, rotation=12, opacity=0, duration=0.8, ease="power3.out")
tl.to(app, y=-120, duration=1.2, ease="power2.inOut")
""",
    ),
    "Browser": (
        "A window of a browser; its children stand on `.screen`.",
        """page = Text("A house for slow making", size=72, weight=700, anchor="center")
scene.add(Browser(page, url="noor.tea", width=1300, height=760, anchor="center"))
""",
    ),
    "Laptop": (
        "A laptop, open; its children stand on `.screen`.",
        """shot = Image("assets/hero.jpg", width=1000, height=620)
scene.add(Laptop(shot, width=1200, anchor="center"))
""",
    ),
    "LowerThird": (
        "A name and a role on a slab behind an edge; `play(tl, at, hold)` builds it up and takes it away.",
        """name = scene.add(LowerThird("Lena Groß", "Head of research", rtl=film.rtl))
name.play(tl, at=0.5, hold=3)
""",
    ),
    "Callout": (
        "A point at x and y, a leader `to` so many px from it, and a label; `play(tl, at)` draws it.",
        """point = scene.add(Callout("Picked by hand", to=(260, -160), x=700, y=560))
point.play(tl, at=0.4)
""",
    ),
    "Progress": (
        "A bar that is filled to a share; `play(tl, share)` fills it.",
        """loaded = scene.add(Progress(0, width=900, height=28, anchor="center", rtl=film.rtl))
loaded.play(tl, 0.8, duration=1.2)
""",
    ),
    "Ring": (
        "A ring that is drawn to a share, its number within; `play(tl, share)` draws it.",
        """rating = scene.add(Ring(0, width=360, anchor="center"))
rating.play(tl, 0.92)
""",
    ),
    "Table": (
        "Rows of words and numbers under a head; `play(tl)` brings row after row.",
        """rows = [["Tea", "Origin", "2025"], ["Green", "Shade", 1240], ["Mint", "Garden", 410]]
prices = scene.add(Table(rows, width=1200, widths=[2, 2, 1], highlight=0, anchor="center"))
prices.play(tl, at=0.2)
""",
    ),
    "Watermark": (
        "A name or a logo in a corner, through the whole scene.",
        """scene.add(Watermark(src="assets/logo.svg", corner="top-right"))
""",
    ),
}
"""What each piece is, and an example."""
