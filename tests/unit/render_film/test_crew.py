"""Every processor draws until the end, whatever the scenes are like, and a death among them is told."""

import multiprocessing
import os
import signal
from pathlib import Path

import pytest
from PIL import Image

from domain.composition import Composition, Key, Node, Scene, Track
from domain.engine import Output
from render.crew import Crew, Order, Shares
from render.probe import facts_of
from render.segments import Piece, Plan, make_plan


def pieces(*counts: int) -> list[Piece]:
    firsts = [sum(counts[:place]) for place in range(len(counts))]
    return [
        Piece(index=index, first=first, count=count, key=f"{index}")
        for index, (first, count) in enumerate(zip(firsts, counts, strict=True))
    ]


def taken(shares: Shares, workers: int) -> list[list[int]]:
    """What each worker draws when all are equally fast: whoever has drawn least takes the next."""
    done = [0] * workers
    runs: list[list[int]] = [[] for _ in range(workers)]
    while True:
        worker = done.index(min(done))
        piece = shares.take(worker)
        if piece is None:
            return runs
        done[worker] += piece.count
        runs[worker].append(piece.index)


@pytest.mark.parametrize("counts", [(60,) * 10, (12, 60, 60, 60, 60, 30, 9), (60, 5), (60,), (7,) * 30])
@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_all_pieces_are_taken_once_and_evenly(counts: tuple[int, ...], workers: int) -> None:
    runs = taken(Shares(pieces(*counts), workers), workers)
    assert sorted(index for run in runs for index in run) == list(range(len(counts)))
    work = [sum(counts[index] for index in run) for run in runs]
    assert max(work) - min(work) <= max(counts) or len(counts) < workers


def test_neighbours_stay_with_one_worker() -> None:
    assert taken(Shares(pieces(60, 60, 60, 60), 2), 2) == [[0, 1], [2, 3]]


def film(seconds: float = 1, size: tuple[int, int] = (160, 90)) -> Composition:
    frames = round(30 * seconds)
    move = Track(property="x", keys=(Key(frame=0, value=0), Key(frame=frames / 2, value=60)))
    dot = Node(id="dot", kind="rect", props={"width": 20, "height": 20, "fill": "#FF8040"}, tracks=(move,))
    scene = Scene(id="one", frames=frames, background="#203040", nodes=(dot,))
    return Composition(width=size[0], height=size[1], fps=30, scenes=(scene,))


def order(made: Composition, plan: Plan, folder: Path) -> Order:
    drawn = folder / "segments"
    drawn.mkdir()
    return Order(made, plan, folder, drawn, (80, 45))


def test_a_crew_draws_its_pieces_and_tiles(tmp_path: Path) -> None:
    made = film(5)
    plan = make_plan(made, Output(), {}, "1")
    counted: list[int] = []
    assert Crew(order(made, plan, tmp_path), 2).finish(counted.append) == set()
    assert sum(counted) == 150
    drawn = sorted((tmp_path / "segments").glob("*.seg"))
    assert [facts_of(path).frames for path in drawn] == [75, 75]
    with Image.open(tmp_path / "segments" / "00000.jpg") as strip:
        assert strip.size == (80, 3 * 45)


def test_a_dead_worker_is_told(tmp_path: Path) -> None:
    made = film(60, (1280, 720))
    crew = Crew(order(made, make_plan(made, Output(), {}, "1"), tmp_path), 2)
    victim, survivor = multiprocessing.active_children()[:2]
    assert victim.pid is not None
    os.kill(victim.pid, signal.SIGKILL)
    with pytest.raises(RuntimeError, match=r"drawing process \d died"):
        crew.finish(lambda _: None)
    survivor.kill()
    for member in (victim, survivor):
        member.join()


def test_a_worker_that_cannot_encode_tells_why(tmp_path: Path) -> None:
    made = film(5)
    plan = make_plan(made, Output(encoder="nvenc"), {}, "1")
    with pytest.raises(ValueError, match=r"encoder 'h264_nvenc'.*leave the encoder out"):
        Crew(order(made, plan, tmp_path), 2).finish(lambda _: None)
    for child in multiprocessing.active_children():
        child.join()
