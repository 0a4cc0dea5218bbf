"""Twelve attacks on how words travel."""

from __future__ import annotations

import asyncio

import httpx

from tests.mcp.attacks.ground import Ground, calling, case
from tests.mcp.test_bad_input import ENVELOPE, HELLO, LIST, MODERN

FUTURE = "2031-01-01"


@case
async def a_page_of_another_site_gets_nothing(on: Ground) -> None:
    assert (await on.post(key=on.key, Origin="https://evil.example")).status_code == 403


@case
async def a_page_without_a_site_gets_nothing(on: Ground) -> None:
    assert (await on.post(key=on.key, Origin="null")).status_code == 403


@case
async def a_browser_that_does_not_say_where_it_is_gets_nothing(on: Ground) -> None:
    signed = await on.http.post("/api/session", json={"key": on.key})
    cookie = signed.headers.get("set-cookie", "").partition(";")[0]
    on.http.cookies.clear()
    assert (await on.post(Cookie=cookie)).status_code in (401, 403)


@case
async def another_name_for_this_machine_is_refused(on: Ground) -> None:
    assert (await on.post(key=on.key, Host="evil.example")).status_code == 421


@case
async def a_server_without_keys_does_not_open_itself_to_the_world(on: Ground) -> None:
    assert not on.open_to_all


@case
async def a_header_that_says_another_thing_than_the_body_is_refused(on: Ground) -> None:
    answer = await on.post(calling("delete_file", {}), key=on.key, Mcp_Name="list_templates")
    assert answer.status_code == 400
    assert (await on.post(key=on.key, Mcp_Method="tools/call")).status_code == 400


@case
async def a_revision_that_nobody_speaks_is_answered_with_those_that_are_spoken(on: Ground) -> None:
    told = {**ENVELOPE, "io.modelcontextprotocol/protocolVersion": FUTURE}
    answer = await on.post({**LIST, "params": {"_meta": told}}, key=on.key, MCP_Protocol_Version=FUTURE)
    assert answer.status_code == 400
    assert answer.json()["error"]["data"]["supported"] == ["2026-07-28"]


@case
async def an_unknown_method_is_not_found(on: Ground) -> None:
    answer = await on.post({**LIST, "method": "tools/lost"}, key=on.key)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, -32601)


@case
async def a_body_beyond_the_cap_is_not_read(on: Ground) -> None:
    answer = await on.post(calling("remember", {"text": "x" * 2_000_000}), key=on.key)
    assert answer.status_code == 413


@case
async def closing_the_connection_ends_the_call_within_two_seconds(on: Ground) -> None:
    waits = calling("wait_for_job", {"project_id": on.project_id, "job_id": on.job_id, "timeout_s": 45})
    before = on.at_work()
    asked = asyncio.create_task(on.post(waits, key=on.key))
    async with asyncio.timeout(5):
        while on.at_work() <= before:
            assert not asked.done(), "the call did not wait"
            await asyncio.sleep(0.02)
    asked.cancel()
    async with asyncio.timeout(2):
        while on.at_work() > before:  # noqa: ASYNC110 - what ends is seen from outside only
            await asyncio.sleep(0.02)


@case
async def answers_of_parallel_calls_do_not_mix(on: Ground) -> None:
    async def ask(number: int) -> bool:
        args = {"project_id": on.project_id, "file_path": f"no-file-{number}.py"}
        told = (await on.post({**calling("read_file", args), "id": number}, key=on.key)).json()
        return told["id"] == number and f"no-file-{number}.py" in str(told["result"]["content"])

    assert all(await asyncio.gather(*(ask(number) for number in range(100, 120))))


@case
async def a_stream_tells_proxies_not_to_hold_it_back(on: Ground) -> None:
    headers = {"Accept": MODERN["Accept"], "Authorization": f"Bearer {on.key}"}
    answer: httpx.Response = await on.http.post("/mcp", json=HELLO, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.headers["x-accel-buffering"] == "no"
    assert "no-transform" in answer.headers["cache-control"]
