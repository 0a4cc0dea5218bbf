"""What operators are given names what there is: metrics in the dashboard, settings in the runbook."""

import json
import re
from pathlib import Path

from cli.commands import queue
from settings import Settings
from tests.house.tree import ROOT

FOLDER = ROOT / "docs/operations"
NAMED = re.compile(r"\bdirector_[a-z_]+")


def served() -> set[str]:
    """The metrics that the server writes, by their source."""
    return set(re.findall(r'metric\(\s*"(director_[a-z_]+)"', (ROOT / "api/routes/metrics.py").read_text()))


def charted(dashboard: Path) -> set[str]:
    """The metrics that a dashboard asks for."""
    panels = json.loads(dashboard.read_text())["panels"]
    return {name for panel in panels for each in panel["targets"] for name in NAMED.findall(each["expr"])}


def test_the_dashboard_asks_for_metrics_that_are_served_and_for_nearly_all_of_them() -> None:
    asked = charted(FOLDER / "grafana.json")
    assert asked - served() == set()
    assert served() - asked == {"director_info"}


def test_a_metric_that_nobody_serves_is_seen(tmp_path: Path) -> None:
    wrong = tmp_path / "grafana.json"
    wrong.write_text(json.dumps({"panels": [{"targets": [{"expr": "rate(director_jobz[5m])"}]}]}))
    assert charted(wrong) - served() == {"director_jobz"}


def test_the_runbook_names_settings_and_commands_that_there_are() -> None:
    text = (FOLDER / "RUNBOOK.md").read_text()
    known = {f"DIRECTOR_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"DIRECTOR_[A-Z_]+[A-Z]", text)) - known == set()
    asked = set(re.findall(r"director queue ([a-z-]+)", text))
    assert asked - {*queue.ONE, *queue.SOME, "list", "priority"} == set()
    commands = {path.stem for path in (ROOT / "cli/commands").glob("*.py")}
    assert set(re.findall(r"`director ([a-z]+)", text)) - commands == set()
