from __future__ import annotations

from pathlib import Path

import pytest

from render.picture import Picture
from render.route import Route
from tests.unit.render.films import film, node, track


def test_a_way_is_walked_evenly_and_looks_where_it_leads() -> None:
    way = Route("M0 0 L100 0 L100 300")
    assert way.at(0) == pytest.approx((0, 0, 0))
    assert way.at(0.25)[:2] == pytest.approx((100, 0), abs=0.01)
    assert way.at(0.5) == pytest.approx((100, 100, 90), abs=0.01)
    assert way.at(7)[:2] == pytest.approx((100, 300))


@pytest.mark.parametrize("data", ["", "M5 5", "bad", "M0 0 L0 0"])
def test_a_way_that_leads_nowhere_is_told(data: str) -> None:
    with pytest.raises(ValueError, match=r"path data|no length"):
        Route(data)


def test_a_node_goes_its_way_and_a_wrong_way_is_noticed(tmp_path: Path) -> None:
    go = track("along", (0, 0), (10, 1))
    dot = node("rect", "dot", x=10, width=4, height=4, fill="#FF0000", follow="M0 0 L200 100", tracks=[go])
    lost = node("rect", "lost", follow="bad", width=4, height=4, fill="#FF0000", tracks=[go])
    picture = Picture(film(dot, lost), tmp_path)
    boxes = [[sample.box for sample in each.samples] for each in picture.layout([0, 5, 10]).nodes]
    assert [round(box[0] - boxes[0][0][0]) for box in boxes[0]] == [0, 100, 200]
    assert [round(box[1] - boxes[0][0][1]) for box in boxes[0]] == [0, 50, 100]
    assert boxes[1][0] == boxes[1][2]
    assert any("'lost'" in notice for notice in picture.notices)
