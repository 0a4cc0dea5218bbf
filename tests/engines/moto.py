"""An S3 server of the tests' own: moto's, a simulator in memory that speaks the real wire protocol.

It lives in an environment of its own (tests/engines/moto.lock), because it cannot share one with us.
"""

import atexit
import itertools
import socket
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

import httpx
import obstore

from storage.blobs import LocalBlobs
from storage.cloud import CloudBlobs, open_bucket
from tests.engines import process

HOME = Path(sys.prefix) / "moto"
START_S = 30
_NUMBERS = itertools.count()


class Moto:
    """A running server."""

    def __init__(self) -> None:
        program = HOME / "bin" / "moto_server"
        if not program.exists():
            raise RuntimeError(
                f"{str(program)!r} is missing: `make test` installs tests/engines/moto.lock there"
            )
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self._log = Path(tempfile.mkdtemp(prefix="dirtest-")) / "log"
        self._process = process.start([str(program), "-p", str(port)], None, self._log)
        self._names: dict[int, str] = {}
        deadline = time.monotonic() + START_S
        while not self._answers():
            if time.monotonic() > deadline or self._process.poll() is not None:
                raise RuntimeError(self._log.read_text()[-2000:])
            time.sleep(0.05)

    @property
    def entry(self) -> dict[str, str]:
        """How to get in."""
        return {
            "aws_endpoint": self.url, "aws_access_key_id": "tests", "aws_secret_access_key": "tests",
            "aws_region": "us-east-1",
        }  # fmt: skip

    def new(self) -> str:
        """Make a bucket and give its address."""
        name = f"bucket-{next(_NUMBERS)}"
        httpx.put(f"{self.url}/{name}").raise_for_status()
        return f"s3://{name}/films"

    def bucket(self, near: LocalBlobs, like: CloudBlobs | None = None) -> CloudBlobs:
        """Open a new bucket, or the one that somebody else has open."""
        url = self._names[id(like)] if like is not None else self.new()
        opened = open_bucket(url, near, self.entry)
        self._names[id(opened)] = url
        return opened

    def overwrite(self, bucket: CloudBlobs, sha256: str, content: bytes) -> None:
        """Change a blob behind everybody's back."""
        obstore.put(bucket.store, f"{sha256[:2]}/{sha256[2:]}", content)

    def end(self) -> None:
        """End it."""
        self._process.kill()
        self._process.wait(START_S)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/moto-api/").status_code < 500
        except httpx.TransportError:
            return False


@cache
def server() -> Moto:
    """The one server of this test process."""
    found = Moto()
    atexit.register(found.end)
    return found
