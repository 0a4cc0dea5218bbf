"""Attacks on processes: seeing others, touching others, becoming more than oneself."""

from tests.abuse.case import Case

_STATUS = "dict(line.split(':\\t', 1) for line in open('/proc/self/status').read().splitlines())"

PROCESSES = [
    Case(
        "read the server's environment",
        """
for pid in ("1", "self", str(os.getppid())):
    with contextlib.suppress(PermissionError):
        if FACTS["token"].encode() in open(f"/proc/{pid}/environ", "rb").read():
            return
raise Held("no such token")
""",
    ),
    Case(
        "have a secret in the environment", "if FACTS['token'] not in os.environ.values(): raise Held('no')"
    ),
    Case(
        "see a process of the host",
        """
if FACTS["mark"].encode() not in open(f"/proc/{FACTS['victim']}/cmdline", "rb").read():
    raise Held("somebody else")
""",
    ),
    Case("read another process's memory", "os.pread(os.open(f\"/proc/{FACTS['victim']}/mem\", 0), 8, 4096)"),
    Case("trace another process", "call('ptrace', 16, FACTS['victim'], 0, 0)", bare=False),
    Case("trace oneself", "call('ptrace', 0, 0, 0, 0)"),
    Case("peek by process_vm_readv", "call('process_vm_readv', os.getpid(), None, 0, None, 0, 0)"),
    Case("end a process of the host", "os.kill(FACTS['victim'], signal.SIGTERM)", bare=False),
    Case(
        "end everybody",
        """
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.kill(-1, signal.SIGTERM)
raise Held("it reached nobody but ourselves: the host looks after its victim")
""",
        bare=False,
    ),
    Case(
        "end process 1 of the box",
        """
os.kill(1, signal.SIGKILL)
time.sleep(0.2)
os.kill(1, 0)
raise Held("still there")
""",
        bare=False,
    ),
    Case("take a descriptor of another process", "call('pidfd_getfd', os.pidfd_open(1), 0, 0)"),
    Case("make a user namespace by unshare", "call('unshare', 0x10000000)"),
    Case(
        "make a user namespace by clone",
        """
child = call("clone", 0x10000000 | signal.SIGCHLD, 0, 0, 0, 0)
if child == 0:
    os._exit(0)
""",
    ),
    Case(
        "make a user namespace by clone3",
        """
arguments = struct.pack("=11Q", 0x10000000, 0, 0, 0, signal.SIGCHLD, 0, 0, 0, 0, 0, 0)
child = call("clone3", arguments, len(arguments))
if child == 0:
    os._exit(0)
""",
    ),
    Case("enter a namespace", "call('setns', os.open('/proc/1/ns/net', os.O_RDONLY), 0)"),
    Case("become root", "os.setuid(0)"),
    Case("be root", "if os.getuid() != 0 and os.geteuid() != 0: raise Held('no')", bare=False),
    Case(
        "gain by a setuid program",
        f"if {_STATUS}['NoNewPrivs'] == '1': raise Held('no_new_privs is set')",
    ),
    Case(
        "hold a capability",
        f"""
status = {_STATUS}
if all(int(status[name], 16) == 0 for name in ("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb")):
    raise Held("none")
""",
        bare=False,
    ),
    Case("run without a filter", f"if {_STATUS}['Seccomp'] == '2': raise Held('filtered')"),
    Case("see the kernel's devices", "os.listdir('/sys/devices')"),
    Case("load a BPF program", "call('bpf', 0, ctypes.create_string_buffer(128), 128)", bare=False),
    Case("use a keyring", "call('keyctl', 0, -3, 1)"),
    Case(
        "watch performance counters",
        "call('perf_event_open', ctypes.create_string_buffer(128), 0, -1, -1, 0)",
    ),
    Case("handle page faults", "call('userfaultfd', 1)"),
    Case("change its personality", "call('personality', 0x0040000)"),
    Case("choose its own processors", "os.sched_setaffinity(0, range(os.cpu_count()))"),
    Case("rename the machine", "socket.sethostname('owned')", bare=False),
    Case("load a kernel module", "call('init_module', b'', 0, b'')", bare=False),
    Case(
        "type into the terminal",
        """
import fcntl, pty
main, other = pty.openpty()
fcntl.ioctl(other, 0x5412, b"x")
""",
    ),
    Case(
        "call the kernel by its x32 numbers",
        """
if FACTS["machine"] != "x86_64":
    raise Held("no such numbers here")
if libc.syscall(0x40000000 | 39) < 0:
    raise OSError(ctypes.get_errno(), "x32")
""",
    ),
    Case("raise its priority", "os.nice(-5)", bare=False),
    Case(
        "raise a limit",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (9999, 9999))
except ValueError as problem:
    raise Held(problem) from None
""",
        bare=False,
    ),
    Case(
        "have a terminal of the host",
        "os.open('/dev/tty', os.O_RDWR)",
        bare=False,
    ),
    *(
        Case(
            f"live in the host's {space} namespace",
            f"""
if os.readlink("/proc/self/ns/{space}") != FACTS["namespaces"]["{space}"]:
    raise Held("in another one")
""",
        )
        for space in ("pid", "net", "ipc", "mnt", "uts", "cgroup")
    ),
    Case(
        "see a crowd of processes",
        "if sum(name.isdigit() for name in os.listdir('/proc')) < 8: raise Held('only its own')",
    ),
    Case("signal a process by its descriptor", "signal.pidfd_send_signal(os.pidfd_open(FACTS['victim']), 0)"),
    Case("run before everybody else", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))"),
    Case("set the clock", "time.clock_settime(time.CLOCK_REALTIME, time.time())", bare=False),
    Case("join root's group", "os.setgid(0)"),
    Case("choose its groups", "os.setgroups([0])"),
    Case(
        "be allowed to rise again",
        "if libc.prctl(38, 0, 0, 0, 0) < 0: raise OSError(ctypes.get_errno(), 'no')",
        bare=False,
    ),
    Case(
        "take its dead with it to a file",
        """
import resource
try:
    resource.setrlimit(resource.RLIMIT_CORE, (1, 1))
except ValueError as problem:
    raise Held(problem) from None
""",
    ),
    Case("compare with another process", "call('kcmp', os.getpid(), os.getpid(), 0, 0, 0)"),
    Case("find out where pages lie", "call('move_pages', 0, 0, None, None, None, 0)"),
    Case("read the kernel's messages by a call", "call('syslog', 10, None, 0)"),
    Case("rise to the ports of the machine", "call('iopl', 0)"),
    Case("read its table of segments", "call('modify_ldt', 0, ctypes.create_string_buffer(64), 64)"),
    Case("read how the clock is steered", "call('adjtimex', ctypes.create_string_buffer(256))"),
    Case("hang up every terminal", "call('vhangup')", bare=False),
    Case("switch accounting on", "call('acct', b'/box/x')", bare=False),
    Case("swap to a file", "call('swapon', b'/box/x', 0)", bare=False),
    Case("start another kernel", "call('kexec_load', 0, 0, None, 0)", bare=False),
    Case("rename the domain", "call('setdomainname', b'owned', 5)", bare=False),
    Case("write into another process", "call('process_vm_writev', os.getpid(), None, 0, None, 0, 0)"),
    Case("hide memory even from the kernel", "os.close(call('memfd_secret', 0))", bare=False),
]
