"""The templates that films start from."""

from __future__ import annotations

from fastapi import APIRouter

from api.entrance import Reader
from api.house import Home
from domain.nouns import Noun
from domain.template import TemplateCard

router = APIRouter(prefix="/api/templates", tags=["templates"])


class TemplateList(Noun):
    """All templates there are."""

    items: list[TemplateCard]


@router.get("")
async def list_templates(house: Home, asking: Reader) -> TemplateList:
    """Every template's card."""
    return TemplateList(items=list(house.templates))
