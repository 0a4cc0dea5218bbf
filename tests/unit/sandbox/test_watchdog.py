"""The host's eye: whom it counts, and how."""

import subprocess
import sys

from sandbox.watchdog import tree


def test_the_tree_holds_children_and_grandchildren_of_every_thread() -> None:
    code = """
import os, signal, threading
def start():
    if os.fork() == 0:
        os.fork()
        print("up", flush=True)
        signal.pause()
    threading.Event().wait()
threading.Thread(target=start, daemon=True).start()
signal.pause()
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, process_group=0) as process:
        assert process.stdout is not None
        assert [process.stdout.readline() for _ in range(2)] == [b"up\n"] * 2
        pids = list(tree(process.pid))
        for pid in pids:
            subprocess.run(["kill", "-9", str(pid)], check=True)
    assert len(pids) == 3


def test_a_process_that_is_gone_is_an_empty_tree() -> None:
    with subprocess.Popen(["true"]) as process:
        process.wait()
    assert list(tree(process.pid)) == [process.pid]
