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
]
