"""A real PostgreSQL server of the tests' own: reached by a unix socket, with a password, and mortal."""

import atexit
import os
import shutil
import signal
import subprocess
import time
from functools import cache
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from domain.nouns import new_id
from storage import schema
from storage.tables import Table
from tests.engines import process

USER = "director"
PASSWORD = "s3cret pa:ss/word"
START_S = 30
BINARIES = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]


class PostgreSQL:
    """A cluster with one role that may make databases."""

    def __init__(self) -> None:
        self._user = process.servant("postgres")
        self.folder = process.folder_of(self._user)
        self._bin = Path(process.found("initdb", *BINARIES)).parent
        self._process: subprocess.Popen[bytes] | None = None
        self._make()

    def url(self, database: str = "postgres", password: str = PASSWORD) -> str:
        """Its address."""
        return f"postgresql://{USER}:{quote(password, safe='')}@/{database}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        """Make one more database; gives its address."""
        name = f"t{new_id()[-12:]}"
        self.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )
        return self.url(name)

    def execute(self, statement: sql.SQL | sql.Composed) -> None:
        """Let the server do something outside of any transaction."""
        with psycopg.connect(self.url(), autocommit=True) as connection:
            connection.execute(statement)

    def start(self) -> None:
        """Start it and wait until it answers."""
        argv = [str(self._bin / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        argv += ["-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60"]
        self._process = process.start(argv, self._user, self.folder / "log")
        deadline = time.monotonic() + START_S
        while True:
            try:
                psycopg.connect(self.url(), connect_timeout=5).close()
            except psycopg.OperationalError:
                if time.monotonic() > deadline or self._process.poll() is not None:
                    raise RuntimeError((self.folder / "log").read_text()[-2000:]) from None
                time.sleep(0.02)
            else:
                return

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """End it: SIGINT orderly, SIGKILL as the power goes."""
        if self._process is None:
            return
        if number == signal.SIGKILL:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text()
            for pid in (self._process.pid, *map(int, children.split())):
                os.kill(pid, number)
        else:
            self._process.send_signal(number)
        self._process.wait(START_S)
        self._process = None

    def end(self) -> None:
        """Stop it for good."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _make(self) -> None:
        secret = self.folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)
        argv = [
            str(self._bin / "initdb"),
            "-D",
            str(self.folder / "data"),
            "-U",
            USER,
            "--pwfile",
            str(secret),
        ]
        argv += ["-A", "scram-sha-256", "-E", "UTF8", "--locale=C", "-N", "--no-instructions"]
        made = process.start(argv, self._user, self.folder.parent / f"{self.folder.name}.log")
        log = self.folder.parent / f"{self.folder.name}.log"
        if made.wait(60):
            raise RuntimeError(log.read_text())
        log.unlink()


def name_in(url: str) -> str:
    """The database's name in its address."""
    return url.partition("?")[0].rpartition("/")[2]


@cache
def server() -> PostgreSQL:
    """The one server of this test process, started when it is first asked for."""
    started = PostgreSQL()
    atexit.register(started.end)
    started.start()
    return started


@cache
def _newest() -> str:
    url = server().create()
    schema.upgrade(url)
    return name_in(url)


_free: list[str] = []


def empty_url() -> str:
    """A database with nothing in it."""
    return server().create()


def fresh_url() -> str:
    """A database with the newest schema and nothing in it."""
    return _free.pop() if _free else server().create(_newest())


def give_back(url: str) -> None:
    """Empty the tables of a fresh database, which takes a tenth of the time that making another one takes."""
    names = ", ".join(f'"{table.name}"' for table in Table.metadata.sorted_tables)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"SET lock_timeout = '5s'; TRUNCATE {names} RESTART IDENTITY")  # pyright: ignore
    _free.append(url)
