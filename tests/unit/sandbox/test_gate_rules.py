"""Only what our own order writes passes the gate: every other wish, one by one, is refused."""

import copy
from typing import Any

import pytest

from domain.sandbox import BoxLimits
from sandbox.container import FIRST_UID, MAPPED_UID, UNPACK
from sandbox.engine import Facts
from sandbox.gate import rules
from sandbox.gate.rules import Most, Refused
from sandbox.order import LABEL, MIB, container, options

FACTS = Facts(image="sha256:ours", processors=4, runtime="", is_mapped=False)
MOST = Most()


def asked(facts: Facts = FACTS, **limits: float) -> dict[str, Any]:
    """What a worker of ours asks for."""
    first = rules.first_uid(facts)
    host = options(
        BoxLimits.model_validate({"memory_mb": 512, "work_mb": 64, "cpus": 1.5, **limits}),
        uid=first + 7,
        stager=first - 1,
        stages={"/project": 270_336, "/in": 4096},
        processors=[0, 3],
    )
    if facts.runtime:
        host["Runtime"] = facts.runtime
    return container(facts.image, host, first + 7, {LABEL: "a worker's"})


def passed(body: object, facts: Facts = FACTS) -> dict[str, Any]:
    return rules.box(body, facts, MOST, "the gate's")


@pytest.mark.parametrize(
    "facts",
    [
        FACTS,
        Facts(image="sha256:ours", processors=4, runtime="runsc", is_mapped=False),
        Facts(image="sha256:ours", processors=4, runtime="", is_mapped=True),
    ],
    ids=["plain", "runsc", "mapped"],
)
def test_our_own_boxes_pass_with_the_label_of_the_gate(facts: Facts) -> None:
    body = asked(facts)
    assert passed(copy.deepcopy(body), facts) == {**body, "Labels": {LABEL: "the gate's"}}


@pytest.mark.parametrize("work_mb", [1, 16, 256, 4000])
@pytest.mark.parametrize("cpus", [0.5, 1, 64])
def test_any_size_of_ours_passes(work_mb: int, cpus: float) -> None:
    assert passed(asked(work_mb=work_mb, cpus=cpus, processes=100))


HOST: dict[str, Any] = {
    "Binds": ["/:/host"],
    "Mounts": [{"Type": "bind", "Source": "/", "Target": "/host"}],
    "Volumes": {"/host": {}},
    "VolumesFrom": ["postgres"],
    "Devices": [{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda", "CgroupPermissions": "rwm"}],
    "DeviceRequests": [{"Count": -1}],
    "DeviceCgroupRules": ["a *:* rwm"],
    "Privileged": True,
    "CapAdd": ["SYS_ADMIN"],
    "CapDrop": [],
    "SecurityOpt": ["seccomp=unconfined"],
    "NetworkMode": "host",
    "PidMode": "host",
    "IpcMode": "host",
    "UTSMode": "host",
    "UsernsMode": "host",
    "CgroupnsMode": "host",
    "CgroupParent": "/",
    "ReadonlyRootfs": False,
    "Runtime": "mine",
    "Memory": 0,
    "MemorySwap": -1,
    "NanoCpus": 0,
    "PidsLimit": -1,
    "OomKillDisable": True,
    "OomScoreAdj": -1000,
    "Init": False,
    "LogConfig": {"Type": "syslog", "Config": {"syslog-address": "tcp://1.2.3.4"}},
    "RestartPolicy": {"Name": "always"},
    "Sysctls": {"kernel.shm_rmid_forced": "0"},
    "MaskedPaths": [],
    "ReadonlyPaths": [],
    "Ulimits": [],
    "ShmSize": 1 << 40,
    "GroupAdd": ["docker"],
    "ExtraHosts": ["a:1.2.3.4"],
    "Dns": ["1.2.3.4"],
    "Links": ["postgres:postgres"],
    "PortBindings": {"80/tcp": [{"HostPort": "80"}]},
    "PublishAllPorts": True,
    "AutoRemove": True,
    "StorageOpt": {"size": "100G"},
    "CpusetCpus": "0-9",
}
BOX: dict[str, Any] = {
    "Image": "debian",
    "Entrypoint": ["/bin/sh"],
    "Cmd": ["-c", "id"],
    "User": "0:0",
    "Env": ["LD_PRELOAD=/x"],
    "WorkingDir": "/",
    "Hostname": "postgres",
    "Volumes": {"/host": {}},
    "NetworkDisabled": False,
    "NetworkingConfig": {"EndpointsConfig": {"bridge": {}}},
    "Healthcheck": {"Test": ["CMD", "id"]},
    "StopSignal": "SIGSTOP",
    "ExposedPorts": {"80/tcp": {}},
    "OpenStdin": False,
    "StdinOnce": False,
    "Tty": True,
}


@pytest.mark.parametrize("name", HOST)
def test_a_box_that_wants_more_of_the_host_is_refused(name: str) -> None:
    body = asked()
    assert body["HostConfig"].get(name, ...) != HOST[name]
    body["HostConfig"][name] = HOST[name]
    with pytest.raises(Refused):
        passed(body)


@pytest.mark.parametrize("name", BOX)
def test_a_box_of_another_kind_is_refused(name: str) -> None:
    body = asked()
    assert body.get(name, ...) != BOX[name]
    body[name] = BOX[name]
    with pytest.raises(Refused):
        passed(body)


@pytest.mark.parametrize("name", list(asked()["HostConfig"]))
def test_a_box_that_leaves_a_wall_out_is_refused(name: str) -> None:
    body = asked()
    del body["HostConfig"][name]
    with pytest.raises(Refused):
        passed(body)


TMPFS: dict[str, dict[str, str]] = {
    "a system's folder": {"/usr": "rw,nosuid,nodev,noexec,size=4096,uid=1,gid=1,mode=0755"},
    "a path that climbs": {"/in/../usr": "rw,nosuid,nodev,noexec,size=4096,uid=1,gid=1,mode=0755"},
    "programs": {"/in": f"rw,nosuid,nodev,exec,size=4096,uid={FIRST_UID - 1},gid={FIRST_UID - 1},mode=0755"},
    "another user's": {"/in": "rw,nosuid,nodev,noexec,size=4096,uid=0,gid=0,mode=0755"},
    "more than a line": {"/in": "rw,nosuid,nodev,noexec,size=4096,uid=1,gid=1,mode=0755\n"},
}


@pytest.mark.parametrize("name", TMPFS)
def test_a_folder_of_inputs_that_is_none_is_refused(name: str) -> None:
    body = asked()
    body["HostConfig"]["Tmpfs"] |= TMPFS[name]
    with pytest.raises(Refused):
        passed(body)


@pytest.mark.parametrize("uid", [0, 1000, 65_534, FIRST_UID - 1, MAPPED_UID])
def test_a_user_who_is_not_for_boxes_is_refused(uid: int) -> None:
    body = asked()
    host = options(BoxLimits(), uid=uid, stager=FIRST_UID - 1, stages={}, processors=[0])
    with pytest.raises(Refused):
        passed({**body, "User": f"{uid}:{uid}", "HostConfig": host})


@pytest.mark.parametrize("body", [None, [], "x", 7, {}, {"HostConfig": None}, {"HostConfig": {"Tmpfs": 1}}])
def test_nonsense_is_refused_in_words(body: object) -> None:
    with pytest.raises(Refused, match="this is no box"):
        passed(body)


def test_a_box_that_is_too_large_says_which_option_allows_it() -> None:
    with pytest.raises(Refused, match="--memory-mb"):
        passed(asked(memory_mb=9000))
    with pytest.raises(Refused, match="--processes"):
        passed(asked(processes=600))
    assert passed(asked(memory_mb=7000))["HostConfig"]["Memory"] < 8192 * MIB


def test_only_unpacking_is_started_in_a_box() -> None:
    user = f"{FIRST_UID - 1}:{FIRST_UID - 1}"
    fair = {"Cmd": UNPACK, "User": user, "Privileged": False, "Tty": False, "AttachStdin": True}
    assert rules.stager(fair, FACTS) == FIRST_UID - 1
    for change in (
        {"Cmd": ["/bin/sh"]},
        {"Cmd": [*UNPACK, "--to-command=sh"]},
        {"User": "0:0"},
        {"User": ""},
        {"Privileged": True},
        {"Env": ["LD_PRELOAD=/x"]},
    ):
        with pytest.raises(Refused):
            rules.stager({**fair, **change}, FACTS)
    with pytest.raises(Refused):
        rules.stager(None, FACTS)
