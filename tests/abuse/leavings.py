"""Attacks on whoever collects: what a guest leaves in `out`, beside one good file."""

from tests.abuse.case import Case

_GOOD = ("good",)


def _trap(name: str, code: str, takes: tuple[str, ...] = _GOOD, ended_by: str = "exit") -> Case:
    """Leave a good file and a trap; the trap's own failure inside is a wall too."""
    made = "os.makedirs('out', exist_ok=True); open('out/good', 'w').write('good')\n"
    return Case(name, made + code.strip("\n"), ended_by=ended_by, takes=takes)


LEAVINGS = [
    _trap("leave a link to a host file", "os.symlink(FACTS['secret'], 'out/bad')"),
    _trap("leave a link that climbs", "os.symlink('../' * 12 + FACTS['secret'][1:], 'out/bad')"),
    _trap("leave a link to the good file", "os.symlink('good', 'out/bad')"),
    _trap("leave a link to a folder of the host", "os.symlink(FACTS['folder'], 'out/bad')"),
    _trap(
        "leave a link to a folder whose name starts alike",
        "os.mkdir('out_evil'); open('out_evil/x', 'w').write('x'); os.symlink('../out_evil', 'out/bad')",
    ),
    _trap("leave a link to the root", "os.symlink('/proc/self/root', 'out/bad')"),
    _trap("leave a link to the host's environment", "os.symlink('/proc/self/environ', 'out/bad')"),
    _trap("leave a link to itself", "os.symlink('bad', 'out/bad')"),
    _trap("leave a file with two names", "open('x', 'w').write('x'); os.link('x', 'out/bad')"),
    _trap("leave a pipe that nobody writes to", "os.mkfifo('out/bad')"),
    _trap("leave a socket", "s = socket.socket(socket.AF_UNIX); s.bind('out/bad')"),
    _trap("leave a line break in a name", "open('out/b\\nad', 'w').write('x')"),
    _trap("leave an escape code in a name", "open('out/\\x1b[2Jbad', 'w').write('x')"),
    _trap("leave a name that turns around", "open('out/bad\\u202egnp.exe', 'w').write('x')"),
    _trap("leave a backslash in a name", "open('out/..\\\\bad', 'w').write('x')"),
    _trap("leave a name that looks like an option", "open('out/-rf', 'w').write('x')"),
    _trap("leave a name that ends with a space", "open('out/bad ', 'w').write('x')"),
    _trap("leave a name that ends with a dot", "open('out/bad.', 'w').write('x')"),
    _trap("leave a name that is no text", "open(b'out/bad\\xff', 'w').write('x')"),
    _trap("leave a name that is too long", "open('out/' + 'b' * 250, 'w').write('x')"),
    _trap("leave a folder that is too deep", "os.makedirs('out/' + '/'.join('d' * 40))"),
    _trap(
        "leave thousands of nested folders",
        """
at = os.getcwd()
os.chdir("out")
for _ in range(3000):
    os.mkdir("d")
    os.chdir("d")
os.chdir(at)
""",
    ),
    _trap("leave more than may be taken", "open('out/bad', 'wb').write(bytes(20 << 20))", (), "output"),
    _trap("leave a hole as large as a file", "os.truncate(os.open('out/bad', 66), 30 << 20)", (), "output"),
    _trap(
        "leave more files than may be taken",
        "for n in range(12_000): open(f'out/{n}', 'w').close()",
        (),
        "output",
    ),
    _trap(
        "leave a setuid program",
        "open('out/bad', 'w').close(); os.chmod('out/bad', 0o6755)",
        ("good", "bad"),
    ),
    _trap(
        "leave a file that the owner may not read",
        "open('out/good', 'w'); os.chmod('out/good', 0)",
        ("good",),
    ),
    _trap("leave a link in the place of out", "os.rename('out', 'gone'); os.symlink('/etc', 'out')", ()),
    _trap("leave a file in the place of out", "os.rename('out', 'gone'); open('out', 'w').write('x')", ()),
]
