"""One attack: a few lines that a guest runs, and how a sound wall answers."""

from dataclasses import dataclass

HARNESS = '''
import contextlib, ctypes, errno, json, os, signal, socket, stat, struct, sys, threading, time
FACTS = json.load(sys.stdin)
libc = ctypes.CDLL(None, use_errno=True)

class Held(Exception):
    """The wall held, in a way that is no OSError."""

def call(name, *arguments):
    if name not in FACTS["calls"]:
        raise Held("no such call on this machine")
    result = libc.syscall(FACTS["calls"][name], *arguments)
    if result < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
    return result

def read(path):
    with open(path, "rb") as file:
        return file.read(64)

def attack():
@@
try:
    attack()
except (OSError, Held, MemoryError, RuntimeError) as problem:
    print("HELD", repr(problem))
else:
    print("OPEN")
'''


@dataclass(frozen=True)
class Case:
    """An attack by name; its code returns when it got through and raises OSError or Held when not."""

    name: str
    code: str
    bare: bool = True
    """Whether the control may try it on the naked host: not when it would hurt it."""
    ended_by: str = "exit"
    """How the box ends when the wall is a limit."""
    takes: tuple[str, ...] | None = None
    """For what is left behind in `out`: the names that the host may take, each a plain file."""
    before: str = ""
    """What another guest did earlier, in a box of its own."""

    def script(self, *, earlier: bool = False) -> str:
        """The whole program of the guest, or of the one before it."""
        code = self.before if earlier else self.code
        body = "\n".join(f"    {line}" for line in code.strip("\n").splitlines())
        return HARNESS.replace("@@", body)
