"""Attacks on files: reading what was not given, writing where nobody may."""

from tests.abuse.case import Case

FILES = [
    Case("read a host file by its absolute path", "read(FACTS['secret'])"),
    Case("read another project", "read(FACTS['other_project'])"),
    Case("read through a long ../ path", "read('../' * 12 + FACTS['secret'].lstrip('/'))"),
    Case("read through a planted link", "os.symlink(FACTS['secret'], 'link'); read('link')"),
    Case(
        "read through a planted folder link",
        "os.symlink(os.path.dirname(FACTS['secret']), 'd'); read('d/' + os.path.basename(FACTS['secret']))",
    ),
    Case("read through /proc/self/root", "read('/proc/self/root' + FACTS['secret'])"),
    Case("read through /proc/1/root", "read('/proc/1/root' + FACTS['secret'])"),
    Case("read through the root's parent", "os.chdir('/'); os.chdir('..'); read('.' + FACTS['secret'])"),
    Case("link a host file into the work folder", "os.link(FACTS['secret'], 'stolen'); read('stolen')"),
    Case("write next to a host file", "open(FACTS['folder'] + '/planted', 'w').write('x')"),
    Case("write to a given input", "os.chmod(FACTS['input'], 0o666)\nopen(FACTS['input'], 'w').write('x')"),
    Case("replace a given input", "open('x', 'w').write('x'); os.rename('x', FACTS['input'])"),
    Case("remove a given input", "os.remove(FACTS['input'])", bare=False),
    Case("move a file out", "open('x', 'w').write('x'); os.rename('x', FACTS['folder'] + '/planted')"),
    Case("write to the system", "open('/usr/bin/planted', 'w').write('x')", bare=False),
    Case("create a protected file that is absent", "open('/etc/ld.so.preload', 'w').write('x')", bare=False),
    Case("write to our own packages", "open('/app/domain/planted.py', 'w').write('x')", bare=False),
    Case("write next to the interpreter", "open(os.path.dirname(os.__file__) + '/planted', 'w')", bare=False),
    Case("write to a device folder", "open('/dev/planted', 'w').write('x')", bare=False),
    Case("read the password hashes", "read('/etc/shadow')"),
    Case("list the home folders", "os.listdir('/home') and None"),
    Case("set the setuid bit", "open('x', 'w').write('x'); os.chmod('x', 0o4755)"),
    Case("set the setgid bit by descriptor", "os.fchmod(os.open('x', os.O_CREAT | os.O_RDWR), 0o2755)"),
    Case("make a block device", "os.mknod('x', stat.S_IFBLK | 0o600, os.makedev(8, 0))"),
    Case("make a character device", "os.mknod('x', stat.S_IFCHR | 0o600, os.makedev(1, 1))"),
    Case("mount a file system", "call('mount', b'x', b'/box', b'tmpfs', 0, None)", bare=False),
    Case(
        "make the root writable again",
        "call('mount', None, b'/', None, 0x20 | 0x1000, None); open('/planted', 'w')",
        bare=False,
    ),
    Case("take a view off", "call('umount2', b'/proc', 2)", bare=False),
    Case("clone the tree of mounts", "call('open_tree', -100, b'/', 1)"),
    Case(
        "break out of a chroot",
        """
os.mkdir("cell")
before = os.open("/", os.O_RDONLY)
os.chroot("cell")
os.fchdir(before)
for _ in range(20):
    os.chdir("..")
read("." + FACTS["secret"])
""",
    ),
    Case(
        "open a file by its handle",
        """
handle = struct.pack("=II", 8, 1) + struct.pack("=II", 2, 0)
os.close(call("open_by_handle_at", os.open("/", os.O_RDONLY), handle, os.O_RDONLY))
""",
    ),
    Case(
        "use a descriptor of the server",
        """
for number in range(3, 256):
    with contextlib.suppress(OSError):
        os.fstat(number)
        return
raise Held("only 0, 1 and 2")
""",
    ),
    Case(
        "cut a path with a NUL byte",
        """
try:
    read("/box/x\\0" + FACTS["secret"])
except ValueError:
    raise Held("refused by the interpreter") from None
""",
    ),
    Case("write to a kernel setting", "open('/proc/sys/kernel/core_pattern', 'r+').write('|/x')", bare=False),
    Case("talk back through standard input", "os.write(0, b'x' * 10)"),
    Case("cut a given input off", "os.truncate(FACTS['input'], 0)", bare=False),
    Case("change the times of a given input", "os.utime(FACTS['input'], (0, 0))", bare=False),
    Case("hang an attribute on a given input", "os.setxattr(FACTS['input'], 'user.x', b'x')", bare=False),
    Case(
        "open a given input again, to write",
        """
number = os.open(FACTS["input"], os.O_RDONLY)
os.close(os.open(f"/proc/self/fd/{number}", os.O_RDWR))
""",
    ),
    Case("move the folder of inputs away", "os.rename(os.path.dirname(FACTS['input']), 'mine')", bare=False),
    Case("read the machine's memory", "read('/dev/mem')", bare=False),
    Case("read the kernel's memory", "os.pread(os.open('/proc/kcore', 0), 64, 0x1000) or read('/x')"),
    Case("read the kernel's log", "os.close(os.open('/dev/kmsg', os.O_RDONLY | os.O_NONBLOCK))"),
    Case("run a virtual machine", "os.close(os.open('/dev/kvm', os.O_RDWR))"),
    Case("make a file system in user space", "os.close(os.open('/dev/fuse', os.O_RDWR))"),
    Case("make a network interface", "os.close(os.open('/dev/net/tun', os.O_RDWR))"),
    Case("press the kernel's magic key", "os.write(os.open('/proc/sysrq-trigger', 1), b'h')", bare=False),
    Case("be spared when memory runs out", "os.write(os.open('/proc/self/oom_score_adj', 1), b'-1000')"),
    Case(
        "change what its user is called outside",
        "os.write(os.open('/proc/self/uid_map', 1), b'0 0 99999999')",
    ),
    Case("write to the cache of libraries", "open('/etc/ld.so.cache', 'r+').write('x')", bare=False),
    Case("plant a start-up file of the interpreter", "open('/site/0/x.pth', 'w').write('x')", bare=False),
    Case("read the tree of control groups", "os.listdir('/sys/fs/cgroup')[0]"),
    Case(
        "open a new file system by its context",
        "os.close(call('fsopen', b'tmpfs', 0))",
    ),
    Case("turn the tree of mounts", "call('pivot_root', b'.', b'.')", bare=False),
    Case("take a handle of a file", "call('name_to_handle_at', -100, b'/', bytes(136), bytes(8), 0)"),
    Case("watch a whole file system", "os.close(call('fanotify_init', 0, 0))"),
    Case(
        "find what the guest before left in its work folder",
        "read('/box/left') or read('left')",
        bare=False,
        before="open('/box/left', 'w').write('secret')",
    ),
    Case(
        "find what the guest before left in shared memory",
        "read('/dev/shm/left-' + FACTS['mark']); os.remove('/dev/shm/left-' + FACTS['mark'])",
        before="open('/dev/shm/left-' + FACTS['mark'], 'w').write('secret')",
    ),
    Case(
        "find what the guest before left in the folder for passing files",
        "read('/tmp/left-' + FACTS['mark']); os.remove('/tmp/left-' + FACTS['mark'])",
        before="open('/tmp/left-' + FACTS['mark'], 'w').write('secret')",
    ),
    Case(
        "find the mount points of the host's devices",
        """
for line in open("/proc/self/mountinfo"):
    if line.split(" - ")[1].split()[0] in ("ext4", "xfs", "btrfs") and "rw" in line.split()[5].split(","):
        return
raise Held("nothing of a disk may be written")
""",
    ),
]
