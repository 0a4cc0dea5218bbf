"""What the database's errors mean to those who have to mend them."""

from __future__ import annotations

from sqlalchemy import exc

from domain.errors import Unavailable

AWAY = (exc.OperationalError, exc.InterfaceError, exc.TimeoutError)
"""What the driver raises when the database is locked, full or gone; a broken file is a bare DatabaseError."""
READ_ONLY = "25006"
"""SQLSTATE of a write where nothing may be written: a reading transaction, or a standby server."""
DOCTOR = "run `director doctor`"
WAYS_OUT = (
    ("locked", "another process holds it for too long, try again"),
    ("lock timeout", "another transaction holds it for too long, try again"),
    ("deadlock", "two transactions waited for each other, try again"),
    ("statement timeout", "it is overloaded or waits for a lock; try again"),
    ("disk is full", "free some space on its disk, then try again"),
    ("no space left", "free some space on its disk, then try again"),
    ("could not extend", "free some space on its disk, then try again"),
    ("password", "set the right user and password in DATABASE_URL"),
    ("role", "set the right user and password in DATABASE_URL"),
    ("does not exist", "make the database with `createdb`, or mend its name in DATABASE_URL"),
    ("too many", "raise the server's max_connections, or lower DIRECTOR_DATABASE_CONNECTIONS"),
    ("connection slots", "raise the server's max_connections, or lower DIRECTOR_DATABASE_CONNECTIONS"),
    ("queuepool", "raise DIRECTOR_DATABASE_CONNECTIONS, or try again"),
    ("starting up", "it is starting, try again"),
    ("shutting down", "it is being restarted, try again"),
    ("terminating connection", "it is being restarted, try again"),
    ("read-only", "only a primary server can be written to; mend DATABASE_URL"),
    ("translate host name", "mend the host in DATABASE_URL"),
    ("resolve host", "mend the host in DATABASE_URL"),
    ("connect", "start PostgreSQL, or mend DATABASE_URL"),
)
"""Words of a reason, in the order in which they decide, and what helps."""
LONGEST_REASON = 300


def away(error: exc.SQLAlchemyError) -> Unavailable | None:
    """Say that the database is away, why, and what to do; None for an error that is a bug."""
    cause = getattr(error, "orig", None)
    known = isinstance(error, AWAY) or type(error) is exc.DatabaseError
    if not known and getattr(cause, "sqlstate", None) != READ_ONLY:
        return None
    said = str(cause or error).strip()
    reason = " ".join(said.splitlines()[0].split())[:LONGEST_REASON] if said else type(error).__name__
    lowered = reason.lower()
    way_out = next((way for words, way in WAYS_OUT if words in lowered), DOCTOR)
    return Unavailable("database", f"the database does not answer ({reason}): {way_out}")
