"""The guest's keeper: the one process of ours inside a container; standard library only.

It runs as `python -I -S -c SOURCE`, takes one order on standard input, starts the guest, looks after its
limits and hands over what it left. A guest shares its user but not its memory or descriptors (prctl(2),
PR_SET_DUMPABLE); one that kills its keeper ends its own container. When the server goes away the input hangs
up, and everything ends. After the guest's own output comes the order's secret mark, on both streams, then on
standard output a line of JSON and the files of `/box/out`: no guest can forge what it cannot know.
"""

import ctypes
import json
import os
import resource
import select
import signal
import stat
import struct
import time
from typing import Any

PR_SET_DUMPABLE = 4
LOOK_SECONDS, SHARE = 0.02, 4
LINGER_SECONDS = 60
CHUNK = 65536
MOST_LETTERS = 500_000
libc = ctypes.CDLL(None, use_errno=True)

Order = dict[str, Any]
"""What the server asks for; see sandbox/order.py."""


def exactly(count: int) -> bytes:
    """Read so many bytes of the order; the server that goes away meanwhile ends the box."""
    taken = b""
    while len(taken) < count:
        chunk = os.read(0, count - len(taken))
        if not chunk:
            os._exit(0)
        taken += chunk
    return taken


def put(descriptor: int, content: bytes) -> None:
    """Write all of it, or end the box when nobody listens."""
    view = memoryview(content)
    while view:
        try:
            view = view[os.write(descriptor, view) :]
        except OSError:
            os._exit(0)


def start(order: Order, words: int) -> int:
    """Become the guest in a child: its limits, then its program, with three descriptors and nothing else."""
    child = os.fork()
    if child:
        return child
    try:
        os.setsid()
        libc.prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
        with open("/proc/self/oom_score_adj", "w") as file:
            file.write("1000")
        for number in signal.valid_signals():
            if number not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(number, signal.SIG_DFL)
        os.dup2(words, 0)
        for name, (soft, hard) in order["rlimits"].items():
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (soft, hard))
        os.execvpe(order["argv"][0], order["argv"], order["environment"])
    except OSError as problem:
        put(2, f"{order['argv'][0]}: {problem.strerror}\n".encode())
    except BaseException as problem:
        put(2, f"{problem}\n".encode())
    os._exit(127)
    return 0


class Watch:
    """Looks at memory, files and the clock, as the watchdog of other boxes does from outside."""

    def __init__(self, order: Order) -> None:
        self.ceiling = order["memory_kb"]
        self.files = order["files"]
        self.deadline = None if order["seconds"] is None else time.monotonic() + order["seconds"]
        self.own = {1, os.getpid()}
        self.most = 0
        self.next = 0.0

    def overstepped(self) -> str:
        """Say which limit was overstepped, or nothing."""
        began = time.monotonic()
        if self.deadline is not None and began >= self.deadline:
            return "timeout"
        if began < self.next:
            return ""
        usage = os.statvfs("/box")
        if usage.f_files - usage.f_ffree > self.files:
            return "output"
        pids = self.others()
        held = sum(total(f"/proc/{pid}/status", (b"RssAnon:", b"RssShmem:")) or 0 for pid in pids)
        self.most = max(self.most, held)
        if held > self.ceiling and sum(map(proportional, pids)) > self.ceiling:
            return "memory"
        self.next = began + max(LOOK_SECONDS, SHARE * (time.monotonic() - began))
        return ""

    def others(self) -> list[int]:
        """List everybody but process 1 and the keeper."""
        return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in self.own]


def proportional(pid: int) -> int:
    """Sum a process's own and shared pages, each shared one divided by its holders, KiB."""
    exact = total(f"/proc/{pid}/smaps_rollup", (b"Pss_Anon:", b"Pss_Shmem:"))
    return (total(f"/proc/{pid}/status", (b"RssAnon:", b"RssShmem:")) or 0) if exact is None else exact


def total(path: str, names: tuple[bytes, ...]) -> int | None:
    """Add up some lines of a status file, KiB; nothing when the process has gone or hides."""
    try:
        with open(path, "rb") as file:
            return sum(int(line.split()[1]) for line in file if line.startswith(names))
    except OSError:
        return None


def attend(order: Order, child: int, mouth: int) -> tuple[int, int, str]:
    """Feed the guest and look after it until it ends; return its status, its peak and what ended it."""
    watch, left, waiting = Watch(order), order["stdin"] or 0, b""
    ended = select.poll()
    gone = os.pidfd_open(child)
    ended.register(gone, select.POLLIN)
    reason = ""
    while not reason:
        hungry = mouth >= 0 and not waiting and left > 0
        ended.register(0, select.POLLIN if hungry else 0)
        if waiting:
            ended.register(mouth, select.POLLOUT)
        ready = dict(ended.poll(1000 * LOOK_SECONDS))
        if gone in ready:
            break
        if ready.get(0, 0) & select.POLLIN:
            waiting = os.read(0, min(left, CHUNK))
            left -= len(waiting)
        elif ready.get(0, 0) & (select.POLLHUP | select.POLLERR):
            os._exit(0)
        if waiting and mouth in ready:
            try:
                waiting = waiting[os.write(mouth, waiting) :]
            except BlockingIOError:
                pass
            except OSError:
                waiting, left = b"", 0
            if not waiting:
                ended.unregister(mouth)
        if mouth >= 0 and not waiting and not left:
            os.close(mouth)
            mouth = -1
        reason = watch.overstepped()
    if not reason and watch.files < counted():
        reason = "output"
    everybody_out()
    _, status, usage = os.wait4(child, 0)
    everybody_out()
    return status, max(watch.most, usage.ru_maxrss), reason


def counted() -> int:
    """Count the files and folders in the work folder."""
    usage = os.statvfs("/box")
    return usage.f_files - usage.f_ffree


def everybody_out() -> None:
    """Kill all but process 1 and the keeper, until nobody is left that could still write."""
    me = {"1", str(os.getpid())}
    while True:
        try:
            os.kill(-1, signal.SIGKILL)
        except ProcessLookupError:
            return
        alive = False
        for name in os.listdir("/proc"):
            if name.isdigit() and name not in me:
                try:
                    with open(f"/proc/{name}/stat") as file:
                        alive = alive or file.read().rpartition(")")[2].split()[0] not in "ZX"
                except OSError:
                    continue
        if not alive:
            return
        time.sleep(0.001)


def entries(order: Order) -> list[tuple[str, int]]:
    """List (path, size) of the regular files with one name in `/box/out`, following no link.

    When there are too many, or their names are too long in all, one file is listed that nobody would take.
    """
    todo, seen, letters = [] if os.path.islink("/box/out") else [""], 0, 0
    found: list[tuple[str, int]] = []
    while todo and seen <= order["entries"]:
        folder = todo.pop()
        for name in names(folder):
            seen += 1
            path = f"{folder}/{name}" if folder else name
            descriptor = opened(path)
            if descriptor < 0:
                continue
            status = os.fstat(descriptor)
            os.close(descriptor)
            letters += len(path)
            if stat.S_ISDIR(status.st_mode) and path.count("/") < order["depth"]:
                todo.append(path)
            elif stat.S_ISREG(status.st_mode) and status.st_nlink == 1:
                found.append((path, status.st_size))
    return [("", order["output"] + 1)] if seen > order["entries"] or letters > MOST_LETTERS else found


def names(folder: str) -> list[str]:
    """List the names of a folder below `/box/out` that are text; one that cannot be read is empty."""
    try:
        listed = os.listdir(f"/box/out/{folder}")
    except OSError:
        return []
    return sorted(
        name for name in listed if name.isascii() or not any("\ud800" <= c <= "\udfff" for c in name)
    )


def opened(path: str) -> int:
    """Open what lies below `/box/out` by that name; nothing for links and what cannot be read."""
    try:
        return os.open(f"/box/out/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return -1


def hand_over(found: list[tuple[str, int]]) -> None:
    """Write the files one after the other, each as long as it was announced."""
    for path, size in found:
        descriptor, left = opened(path), size
        while left:
            chunk = os.read(descriptor, min(left, 1 << 20)) or bytes(min(left, 1 << 20))
            put(1, chunk)
            left -= len(chunk)
        os.close(descriptor)


def main() -> None:
    """Take the order, keep the guest, tell the end."""
    libc.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    for number in signal.valid_signals():
        if number not in (signal.SIGKILL, signal.SIGSTOP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_IGN)
    (length,) = struct.unpack(">I", exactly(4))
    order = json.loads(exactly(length))
    mark = bytes.fromhex(order["mark"])
    with open("/app/.contents") as file:
        contents = file.read()
    last: dict[str, Any] = {"contents": contents, "code": 0, "ended_by": "", "peak_kb": 0, "files": []}
    if contents == order["contents"]:
        os.mkdir("/box/out")
        if order["stdin"] is None:
            child = start(order, 0)
            mouth = -1
        else:
            words, mouth = os.pipe()
            os.set_blocking(mouth, False)
            child = start(order, words)
            os.close(words)
        status, last["peak_kb"], last["ended_by"] = attend(order, child, mouth)
        code = os.waitstatus_to_exitcode(status)
        last["code"] = code if code >= 0 else 128 - code
        if code < 0:
            put(2, f"{signal.strsignal(-code)}\n".encode())
        if order["collect"] and not last["ended_by"]:
            last["files"] = entries(order)
            last["ended_by"] = "output" if sum(size for _, size in last["files"]) > order["output"] else ""
    put(2, mark)
    put(1, mark + json.dumps(last).encode() + b"\n")
    hand_over([] if last["ended_by"] else last["files"])
    hung_up = select.poll()
    hung_up.register(0, 0)
    hung_up.poll(1000 * LINGER_SECONDS)


main()
