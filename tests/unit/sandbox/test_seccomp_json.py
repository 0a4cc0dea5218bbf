"""The profile for engines refuses what the filter refuses."""

import errno
import json
from typing import Any

import pytest

from domain.errors import Unavailable
from sandbox import seccomp, seccomp_json
from sandbox.syscalls import AARCH64, X86_64

MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}


def rules(machine: str) -> list[dict[str, Any]]:
    return json.loads(seccomp_json.profile(machine))["syscalls"]


@pytest.mark.parametrize("machine", MACHINES)
def test_every_call_that_the_filter_knows_is_named_as_the_filter_answers_it(machine: str) -> None:
    plain = {name: rule["errnoRet"] for rule in rules(machine) if not rule["args"] for name in rule["names"]}
    refused = {name for group in seccomp.REFUSED for name in group.split()} & set(MACHINES[machine])
    assert {name for name, code in plain.items() if code == errno.EPERM} == refused
    assert {name for name, code in plain.items() if code == errno.ENOSYS} == set(seccomp.ABSENT)
    examined = {name for rule in rules(machine) if rule["args"] for name in rule["names"]}
    assert examined | set(plain) == set(MACHINES[machine])


@pytest.mark.parametrize("machine", MACHINES)
def test_every_forbidden_bit_has_a_rule_that_other_bits_cannot_hide(machine: str) -> None:
    masks: dict[str, int] = {}
    for rule in rules(machine):
        for test in rule["args"]:
            if test["op"] == "SCMP_CMP_MASKED_EQ" and test["value"] == test["valueTwo"]:
                (name,) = rule["names"]
                assert test["value"].bit_count() == 1
                masks[name] = masks.get(name, 0) | test["value"]
    assert masks["clone"] == seccomp.NAMESPACES
    assert masks["fchmod"] == masks["fchmodat"] == seccomp.SET_IDS
    assert masks["mknodat"] == seccomp.DEVICE_NODE


def test_a_processor_whose_calls_are_unknown_is_refused() -> None:
    with pytest.raises(Unavailable, match="s390x"):
        seccomp_json.profile("s390x")
