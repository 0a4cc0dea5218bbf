"""List the templates that films start from."""

from __future__ import annotations

import argparse
import json

from cli.exits import OK
from cli.house import House


def arguments(parser: argparse.ArgumentParser) -> None:
    """`director templates` takes no arguments of its own."""


async def act(options: argparse.Namespace, house: House) -> int:
    """Print each template's card."""
    if options.json:
        print(json.dumps([card.model_dump(mode="json") for card in house.templates]))
        return OK
    for card in house.templates:
        print(f"{card.name}: {card.title}, {card.seconds:g} s, {', '.join(card.formats)}")
        print(f"  {card.description}")
        print(f'  director make "{card.example_prompt}"')
    return OK
