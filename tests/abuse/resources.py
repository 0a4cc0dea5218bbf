"""Attacks on the machine's resources: more of anything than the box was given."""

from tests.abuse.case import Case

RESOURCES = [
    Case(
        "fork without end",
        """
for _ in range(200):
    if os.fork() == 0:
        signal.pause()
""",
        bare=False,
    ),
    Case(
        "start threads without end",
        """
threading.stack_size(65536)
for _ in range(200):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
""",
        bare=False,
    ),
    Case("fill memory alone", "hoard = [bytearray(1_000_000) for _ in range(2_000)]", False, "memory"),
    Case(
        "fill memory unseen",
        """
libc.prctl(4, 0, 0, 0, 0)  # PR_SET_DUMPABLE
hoard = [bytearray(1_000_000) for _ in range(2_000)]
""",
        False,
        "memory",
    ),
    Case(
        "fill memory together",
        """
for _ in range(12):
    if os.fork() == 0:
        break
hoard = [bytearray(1_000_000) for _ in range(60)]
time.sleep(60)
""",
        False,
        "memory",
    ),
    Case(
        "fill shared memory",
        "for n in range(40): open(f'/dev/shm/{n}', 'wb').write(bytes(1024 * 1024))",
        bare=False,
    ),
    Case("hide memory in a memory file", "os.write(os.memfd_create('x'), bytes(1024 * 1024))"),
    Case(
        "hide memory in System V segments",
        "call('shmctl', call('shmget', 0, 1024 * 1024, 0o1600), 0, None)",
    ),
    Case("keep a semaphore", "call('semctl', call('semget', 0, 1, 0o1600), 0, 0)"),
    Case("keep a queue of messages", "call('msgctl', call('msgget', 0, 0o1600), 0, None)"),
    Case("fill the disk with one file", "open('x', 'wb').write(bytes(40 * 1024 * 1024))", bare=False),
    Case(
        "fill the disk with many files",
        "for n in range(40): open(str(n), 'wb').write(bytes(1024 * 1024))",
        bare=False,
    ),
    Case(
        "reserve the disk",
        "os.posix_fallocate(os.open('x', os.O_CREAT | os.O_RDWR), 0, 40 << 20)",
        bare=False,
    ),
    Case(
        "make empty files without end", "for n in range(100_000): open(str(n), 'w').close()", False, "output"
    ),
    Case(
        "make folders without end", "for n in range(100_000): os.mkdir('d'); os.chdir('d')", False, "output"
    ),
    Case("open files without end", "hoard = [open('/dev/null') for _ in range(2000)]", bare=False),
    Case(
        "fill pipes",
        """
import fcntl
for _ in range(120):
    _, end = os.pipe()
    os.set_blocking(end, False)
    fcntl.fcntl(end, 1031, 1 << 20)
    os.write(end, bytes(1 << 20))
""",
        bare=False,
    ),
    Case("print without end", "while True: os.write(1, b'x' * 65536)", False, "timeout"),
    Case("complain without end", "while True: os.write(2, b'x\\n' * 30000)", False, "timeout"),
    Case("compute without end", "while True: pass", False, "timeout"),
    Case("sleep without end", "time.sleep(600)", False, "timeout"),
    Case(
        "ignore every signal and close every stream",
        """
for number in range(1, 65):
    with contextlib.suppress(OSError, ValueError):
        signal.signal(number, signal.SIG_IGN)
os.closerange(0, 256)
time.sleep(600)
""",
        False,
        "timeout",
    ),
    Case(
        "leave a process that stops itself",
        """
if os.fork() == 0:
    os.setsid()
    os.kill(os.getpid(), signal.SIGSTOP)
time.sleep(600)
""",
        False,
        "timeout",
    ),
    Case(
        "make a file with a hole of a terabyte", "os.truncate(os.open('x', os.O_CREAT | os.O_RDWR), 1 << 40)"
    ),
    Case("ask for all memory at once", "bytearray(2 << 30)", bare=False),
    Case(
        "ask for all addresses at once",
        "import mmap; mmap.mmap(-1, 16 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)",
    ),
    Case(
        "fill memory that processes share",
        """
import mmap
hoard = [mmap.mmap(-1, 1 << 20) for _ in range(600)]
for page in hoard:
    page.write(b"x" * (1 << 20))
""",
        False,
        "memory",
    ),
    Case(
        "compute in every process",
        """
for _ in range(12):
    if os.fork() == 0:
        break
while True: pass
""",
        False,
        "timeout",
    ),
    Case("print one endless line", "while True: os.write(1, b'x' * 100)", False, "timeout"),
    Case(
        "leave a process that nobody waits for",
        """
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.closerange(0, 256)
        code = "import time; time.sleep(30)"
        os.execv(sys.executable, [sys.executable, "-S", "-c", code, "left-" + FACTS["mark"]])
    os._exit(0)
raise Held("whether it lives on, the host sees")
""",
    ),
    Case(
        "leave a crowd behind",
        """
for _ in range(20):
    if os.fork() == 0:
        os.setsid()
        os.closerange(0, 256)
        code = "import time; time.sleep(30)"
        os.execv(sys.executable, [sys.executable, "-S", "-c", code, "left-" + FACTS["mark"]])
time.sleep(0.3)
raise Held("whether they live on, the host sees")
""",
    ),
]
