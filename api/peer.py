"""Connections that know who is at their other end: the local socket's peer by its user id."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import struct

from uvicorn.protocols.http.h11_impl import H11Protocol

log = logging.getLogger(__name__)

_CREDENTIALS = struct.Struct("3i")


class PeerProtocol(H11Protocol):
    """HTTP/1.1 that tells the application the peer's uid, and lets it drop the connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        super().connection_made(transport)
        self.app_state = {**self.app_state, "abort": transport.abort}
        opened: socket.socket | None = transport.get_extra_info("socket")
        if opened is None or opened.family != socket.AF_UNIX:
            return
        uid = peer_uid(opened)
        if uid not in (os.geteuid(), 0):
            log.warning("stranger at the socket", extra={"action": "socket_refused", "uid": uid})
            transport.abort()
            return
        self.app_state["peer_uid"] = uid


def peer_uid(opened: socket.socket) -> int:
    """Ask the kernel whose process is at the other end of a unix socket (SO_PEERCRED)."""
    raw = opened.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    _pid, uid, _gid = _CREDENTIALS.unpack(raw)
    return int(uid)
