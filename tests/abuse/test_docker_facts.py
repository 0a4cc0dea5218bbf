"""What the engine itself says about a running box: not what was asked for, but what was made."""

import asyncio
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import docker
import pytest

from domain.sandbox import BoxLimits, Mount
from sandbox.container import FIRST_UID, UIDS
from tests.contracts.sandboxes import LIMITS, SANDBOXES, python
from tests.engines.docker import IMAGE, engine

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
MIB = 1024 * 1024
ANSWER = """
import sys
sys.stdin.buffer.read(4)
sys.stdout.buffer.write(bytes(4))
sys.stdout.flush()
sys.stdin.read()
"""


@pytest.fixture
def client() -> Generator[docker.APIClient]:
    client = docker.APIClient(base_url=engine().url)
    yield client
    client.close()


def boxes(client: docker.APIClient) -> list[dict[str, Any]]:
    """All boxes of this installation, running or not, as the engine describes them."""
    found = client.containers(all=True, filters={"label": ["director.box=test"]})
    return [client.inspect_container(str(each["Id"])) for each in found]


async def test_a_running_box_is_what_it_should_be(client: docker.APIClient, tmp_path: Path) -> None:
    (tmp_path / "film.py").write_text("film")
    limits = BoxLimits(seconds=20, memory_mb=256, processes=16, work_mb=16, cpus=1)
    mounts = [Mount(source=tmp_path, target="/project")]
    async with SANDBOXES["docker"]().open(python(ANSWER), mounts=mounts, limits=limits) as session:
        await session.ask(b"", seconds=10)
        (box,) = boxes(client)
    host, config = box["HostConfig"], box["Config"]
    uid = int(config["User"].partition(":")[0])
    filters = [each for each in host["SecurityOpt"] if each.startswith("seccomp=")]
    facts = {
        "no network": host["NetworkMode"] == "none" and set(box["NetworkSettings"]["Networks"]) <= {"none"},
        "read-only root": host["ReadonlyRootfs"],
        "not privileged": not host["Privileged"],
        "no capability": host["CapDrop"] == ["ALL"] and not host["CapAdd"],
        "no new privileges": "no-new-privileges:true" in host["SecurityOpt"],
        "our filter": "socket" in json.loads(filters[0].partition("=")[2])["syscalls"][0]["names"],
        "a user of its own": FIRST_UID <= uid < FIRST_UID + UIDS,
        "an init": host["Init"],
        "private memory segments": host["IpcMode"] == "private",
        "no log": host["LogConfig"]["Type"] == "none",
        "memory": limits.memory_mb * MIB < host["Memory"] < (limits.memory_mb + 128) * MIB,
        "no swap": host["MemorySwap"] == host["Memory"],
        "processes": limits.processes <= host["PidsLimit"] <= limits.processes + 16,
        "processors": host["NanoCpus"] == 10**9 and len(host["CpusetCpus"].split(",")) == 1,
        "descriptors and no core": {(each["Name"], each["Hard"]) for each in host["Ulimits"]}
        == {("nofile", 256), ("core", 0)},
        "a sized work folder": "size=16m" in host["Tmpfs"]["/box"]
        and set(host["Tmpfs"]) == {"/box", "/project"},
        "nothing of the host": not host["Binds"] and not host["Devices"] and not box["Mounts"],
        "own namespaces": host["PidMode"] == "" and host["UTSMode"] == "" and host["UsernsMode"] == "",
        "an image by its content": box["Image"] == client.inspect_image(IMAGE)["Id"] == config["Image"],
        "never restarted": host["RestartPolicy"]["Name"] == "no",
        "no kernel devices": "/sys" in host["MaskedPaths"] and "/proc/sys" in host["ReadonlyPaths"],
    }
    assert [name for name, holds in facts.items() if not holds] == []
    assert len(facts) >= 18


async def test_many_starts_leave_no_container(client: docker.APIClient) -> None:
    sandbox = SANDBOXES["docker"]()
    for number in range(10):
        await sandbox.run(["true"], limits=LIMITS, files={"a": b"x"} if number % 2 else {})
    for milliseconds in range(0, 600, 60):
        running = asyncio.create_task(sandbox.run(["sleep", "60"], limits=LIMITS))
        await asyncio.wait([running], timeout=milliseconds / 1000)
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert boxes(client) == []


async def test_what_a_crash_has_left_is_removed_at_the_next_start(client: docker.APIClient) -> None:
    config = {"Image": IMAGE, "Cmd": ["true"], "Labels": {"director.box": "test"}}
    other = {**config, "Labels": {"director.box": "somebody else's"}}
    names = ["crashed", "foreign"]
    for name, each in zip(names, (config, other), strict=True):
        client.create_container_from_config({**each, "HostConfig": {"NetworkMode": "none"}}, name)
        client.start(name)
        client.wait(name)
    await SANDBOXES["docker"]().run(["true"], limits=LIMITS)
    left = [each["Names"] for each in client.containers(all=True)]
    client.remove_container("foreign")
    assert left == [["/foreign"]]


async def test_the_image_has_nothing_to_build_install_or_rise_with(client: docker.APIClient) -> None:
    code = """
import os, shutil
tools = "gcc cc ld make pip pip3 apt apt-get dpkg curl wget perl git su sudo mount docker bwrap".split()
print([name for name in tools if shutil.which(name)])
found = []
for folder, _, names in os.walk("/usr"):
    for name in names:
        status = os.lstat(os.path.join(folder, name))
        if status.st_mode & 0o6000 and not os.path.islink(os.path.join(folder, name)):
            found.append(name)
print(found)
"""
    ended = await SANDBOXES["docker"]().run(python(code), limits=LIMITS)
    assert (ended.stdout, ended.stderr) == (b"[]\n[]\n", b"")
    assert client.inspect_image(IMAGE)["Config"]["User"] == "65532:65532"


async def test_a_guest_cannot_look_into_its_keeper(client: docker.APIClient) -> None:
    code = """
import os
through = []
for pid in ("1", str(os.getppid())):
    for name in ("mem", "environ", "fd/0", "fd/1", "fd/2", "maps", "cwd"):
        path = f"/proc/{pid}/{name}"
        try:
            os.close(os.open(path, os.O_RDONLY | os.O_NONBLOCK))
        except OSError:
            continue
        through.append((path, pid != "1"))
print([path for path, of_keeper in through if of_keeper])
"""
    ended = await SANDBOXES["docker"]().run(python(code), limits=LIMITS)
    assert (ended.stdout, ended.stderr) == (b"[]\n", b"")


@pytest.mark.parametrize("blow", ["os.kill(-1, 9)", "os.kill(os.getppid(), 9)"])
async def test_a_guest_that_kills_its_keeper_ends_with_it(tmp_path: Path, blow: str) -> None:
    code = f"import os, time; open('out/a', 'w').write('x'); {blow}; time.sleep(60)"
    ended = await SANDBOXES["docker"]().run(python(code), limits=LIMITS, collect=tmp_path)
    assert ended.exit_code == 137
    assert ended.seconds < 5
    assert list(tmp_path.iterdir()) == []


async def test_traps_in_the_work_folder_are_left_there(tmp_path: Path) -> None:
    code = """
import os, socket
open("out/good", "w").write("good")
os.symlink("/etc/passwd", "out/link")
os.symlink("/", "out/root")
os.link("out/good", "out/twin") or os.remove("out/twin")
os.mkfifo("out/fifo")
open("out/b\\nad", "w").write("x")
open("out/hidden", "w").write("x"); os.chmod("out/hidden", 0)
os.makedirs("out/" + "/".join("d" * 40))
open("out/" + "/".join("d" * 40) + "/deep", "w").write("x")
open(b"out/\\xff", "w").write("x")
open("out/GOOD", "w").write("x")
"""
    ended = await SANDBOXES["docker"]().run(python(code), limits=LIMITS, collect=tmp_path)
    assert (ended.exit_code, ended.stderr, ended.ended_by) == (0, b"", "exit")
    assert [path.name for path in tmp_path.rglob("*")] in (["GOOD"], ["good"])
