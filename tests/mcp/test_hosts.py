"""Setting up clients: their files keep what is theirs, and what is written starts Director."""

from __future__ import annotations

import json
import stat
import tomllib
import zipfile
from pathlib import Path

import pytest

from cli.commands.host import HOSTS, launch, snippet, write, write_bundle
from domain.errors import Conflict, UserError

LAUNCH = ["/opt/director/bin/director", "mcp"]
JSON_HOSTS = [name for name, host in HOSTS.items() if host.style != "toml"]


@pytest.mark.parametrize("name", JSON_HOSTS)
def test_an_entry_is_put_beside_the_others(name: str, tmp_path: Path) -> None:
    host, file = HOSTS[name], tmp_path / "deep" / "file.json"
    write(host, file, LAUNCH)
    assert json.loads(file.read_text()) == json.loads(snippet(host, LAUNCH))
    file.write_text(json.dumps({"theme": "dark", host.style: {"other": {"command": "x"}}}))
    write(host, file, LAUNCH)
    write(host, file, LAUNCH)
    held = json.loads(file.read_text())
    assert held["theme"] == "dark"
    assert held[host.style]["other"] == {"command": "x"}
    assert held[host.style]["director"]["command"] == LAUNCH[0]
    assert held[host.style]["director"]["args"] == ["mcp"]
    assert [each.name for each in file.parent.iterdir()] == ["file.json"]


def test_a_toml_file_gets_its_table_once(tmp_path: Path) -> None:
    host, file = HOSTS["codex"], tmp_path / "config.toml"
    file.write_text('model = "x"\n')
    write(host, file, LAUNCH)
    held = tomllib.loads(file.read_text())
    assert held == {"model": "x", "mcp_servers": {"director": {"command": LAUNCH[0], "args": ["mcp"]}}}
    with pytest.raises(Conflict, match="already"):
        write(host, file, LAUNCH)


@pytest.mark.parametrize("text", ["{", "[]", '{"mcpServers": 7}'])
def test_a_file_that_cannot_be_read_stays_as_it_is(text: str, tmp_path: Path) -> None:
    file = tmp_path / "mcp.json"
    file.write_text(text)
    with pytest.raises(UserError, match=r"mcp\.json"):
        write(HOSTS["cursor"], file, LAUNCH)
    assert file.read_text() == text


def test_the_bundle_starts_this_installation(tmp_path: Path) -> None:
    path = tmp_path / "director.mcpb"
    write_bundle(path, "1.2.3", LAUNCH)
    with zipfile.ZipFile(path) as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
        assert bundle.read("director").decode().splitlines()[1] == f'exec {" ".join(LAUNCH)} "$@"'
        assert bundle.getinfo("director").external_attr >> 16 & stat.S_IXUSR
    assert manifest["version"] == "1.2.3"
    assert manifest["server"]["mcp_config"]["command"] == LAUNCH[0]
    for wrong in (tmp_path / "director.zip", tmp_path / "none" / "director.mcpb"):
        with pytest.raises(UserError, match=r"\.mcpb"):
            write_bundle(wrong, "1.2.3", LAUNCH)


def test_what_is_started_is_this_installation() -> None:
    assert launch()[1:] == ["mcp"]
    assert Path(launch()[0]).name == "director"
