"""A warm process answers each request in a fork that ends with everything it started."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from stage.examples import PROJECT
from stage.serve import LENGTH

ROOT = Path(__file__).parents[3]
GOOD = {"do": "compile", "files": PROJECT}


class Warm:
    """One serving process and its work folder."""

    def __init__(self, folder: Path, *limits: str) -> None:
        self.folder = folder
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "stage", "serve", *limits],
            cwd=folder,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def raw(self, message: bytes) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(LENGTH.pack(len(message)) + message)
        self.process.stdin.flush()
        (length,) = LENGTH.unpack(self.process.stdout.read(LENGTH.size))
        return json.loads(self.process.stdout.read(length))

    def ask(self, request: object) -> dict[str, Any]:
        return self.raw(json.dumps(request).encode())

    def film(self, code: str) -> dict[str, Any]:
        return self.ask({"do": "compile", "files": {"film.py": code}})

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        code = self.process.wait(10)
        self.process.stdout.close()
        return code


@pytest.fixture
def warm(tmp_path: Path) -> Generator[Warm]:
    server = Warm(tmp_path, "1", "400")
    yield server
    assert server.close() == 0
    assert list(tmp_path.iterdir()) == []


def message(answer: dict[str, Any]) -> str:
    assert answer["composition"] is None
    return answer["findings"][0]["message"]


def test_requests_are_answered_like_the_commands(warm: Warm) -> None:
    first, second = warm.ask(GOOD), warm.ask(GOOD)
    assert first == second
    assert first["composition"]["title"] == "Noor Tea"
    outline = warm.ask({"do": "outline", "files": PROJECT})
    assert {entry["file"] for entry in outline["entries"]} == set(PROJECT)


def test_no_request_sees_the_one_before(warm: Warm) -> None:
    warm.film("import builtins, stage\nbuiltins.leak = 1\nstage.Film = None\nopen('left', 'w').write('x')\n")
    assert message(warm.film("leak\n")) == "'leak' is not defined"
    assert message(warm.film("import os\nprint(os.listdir('..'))\nopen('left')\n")).startswith(
        "FileNotFoundError"
    )
    assert warm.ask(GOOD)["composition"] is not None


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("while True: pass\n", "the film's code ran for more than 1 s"),
        ("import time\ntime.sleep(60)\n", "the film's code ran for more than 1 s"),
        ("x = [bytearray(9_000_000) for _ in range(999)]\n", "the code used more memory than a film may"),
        ("import os\nos._exit(0)\n", "the film's code ended its process or used more than 400 MB"),
        (
            "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n",
            "the film's code ended its process or used more than 400 MB",
        ),
        ("def f(): f()\nf()\n", "the code calls itself without end"),
        ("x = 'a' * 10**9\n", "the code used more memory than a film may"),
    ],
)
def test_hostile_code_ends_alone(warm: Warm, code: str, told: str) -> None:
    assert message(warm.film(code)) == told
    assert warm.ask(GOOD)["composition"] is not None


def test_children_of_a_request_end_with_it(warm: Warm) -> None:
    code = "import os, time\npid = os.fork()\nif pid == 0:\n    time.sleep(60)\nprint(pid)\n"
    pid = int(warm.film(code + PROJECT["film.py"])["printed"])
    try:
        watched = os.pidfd_open(pid)
    except ProcessLookupError:
        return
    ended = select.select([watched], [], [], 5)[0]
    os.close(watched)
    assert ended


def test_a_request_that_is_none_is_answered_and_the_process_goes_on(warm: Warm) -> None:
    for wrong, told in (
        (b"{", "the request is no JSON"),
        (b"[]", "the request is no object"),
        (b'{"do": "bake"}', "do is 'bake'; give one of compile, outline"),
        (b'{"do": "compile", "files": []}', "files is no map"),
        (
            b'{"do": "compile", "files": {"../a.py": ""}}',
            "the file '../a.py' is no text under a relative path",
        ),
        (b'{"do": "compile", "files": {"/a.py": ""}}', "the file '/a.py' is no text under a relative path"),
        (b'{"do": "compile", "files": {"a.py": 1}}', "the file 'a.py' is no text under a relative path"),
    ):
        assert message(warm.raw(wrong)).startswith(told)
    assert message(warm.ask({"do": "compile", "files": {"a": "", "a/b": ""}})).startswith(
        "the film's code ended"
    )
    assert warm.ask(GOOD)["composition"] is not None


def test_a_cut_or_oversized_message_ends_the_process(tmp_path: Path) -> None:
    for junk in (b"\0\0", LENGTH.pack(9) + b"{", LENGTH.pack(2**32 - 1)):
        server = Warm(tmp_path)
        assert server.process.stdin is not None
        server.process.stdin.write(junk)
        assert server.close() == 0
