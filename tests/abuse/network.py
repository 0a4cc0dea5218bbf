"""Attacks over the network: reaching anybody at all."""

from tests.abuse.case import Case

NETWORK = [
    Case(
        "connect to the host's loopback", "socket.create_connection(('127.0.0.1', FACTS['port']), 2).close()"
    ),
    Case(
        "send a datagram to the host",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', FACTS['port']))",
    ),
    Case("resolve a name", "socket.getaddrinfo('localhost', 80); socket.socket().close()"),
    Case(
        "have a route to a metadata service",
        """
rows = open("/proc/net/route").read().splitlines()[1:]
if not rows:
    raise Held("no route at all")
""",
    ),
    Case(
        "have an interface that is up",
        """
names = [line.split(":")[0].strip() for line in open("/proc/net/dev").read().splitlines()[2:]]
if set(names) <= {"lo"}:
    raise Held("nothing but loopback")
""",
    ),
    Case("connect to a unix socket by path", "socket.socket(socket.AF_UNIX).connect(FACTS['socket'])"),
    Case("connect to an abstract socket", "socket.socket(socket.AF_UNIX).connect('\\0' + FACTS['abstract'])"),
    Case("open a packet socket", "socket.socket(socket.AF_PACKET, socket.SOCK_RAW).close()", bare=False),
    Case("open a netlink socket", "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0).close()"),
    Case("open a vsock socket", "socket.socket(40, socket.SOCK_STREAM).close()", bare=False),
    Case(
        "open a kernel crypto socket",
        "socket.socket(socket.AF_ALG, socket.SOCK_SEQPACKET).close()",
        bare=False,
    ),
    Case("listen for anybody", "s = socket.socket(); s.bind(('0.0.0.0', 0)); s.listen()"),
    Case("listen inside the work folder", "s = socket.socket(socket.AF_UNIX); s.bind('s'); s.listen()"),
    Case(
        "open a socket by io_uring", "call('io_uring_setup', 1, ctypes.create_string_buffer(256))", bare=False
    ),
    Case("open a socket of the newer internet", "socket.socket(socket.AF_INET6).close()"),
    Case("send echo requests", "socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).close()"),
    Case("send a datagram far away", "socket.socket(socket.AF_INET, 2).sendto(b'x', ('192.0.2.1', 53))"),
    Case(
        "open a socket of a rare family",
        """
for family in (15, 21, 29, 30, 31, 39, 43, 44):
    with contextlib.suppress(OSError):
        socket.socket(family, socket.SOCK_RAW).close()
        return
    with contextlib.suppress(OSError):
        socket.socket(family, socket.SOCK_DGRAM).close()
        return
raise Held("none")
""",
        bare=False,
    ),
    Case(
        "hand a descriptor to the host",
        "socket.socket(fileno=os.dup(0)).sendmsg([b'x'], [(socket.SOL_SOCKET, 1, struct.pack('i', 1))])",
        bare=False,
    ),
    Case(
        "take a call of the host",
        """
line = socket.socket(socket.AF_UNIX)
line.bind("\\0taken-" + FACTS["mark"])
line.listen()
""",
    ),
    Case(
        "learn of the host's open ports",
        """
rows = open("/proc/net/tcp").read().splitlines()[1:]
if not any(row.split()[3] == "0A" for row in rows):
    raise Held("none is told")
""",
    ),
]
