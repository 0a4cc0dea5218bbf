"""What Redis's errors mean to those who have to mend them."""

from __future__ import annotations

from redis import exceptions

from domain.errors import Unavailable

AWAY = (exceptions.RedisError, OSError)
OLDEST = (6, 2)
"""The oldest version that is tested by its makers and has what RQ and the streams here use."""
LONGEST_REASON = 200
WAYS_OUT = (
    ("password", "set the right password in REDIS_URL"),
    ("auth", "set the right password in REDIS_URL"),
    ("noperm", "give the user of REDIS_URL the rights to streams, keys and scripts"),
    ("used memory", "raise Redis's maxmemory, or free some"),
    ("oom", "raise Redis's maxmemory, or free some"),
    ("misconf", "free some space on Redis's disk"),
    ("read only", "only a primary server can be written to; mend REDIS_URL"),
    ("loading", "it is starting, try again"),
)
"""Words of a reason, in the order in which they decide, and what helps."""


def away(error: Exception) -> Unavailable:
    """Say that Redis is away, why, and what to do."""
    said = " ".join(str(error).split())[:LONGEST_REASON] or type(error).__name__
    lowered = said.lower()
    way_out = next((way for words, way in WAYS_OUT if words in lowered), "start it, or mend REDIS_URL")
    return Unavailable("redis", f"Redis does not answer ({said}): {way_out}")


def require(version: str) -> None:
    """Raises Unavailable unless a Redis server is young enough."""
    numbers = [int(part) for part in version.split(".")[:2] if part.isdigit()]
    if tuple(numbers) < OLDEST:
        needed = ".".join(map(str, OLDEST))
        raise Unavailable("redis", f"the server is Redis {version}: {needed} or later is needed, upgrade it")
