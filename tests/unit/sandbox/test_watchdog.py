"""The host's eye: whom it counts, and how."""

import os
import signal
import subprocess
import sys

from sandbox.watchdog import tree


def test_the_tree_holds_children_and_grandchildren_of_every_thread() -> None:
    code = """
import os, signal, threading
def start():
    if os.fork() == 0:
        os.fork()
        os.write(1, b"u")
        signal.pause()
    threading.Event().wait()
threading.Thread(target=start, daemon=True).start()
signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, process_group=0) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.read(2) == b"uu"
            pids = list(tree(process.pid))
        finally:
            os.killpg(process.pid, signal.SIGKILL)
    assert len(pids) == 3


def test_a_process_that_is_gone_is_an_empty_tree() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert list(tree(process.pid)) == [process.pid]
