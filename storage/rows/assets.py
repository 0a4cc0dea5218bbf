"""Assets in the database; their content lies in the blobs."""

from __future__ import annotations

import sqlalchemy as sa

from domain.nouns import AssetId, ProjectId
from domain.project import Asset
from storage.rows.scope import Scope, check_found, missing
from storage.rows.shape import columns, noun_of, record, table
from storage.tables import AssetRow

ASSETS = table(AssetRow)
FIELDS = columns(Asset, ASSETS)


class SqlAssets:
    """The owner's assets as rows."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope

    async def add(self, asset: Asset) -> None:
        self._scope.check_owner(asset.owner)
        if asset.project_id is not None:
            await self._scope.check_project(asset.project_id)
        await self._scope.know_user(asset.owner)
        await self._scope.connection.execute(sa.insert(ASSETS).values(record(asset)))

    async def get(self, asset_id: AssetId) -> Asset:
        query = sa.select(*FIELDS).where(ASSETS.c.asset_id == asset_id, self._scope.mine(ASSETS.c.owner))
        row = (await self._scope.connection.execute(query)).first()
        return noun_of(Asset, check_found(row, "asset", asset_id))

    async def list(self, project_id: ProjectId | None = None) -> list[Asset]:
        query = sa.select(*FIELDS).where(self._scope.mine(ASSETS.c.owner))
        if project_id is not None:
            await self._scope.check_project(project_id)
            query = query.where(ASSETS.c.project_id == project_id)
        query = query.order_by(ASSETS.c.created_at.desc(), ASSETS.c.asset_id.desc())
        return [noun_of(Asset, row) for row in (await self._scope.connection.execute(query)).all()]

    async def delete(self, asset_id: AssetId) -> None:
        gone = sa.delete(ASSETS).where(ASSETS.c.asset_id == asset_id, self._scope.mine(ASSETS.c.owner))
        if not (await self._scope.connection.execute(gone)).rowcount:
            raise missing("asset", asset_id)
