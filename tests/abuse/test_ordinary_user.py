"""The same walls for a server that root did not start: a slice of the suite, run as an ordinary user."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UID = 4242

AS_USER = """
set -e
top=$1; shift
mount -t tmpfs -o mode=755 stage /mnt
number=0
for path in $PATHS; do
    number=$((number + 1))
    mkdir /mnt/$number
    mount --rbind "$path" /mnt/$number
done
for folder in $CLOSED; do
    mount -t tmpfs -o mode=755 open "$folder"
done
number=0
for path in $PATHS; do
    number=$((number + 1))
    mkdir -p "$path"
    mount --move /mnt/$number "$path" 2>/dev/null || mount --rbind /mnt/$number "$path"
done
cd "$top"
exec setpriv --reuid $RUN_AS --regid $RUN_AS --clear-groups "$@"
"""
"""In a mount namespace of its own, covers each closed home folder by an open one with what is needed."""


def needed() -> list[Path]:
    """What the user must reach: the clone, the environment and the interpreter, each once."""
    paths = {ROOT, Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve()}
    return sorted(
        path for path in paths if not any(path != other and path.is_relative_to(other) for other in paths)
    )


def closed(paths: list[Path]) -> list[Path]:
    """The outermost folders on the way that the user may not enter."""
    found: set[Path] = set()
    for path in paths:
        ways = [folder for folder in reversed(path.parents) if not folder.stat().st_mode & 0o001]
        found.update(ways[:1])
    return sorted(found)


@pytest.mark.skipif(os.geteuid() != 0, reason="already an ordinary user")
@pytest.mark.parametrize(
    "wanted",
    [
        "private or processes or collected or canary or many_starts or no_root or nothing_runs",
        pytest.param("", marks=[pytest.mark.slow, pytest.mark.timeout(300)]),
    ],
    ids=["a slice", "the whole suite"],
)
def test_the_suite_holds_for_an_ordinary_user(wanted: str) -> None:
    hidden = [path for path in needed() if closed([path])]
    base = Path("/var/tmp", f"box-user-{os.getpid()}")
    base.mkdir(mode=0o755)
    os.chown(base, UID, UID)
    suites = [*map(str, sorted(ROOT.glob("tests/contracts/test_sandbox*.py"))), "tests/abuse"]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:hypothesispytest",
        f"--basetemp={base}/t",
        *suites,
    ]
    command += ["-m", "not slow", "-k", f"({wanted or 'test'}) and not no_wall"]
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(base),
        "USER": "box",
        "RUN_AS": str(UID),
        "PATHS": " ".join(map(str, hidden)),
        "CLOSED": " ".join(map(str, closed(hidden))),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        done = subprocess.run(
            ["unshare", "--mount", "sh", "-c", AS_USER, "sh", str(ROOT), *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )
    finally:
        shutil.rmtree(base)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert " passed" in done.stdout
