"""Working examples of parts and data that are used many times; each is compiled by a test."""

from __future__ import annotations

REUSE = {
    "component": (
        "Makes a reusable part of a function: props are held against their types at every call, ids given "
        "inside stay apart, and `id=` names the whole.",
        """@component
def chip(label: str, tone: str = "accent", size: float = 64):
    box = Group(width=size * 6, height=size * 2, radius=size, fill=tone)
    box.add(Text(label, size=size, weight=700, color=film.theme.on(tone), anchor="center"))
    return box

chips = [chip("Mint"), chip("Rose", "second"), chip("Sage", size=80, id="last")]
scene.add(Row(*chips, gap=40, align="center", anchor="center"))
tl.from_(chips, y=60, opacity=0, stagger=0.1, at=0.2)
""",
    ),
    "variables": (
        "Leaves values open, each with a default that says its type; a tuple is a choice. `data.json` beside "
        "`film.py` fills them in, and `director render FOLDER --data rows.csv` makes one film of each row.",
        """v = variables(name="Noor", price=9.9, seats=4, vip=False, tier=("gold", "silver"))
scene.add(Text(f"Hello {v.name}", size=160, weight=800, anchor="center", y=-80))
scene.add(Text(f"{v.price:.2f} for {v.seats}", size=80, anchor="center", y=100, color="accent"))
""",
    ),
}
"""What each does, and an example."""
