"""Keys are shown once, stored hashed, and stop working when they should."""

import re
from datetime import timedelta

import pytest
import sqlalchemy as sa

from domain.account import LOCAL_USER, NewApiKey
from domain.errors import NotFound
from domain.nouns import KeyId, UserId
from storage.database import SqlDatabase
from tests.contracts.databases import START, House


@pytest.fixture
async def made(database: SqlDatabase) -> NewApiKey:
    async with database.transaction(None) as tx:
        return await tx.keys.create(LOCAL_USER, "laptop", ("read", "write"))


async def test_a_key_is_32_random_bytes_behind_a_known_prefix(database: SqlDatabase) -> None:
    async with database.transaction(None) as tx:
        made = [await tx.keys.create(LOCAL_USER, "k", ("read",)) for _ in range(50)]
    assert all(re.fullmatch(r"dk_[0-9A-Za-z]{43}", new.secret) for new in made)
    assert len({new.secret for new in made}) == 50
    assert all(new.secret.startswith(new.key.prefix) and len(new.key.prefix) < 12 for new in made)


async def test_the_secret_is_nowhere_in_the_database(house: House, made: NewApiKey) -> None:
    async with house.database.transaction(None) as tx:
        scope = getattr(tx, "scope")  # noqa: B009 the raw rows, past the seam
        rows = (await scope.connection.execute(sa.text("SELECT * FROM api_keys"))).all()
    assert made.secret[len(made.key.prefix) :] not in str(rows)
    assert made.key.prefix in str(rows)


async def test_a_key_opens_for_its_user_with_its_scopes(database: SqlDatabase, made: NewApiKey) -> None:
    async with database.transaction(None) as tx:
        principal = await tx.keys.find(made.secret)
    assert principal is not None
    assert (principal.user_id, principal.key_id, principal.scopes) == (
        LOCAL_USER, made.key.key_id, ("read", "write"),
    )  # fmt: skip


@pytest.mark.parametrize("wrong", ["", "dk_", "x" * 100_000, "\0", "\ud800", "ключ", "' OR 1=1 --"])
async def test_a_wrong_secret_opens_nothing(database: SqlDatabase, made: NewApiKey, wrong: str) -> None:
    async with database.transaction(None, reading=True) as tx:
        assert await tx.keys.find(wrong) is None


async def test_a_key_with_one_letter_changed_opens_nothing(database: SqlDatabase, made: NewApiKey) -> None:
    async with database.transaction(None) as tx:
        for place in (0, 5, len(made.secret) - 1):
            changed = made.secret[:place] + "_" + made.secret[place + 1 :]
            assert await tx.keys.find(changed) is None
        assert await tx.keys.find(made.secret[:-1]) is None
        assert await tx.keys.find(made.secret + "0") is None


async def test_a_revoked_key_is_over_at_once_and_stays_listed(
    house: House, database: SqlDatabase, made: NewApiKey
) -> None:
    async with database.transaction(None) as tx:
        assert await tx.keys.any()
        revoked = await tx.keys.revoke(made.key.key_id)
        assert revoked.revoked_at == START
        assert await tx.keys.find(made.secret) is None
        assert not await tx.keys.any()
        house.clock.advance(5)
    async with database.transaction(None) as tx:
        assert (await tx.keys.revoke(made.key.key_id)).revoked_at == START
        assert await tx.keys.list() == [revoked]
        with pytest.raises(NotFound):
            await tx.keys.revoke(KeyId("none"))


async def test_an_expired_key_is_over(house: House, database: SqlDatabase) -> None:
    async with database.transaction(None) as tx:
        made = await tx.keys.create(UserId("ada"), "ci", ("read",), START + timedelta(seconds=60))
        assert await tx.keys.find(made.secret) is not None
    house.clock.advance(60)
    async with database.transaction(None) as tx:
        assert await tx.keys.find(made.secret) is None
        assert not await tx.keys.any()


async def test_the_last_use_is_noted_once_a_minute(
    house: House, database: SqlDatabase, made: NewApiKey
) -> None:
    noted: list[float | None] = []
    for _ in range(3):
        async with database.transaction(None) as tx:
            await tx.keys.find(made.secret)
            last = (await tx.keys.list())[0].last_used_at
        noted.append((last - START).total_seconds() if last else None)
        house.clock.advance(40)
    assert noted == [0, 0, 80]


async def test_a_key_is_found_in_a_reading_transaction_too(database: SqlDatabase, made: NewApiKey) -> None:
    async with database.transaction(None, reading=True) as tx:
        assert await tx.keys.find(made.secret) is not None
        assert (await tx.keys.list())[0].last_used_at is None
