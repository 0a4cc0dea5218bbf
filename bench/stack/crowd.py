"""Many readers of one run in a process of their own: `python -m bench.stack.crowd SOCKET RUN COUNT LAST`.

Prints `ready` when each has heard the first event, which stands in the log already, and at the end a line of
JSON: what was missed, and each delay.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from datetime import datetime

MOST_S = 120.0


async def read(socket: str, run_id: str, last: int, connected: asyncio.Semaphore) -> tuple[int, list[float]]:
    """Follow the stream up to its last event; gives how many were missed, and how late each came, seconds."""
    reader, writer = await asyncio.open_unix_connection(socket, limit=2**20)
    path = f"/api/generate/{run_id}/stream"
    writer.write(f"GET {path} HTTP/1.1\r\nHost: crowd\r\nAccept: text/event-stream\r\n\r\n".encode())
    status = await reader.readline()
    assert b" 200 " in status, status
    delays: list[float] = []
    seen: set[int] = set()
    while len(seen) < last:
        line = await reader.readline()
        if not line:
            break
        if line.startswith(b"data: "):
            now = time.time()
            event = json.loads(line[6:])
            if event["seq"]:
                if not seen:
                    connected.release()
                seen.add(event["seq"])
                delays.append(now - datetime.fromisoformat(event["at"]).timestamp())
    writer.close()
    return last - len(seen), delays


async def main() -> None:
    """Connect all, read to the end, and tell."""
    socket, run_id, count, last = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    connected = asyncio.Semaphore(0)
    tasks = [asyncio.create_task(read(socket, run_id, last, connected)) for _ in range(count)]
    for _ in range(count):
        await connected.acquire()
    print("ready", flush=True)
    async with asyncio.timeout(MOST_S):
        found = await asyncio.gather(*tasks)
    delays = sorted(delay for _, each in found for delay in each[1:])
    print(json.dumps({"lost": sum(missed for missed, _ in found), "delays": delays}))


if __name__ == "__main__":
    asyncio.run(main())
