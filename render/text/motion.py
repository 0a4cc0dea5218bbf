"""How the parts of a text stand on a frame: every track evaluated for all parts at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from domain.composition import Track
from render.item import Item
from render.text.block import Block, Line
from render.text.parts import Part, delays, parts
from render.timeline import Motion
from stage.vocabulary import PART_PROPERTIES

_ORDER = ("line", "word", "char")


@dataclass
class Pose:
    """One part on one frame, differences from rest."""

    x: float = 0
    y: float = 0
    opacity: float = 1
    scale: float = 1
    rotation: float = 0
    blur: float = 0
    rise: float = 0
    wipe: float = 0
    color: str | None = None

    @property
    def painted(self) -> float:
        """Share of the part that is painted."""
        opaque, wiped, risen, grown = (
            min(max(each, 0), 1) for each in (self.opacity, self.wipe, abs(self.rise), abs(self.scale))
        )
        return opaque * (1 - wiped) * (1 - risen) * grown

    @property
    def resting(self) -> bool:
        """Whether the part looks as if it had no track."""
        return self == _REST


_REST = Pose()


def moving_of(item: Item, block: Block, lines: Sequence[Line]) -> Moving:
    """Take a laid-out text apart with its tracks, or find it taken apart already."""
    key = ("moving", block, item.place[2:])
    found = item.memo.get(key)
    if not isinstance(found, Moving):
        found = Moving(block, lines, item.node.tracks)
        item.memo[key] = found
    return found


class Moving:
    """The parts of one laid-out text with their tracks."""

    def __init__(self, block: Block, lines: Sequence[Line], tracks: Sequence[Track]) -> None:
        units = [unit for unit in _ORDER if any(track.unit == unit for track in tracks)]
        self.units = units
        self.by_unit = {unit: parts(block, lines, unit) for unit in units}
        self.fine = self.by_unit[units[-1]]
        self._tracks = [
            (track, Motion(track.keys, PART_PROPERTIES[track.property]), self._waits(track))
            for track in tracks
            if track.unit is not None
        ]
        self._frame = -1
        self._poses: dict[str, list[Pose]] = {}

    def _waits(self, track: Track) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Give how many frames after the first key each part begins."""
        assert track.unit is not None
        return np.array(delays(len(self.by_unit[track.unit]), track.stagger))

    def poses(self, frame: int) -> dict[str, list[Pose]]:
        """Give the pose of every part of every unit on a frame."""
        if frame != self._frame:
            self._poses = {unit: [Pose() for _ in self.by_unit[unit]] for unit in self.units}
            begun: set[tuple[str, str]] = set()
            for track, motion, waits in self._tracks:
                if track.unit is None or not len(waits):
                    continue
                first = (track.unit, track.property) not in begun
                begun.add((track.unit, track.property))
                self._set(self._poses[track.unit], track.property, motion, frame - waits, first=first)
            self._frame = frame
        return self._poses

    def _set(
        self,
        poses: list[Pose],
        name: str,
        motion: Motion,
        frames: np.ndarray[tuple[int], np.dtype[np.float64]],
        *,
        first: bool,
    ) -> None:
        """Pose each part; a later track of the same property takes a part over once it has begun for it."""
        takes = [first or bool(at >= motion.frames[0]) for at in frames]
        if PART_PROPERTIES[name].type == "number":
            for pose, value, take in zip(poses, motion.numbers(frames).tolist(), takes, strict=True):
                if take:
                    setattr(pose, name, value)
        else:
            for pose, value, take in zip(poses, motion.paints(frames), takes, strict=True):
                if take:
                    pose.color = value if isinstance(value, str) else None

    def resting(self, frame: int) -> bool:
        """Tell whether no part looks different from the text at rest."""
        return all(pose.resting for poses in self.poses(frame).values() for pose in poses)

    def painted(self, frame: int) -> float:
        """Give the share of a text that is painted, by width: not clear, wiped or risen out of its line."""
        if self.resting(frame):
            return 1.0
        whole = shown = 0.0
        for index, part in enumerate(self.fine):
            width = part.box[2] - part.box[0]
            whole += width
            shown += width * math.prod(pose.painted for _, pose in self.chain(index, frame))
        return shown / whole if whole else 1.0

    def chain(self, index: int, frame: int) -> list[tuple[Part, Pose]]:
        """Give a fine part's poses and those of the word and line that hold it, coarse first."""
        poses = self.poses(frame)
        part = self.fine[index]
        found: list[tuple[Part, Pose]] = []
        for unit in self.units:
            if unit == self.units[-1]:
                found.append((part, poses[unit][index]))
                continue
            key = part.line if unit == "line" else part.word
            for at, coarse in enumerate(self.by_unit[unit]):
                if (coarse.line if unit == "line" else coarse.word) == key:
                    found.append((coarse, poses[unit][at]))
                    break
        return found
