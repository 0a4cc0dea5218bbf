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
]
