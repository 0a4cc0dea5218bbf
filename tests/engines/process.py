"""A server's process that tests start: with few rights, in a folder of its own, never outliving them."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def found(program: str, *folders: str) -> str:
    """The program's path; a machine without it cannot run these tests, and says so."""
    path = shutil.which(program, path=os.pathsep.join([*folders, os.environ.get("PATH", os.defpath)]))
    if path is None:
        raise RuntimeError(f"{program!r} is missing: `make test` installs what packages-test.txt lists")
    return path


def servant(preferred: str) -> str | None:
    """The user a server runs as when root starts it; None keeps the tests' own."""
    if os.getuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return preferred if preferred in known else "nobody"


def folder_of(user: str | None) -> Path:
    """A short, private folder (a unix socket's address has 100 bytes) that belongs to the server's user."""
    path = Path(tempfile.mkdtemp(prefix="dirtest-", dir="/tmp"))
    if user is not None:
        account = pwd.getpwnam(user)
        os.chown(path, account.pw_uid, account.pw_gid)
    path.chmod(0o755 if user else 0o700)
    return path


def start(
    argv: list[str], user: str | None, log: Path, *, folder: Path = Path("/")
) -> subprocess.Popen[bytes]:
    """Start a server that ends when the tests end, however they end: with the thread that started it."""
    prctl = ctypes.CDLL(None).prctl
    with log.open("ab") as said:
        return subprocess.Popen(
            argv, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True, cwd=folder,
            user=user, group=pwd.getpwnam(user).pw_gid if user else None, extra_groups=[] if user else None,
            preexec_fn=lambda: prctl(_PR_SET_PDEATHSIG, signal.SIGKILL),
        )  # fmt: skip
