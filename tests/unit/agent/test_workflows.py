"""The instructions of each kind of run."""

from __future__ import annotations

import pytest

from agent.workflows import WORKFLOWS


@pytest.mark.parametrize("kind", sorted(WORKFLOWS))
def test_instructions_hold_the_handbook_and_no_hole(kind: str) -> None:
    text = next(flow for name, flow in WORKFLOWS.items() if name == kind).instructions("THE HANDBOOK")
    assert "THE HANDBOOK" in text
    assert "{handbook}" not in text
    assert text.startswith("# Who you are")


def test_instructions_fit_into_a_modest_share_of_a_models_memory() -> None:
    assert max(len(flow.instructions("")) for flow in WORKFLOWS.values()) < 16_000
