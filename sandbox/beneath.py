"""openat2(2): open a file below a folder and nowhere else, whatever the names and links inside say."""

from __future__ import annotations

import ctypes
import os

_OPENAT2 = 437  # the same number on every architecture
_NO_XDEV, _NO_MAGICLINKS, _NO_SYMLINKS, _BENEATH = 0x01, 0x02, 0x04, 0x08


class _OpenHow(ctypes.Structure):
    _fields_ = [("flags", ctypes.c_uint64), ("mode", ctypes.c_uint64), ("resolve", ctypes.c_uint64)]


_libc = ctypes.CDLL(None, use_errno=True)


def open_beneath(folder: int, name: str | bytes, flags: int = os.O_RDONLY) -> int:
    """Open `name` below an open folder, following no link and never waiting for a FIFO's writer.

    Raises OSError: ELOOP for a link, EXDEV for a way out, ENXIO for a socket, EINVAL for a NUL byte.
    """
    path = os.fsencode(name)
    if b"\0" in path:
        raise OSError(22, "a NUL byte in a name", name)
    flags |= os.O_CLOEXEC | os.O_NOFOLLOW
    if not flags & os.O_PATH:  # openat2 refuses flags that it would have to ignore
        flags |= os.O_NONBLOCK | os.O_NOCTTY
    how = _OpenHow(flags, 0, _NO_XDEV | _NO_MAGICLINKS | _NO_SYMLINKS | _BENEATH)
    descriptor = int(_libc.syscall(_OPENAT2, folder, path, ctypes.byref(how), ctypes.sizeof(how)))
    if descriptor < 0:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), name)
    return descriptor
