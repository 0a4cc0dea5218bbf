from __future__ import annotations

from domain.composition import Composition
from stage import (
    Browser,
    Callout,
    Column,
    Film,
    Laptop,
    LowerThird,
    Mesh,
    Phone,
    Progress,
    Ring,
    Scene,
    Table,
    Text,
    Watermark,
)
from stage.compose import compose
from stage.mistakes import collecting
from tests.golden.compositions import shot


def composed(film: Film) -> Composition:
    with collecting() as book:
        data = compose(film)
        assert [finding.message for finding in book.findings if finding.severity == "error"] == []
    return Composition.model_validate(data)


@shot(60)
def pieces() -> Composition:
    film = Film("Pieces")
    scene = Scene("pieces", seconds=6)
    tl = scene.timeline
    with scene:
        with Phone(width=360).screen, Column(gap=30, anchor="center", align="center"):
            Text("Noor", size=44, weight=800)
            Progress(0.6, width=280)
            Ring(0.75, width=220)
        title = Text("A house for slow making", anchor="center", size=54, weight=700)
        Browser(title, width=760, height=430, url="noor.tea", x=430)
        Laptop(Mesh(["accent", "second"], width=800, height=500, drift=0), width=640, x=430, y=480)
        rows = [
            ["Tea", "Origin", "2025"],
            ["Green", "Shade", "€ 1,240"],
            ["Black, slowly dried", "Sun", 980],
            ["Mint", "Garden", "41 %"],
        ]
        table = Table(rows, width=430, widths=[2, 1.5, 1.6], size=30, highlight=1, x=1240, y=90)
        third = LowerThird("Lena Großmann", "Head of research", x=1120)
        point = Callout("Hand-picked", to=(160, -80), x=1270, y=660)
        Watermark("Noor", corner="top-right")
    third.play(tl, at=0.2, hold=4)
    point.play(tl, at=0.3)
    table.play(tl, at=0)
    film.add(scene)
    return composed(film)


@shot(60)
def pieces_in_arabic() -> Composition:
    film = Film("قطع", width=1080, height=1350, language="ar", theme="emerald")
    scene = Scene("pieces", seconds=6)
    with scene:
        rows = [["الصنف", "السعر"], ["نعناع", "٤٫٥٠"], ["شاي أخضر", "١٢"]]
        Table(rows, width=900, size=48, anchor="top")
        Progress(0.4, width=900, anchor="center", y=-60, rtl=True)
        Ring(0.75, width=260, anchor="center", y=130, locale="ar", suffix="٪")
        third = LowerThird("ليلى حداد", "مديرة البحث", rtl=True)
    third.play(scene.timeline, at=0.2, hold=4)
    film.add(scene)
    return composed(film)
