"""What a worker frees stays with it, so that the next frame's memory needs no clearing."""

import subprocess
import sys

SOURCE = """
import resource, sys
import numpy as np
from render.heap import keep_freed
if sys.argv[1] == "keep":
    keep_freed()
def frames():
    for _ in range(20):
        held = [np.ones(3_110_400, np.uint8) for _ in range(6)]
        del held
frames()
before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
frames()
print(resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before)
"""


def faults(how: str) -> int:
    argv = [sys.executable, "-c", SOURCE, how]
    return int(subprocess.run(argv, capture_output=True, check=True).stdout)


def test_frames_of_one_size_take_the_same_memory_again() -> None:
    assert faults("keep") < 800  # a single frame has 760 pages
    assert faults("give back") > 800
