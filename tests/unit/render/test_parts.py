"""The parts of a text obey each track in its time."""

from __future__ import annotations

import numpy as np

from domain.composition import Key, Stagger, Track
from tests.unit.render.films import film, node, shot


def test_an_exit_of_lines_leaves_their_entrance_alone() -> None:
    enter = Track(
        property="rise", unit="line", stagger=Stagger(each=4),
        keys=(Key(frame=0, value=1.2), Key(frame=10, value=0, ease="none")),
    )  # fmt: skip
    leave = Track(
        property="rise", unit="line", stagger=Stagger(each=2),
        keys=(Key(frame=30, value=0), Key(frame=38, value=-1.2, ease="none")),
    )  # fmt: skip
    text = node("text", tracks=(enter, leave), text="one\ntwo", size=40.0)
    still = node("text", text="one\ntwo", size=40.0)
    moving, resting = film(text, frames=60), film(still, frames=60)
    before, middle, after = (shot(moving, frame).copy() for frame in (0, 20, 55))
    whole = shot(resting, 20).copy()
    letters = int(np.count_nonzero(whole[..., 0] > 128))
    assert letters > 500
    assert abs(int(np.count_nonzero(middle[..., 0] > 128)) - letters) < letters * 0.05
    assert np.count_nonzero(before[..., 0] > 128) == 0
    assert np.count_nonzero(after[..., 0] > 128) == 0
