"""Assets: logos, pictures, sounds and fonts that users bring; kept only as the sandbox wrote them anew."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from fastapi import APIRouter, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import AssetAnswer, AssetPage, of_asset
from api.deliver import deliver
from api.entrance import Reader, Writer
from api.form import Form, form
from api.house import Home, House
from api.words import Body, ProjectRef
from domain.account import Principal
from domain.engine import MediaKind
from domain.errors import Unavailable, UserError
from domain.media import HEAD, KNOWN, kind_of
from domain.nouns import AssetId, ProjectId, new_id
from domain.paths import clean_name
from domain.project import Asset

router = APIRouter(prefix="/api/assets", tags=["assets"])

_LONGEST_NAME = 100
_FIELDS = {"project_id"}
UPLOAD_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {"type": "string", "format": "binary", "description": KNOWN},
                        "project_id": {"type": "string", "description": "The project it is for."},
                    },
                }
            }
        },
    }
}


@router.post("/upload", status_code=201, openapi_extra=UPLOAD_FORM)
async def upload(request: Request, house: Home, asking: Writer) -> AssetAnswer:
    """Bring in a picture, sound, clip, font or SVG: known by its content, decoded and written anew."""
    async with form(request, house.uploads, house.bounds.upload_bytes) as sent:
        project_id = await _check(house, asking, sent)
        kind = kind_of(await asyncio.to_thread(_head, sent.path))
        if kind is None:
            raise UserError(
                "unknown_media", f"{_name(sent.name)!r} is nothing that is taken in; send {KNOWN}"
            )
        arrived = _Arrived(sent.path, kind, _name(sent.name), project_id, {"name": _name(sent.name)})
        return of_asset(await _kept(house, asking, arrived, "asset.uploaded"))


class Link(Body):
    """A file of the public web."""

    url: str = Field(min_length=1, max_length=2_000)
    """Its https or http address; private addresses, and redirects to them, are refused."""
    project_id: ProjectRef | None = None
    """The project it is for."""


@router.post("/fetch", status_code=201)
async def fetch(link: Link, house: Home, asking: Writer) -> AssetAnswer:
    """Bring in what lies at a public address, as if it had been uploaded."""
    if house.fetcher is None:
        raise Unavailable("fetching", "nothing is fetched here (DIRECTOR_FETCH_MB is 0); upload the file")
    project_id = await _mine(house, asking, link.project_id)
    async with house.fetcher.fetch(link.url) as got:
        arrived = _Arrived(got.path, got.kind, _name(got.name), project_id, {"url": got.url})
        return of_asset(await _kept(house, asking, arrived, "asset.fetched"))


@dataclass(frozen=True)
class _Arrived:
    """A stranger's file, and what is said of it."""

    path: Path
    kind: MediaKind
    name: str
    project_id: ProjectId | None
    provenance: dict[str, str]


async def _kept(house: House, asking: Principal, arrived: _Arrived, action: str) -> Asset:
    """Decode a file in a box, and keep what was written anew."""
    taken = await house.engine.import_media(arrived.path, arrived.kind)
    sha256 = await house.blobs.put(taken.content)
    now = datetime.now(UTC)
    asset = Asset(
        asset_id=AssetId(new_id()),
        owner=asking.user_id,
        project_id=arrived.project_id,
        name=arrived.name,
        kind=taken.turned_out(arrived.kind),
        sha256=sha256,
        bytes=len(taken.content),
        suffix=taken.suffix,
        facts=taken.facts,
        provenance={"door": asking.door, "time": f"{now:%Y-%m-%dT%H:%M:%SZ}", **arrived.provenance},
        created_at=now,
    )
    async with house.database.transaction(asking.user_id) as tx:
        await tx.assets.add(asset)
        await tx.audit.record(asking, action, asset.asset_id)
    return asset


@router.get("")
async def list_assets(house: Home, asking: Reader, project_id: str | None = None) -> AssetPage:
    """Your assets, or those of one project, newest first."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        found = await tx.assets.list(ProjectId(project_id) if project_id else None)
    return AssetPage(items=[of_asset(asset) for asset in found])


@router.get("/{asset_id}")
async def get_asset(asset_id: str, house: Home, asking: Reader) -> AssetAnswer:
    """One asset."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return of_asset(await tx.assets.get(AssetId(asset_id)))


@router.delete("/{asset_id}", status_code=204)
async def delete_asset(asset_id: str, house: Home, asking: Writer) -> None:
    """Forget an asset; films that use it keep their copy."""
    async with house.database.transaction(asking.user_id) as tx:
        await tx.assets.delete(AssetId(asset_id))
        await tx.audit.record(asking, "asset.deleted", asset_id[:100])


@router.head("/{asset_id}/content", include_in_schema=False)
@router.get("/{asset_id}/content", response_class=Response)
async def content(asset_id: str, request: Request, house: Home, asking: Reader) -> Response:
    """The asset's bytes, as they were written anew."""
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        asset = await tx.assets.get(AssetId(asset_id))
    stem = asset.name.rsplit(".", 1)[0] or "asset"
    return await deliver(request, house.blobs, asset.sha256, f"{stem}{asset.suffix}")


async def _check(house: House, asking: Principal, sent: Form) -> ProjectId | None:
    """Hold a form against what may stand in it; gives the project it is for."""
    unknown = set(sent.fields) - _FIELDS
    if unknown:
        raise UserError(
            "unknown_field", f"the form has {sorted(unknown)[0][:60]!r}; there are file and project_id"
        )
    if sent.size == 0:
        raise UserError("empty_file", f"{_name(sent.name)!r} is empty; send a file with content")
    return await _mine(house, asking, sent.fields.get("project_id"))


async def _mine(house: House, asking: Principal, project_id: str | None) -> ProjectId | None:
    """Find the project that an asset is for.

    Raises NotFound, also for somebody else's.
    """
    if not project_id:
        return None
    async with house.database.transaction(asking.user_id, reading=True) as tx:
        return (await tx.projects.get(ProjectId(project_id.replace("\0", "")))).project_id


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _name(given: str) -> str:
    """A file's name without folders and without what a reader cannot see."""
    name = PurePosixPath(clean_name(given).replace("\\", "/")).name.strip(" .")
    stem, dot, suffix = name.rpartition(".")
    if len(name) > _LONGEST_NAME and dot and len(suffix) < 10:
        name = f"{stem[: _LONGEST_NAME - len(suffix) - 1]}.{suffix}"
    return name[:_LONGEST_NAME] or "asset"
