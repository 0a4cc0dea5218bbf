"""Who comes in, and what they may do: keys, scopes, strangers' things, cookies, origins, hosts."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.doors import HERE, Open, opened, served

PROMPT = {"prompt": "A film"}


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


async def code_of(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["code"]


async def test_while_no_keys_exist_whoever_is_at_this_machine_is_its_owner(doors: Open) -> None:
    who = (await doors.client().get("/api/session")).json()
    assert who == {
        "user_id": "local",
        "scopes": ["read", "write", "render", "spend", "admin"],
        "keyless": True,
    }


async def test_as_soon_as_a_key_exists_everybody_needs_one(doors: Open) -> None:
    key = await doors.key()
    answer = await doors.client().get("/api/projects")
    assert await code_of(answer) == (401, "key_needed")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "director keys create" in answer.json()["detail"]
    assert (await doors.client(key=key).get("/api/projects")).status_code == 200
    assert (await doors.client(x_api_key=key).get("/api/projects")).status_code == 200


async def test_health_page_and_docs_need_no_key(doors: Open) -> None:
    await doors.key()
    for path in ("/health", "/", "/docs"):
        assert (await doors.client().get(path)).status_code == 200, path


@pytest.mark.parametrize("given", ["dk_wrong", "qwertz", "dk_" + "a" * 5_000, "dk_é"])
async def test_a_key_that_is_none_is_refused_even_where_none_is_needed(doors: Open, given: str) -> None:
    client = doors.client()
    answer = await client.get("/api/projects", headers={b"Authorization": f"Bearer {given}".encode()})
    assert await code_of(answer) == (401, "key_unknown")
    assert given not in answer.text


async def test_a_key_in_the_address_is_no_key(doors: Open) -> None:
    key = await doors.key()
    for name in ("key", "token", "access_token", "api_key"):
        answer = await doors.client().get("/api/projects", params={name: key})
        assert await code_of(answer) == (401, "key_needed")


async def test_a_revoked_and_an_expired_key_are_refused_at_once(doors: Open) -> None:
    kept, gone = await doors.key("eve"), await doors.key("ada")
    old = await doors.key("ada", expires_at=datetime.now(UTC) - timedelta(seconds=1))
    client = doors.client(key=gone)
    assert (await client.get("/api/projects")).status_code == 200
    async with doors.stand.database.transaction(None) as tx:
        for key in await tx.keys.list():
            if key.prefix == gone[:11]:
                await tx.keys.revoke(key.key_id)
    assert await code_of(await client.get("/api/projects")) == (401, "key_unknown")
    assert await code_of(await doors.client(key=old).get("/api/projects")) == (401, "key_unknown")
    assert (await doors.client(key=kept).get("/api/projects")).status_code == 200


@pytest.mark.parametrize(
    ("scopes", "method", "path", "body", "allowed"),
    [
        (("read",), "GET", "/api/projects", None, True),
        (("write",), "GET", "/api/projects", None, False),
        (("read",), "POST", "/api/projects", {"name": "x"}, False),
        (("write",), "POST", "/api/projects", {"name": "x"}, True),
        (("read",), "POST", "/api/generate/start", PROMPT, False),
        (("read",), "POST", "/api/generate/cancel", {"run_id": "x"}, False),
        (("read", "write"), "POST", "/api/render/start", {"project_id": "x"}, False),
        (("read",), "POST", "/api/assets/upload", None, False),
        (("read",), "DELETE", "/api/assets/x", None, False),
        (("read",), "POST", "/api/tools/scaffold_project", {}, False),
        (("read",), "POST", "/api/tools/list_templates", {}, True),
        (("read", "write"), "POST", "/api/tools/render_video", {}, False),
    ],
)
async def test_a_key_does_what_its_scopes_allow(
    doors: Open, scopes: Any, method: str, path: str, body: Any, allowed: bool
) -> None:
    answer = await doors.client(key=await doors.key(scopes=scopes)).request(method, path, json=body)
    if allowed:
        assert answer.status_code < 300
    else:
        assert await code_of(answer) == (403, "scope_missing")


async def test_what_is_somebody_elses_looks_like_what_does_not_exist(doors: Open) -> None:
    ada, eve = doors.client(key=await doors.key("ada")), doors.client(key=await doors.key("eve"))
    told = (await ada.post("/api/generate/start", json=PROMPT)).json()
    project, run = told["project_id"], told["run_id"]
    calls: list[tuple[str, str, Any]] = [
        ("GET", "/api/projects/{p}", None),
        ("PATCH", "/api/projects/{p}", {"name": "mine"}),
        ("DELETE", "/api/projects/{p}", None),
        ("GET", "/api/projects/{p}/runs", None),
        ("GET", "/api/projects/{p}/renders", None),
        ("GET", "/api/projects/{p}/versions", None),
        ("GET", "/api/projects/{p}/versions/diff", None),
        ("GET", "/api/projects/{p}/export", None),
        ("GET", "/api/projects/{p}/files", None),
        ("GET", "/api/projects/{p}/files/film.py", None),
        ("GET", "/api/projects/{p}/preview", None),
        ("GET", "/api/projects/{p}/stream", None),
        ("GET", "/api/projects/{p}/pictures/" + "0" * 64 + ".jpg", None),
        ("GET", "/api/assets?project_id={p}", None),
        ("GET", "/api/generate/{r}/status", None),
        ("GET", "/api/generate/{r}/stream", None),
        ("POST", "/api/generate/cancel", {"run_id": "{r}"}),
        ("POST", "/api/generate/refine", {"prompt": "x", "project_id": "{p}"}),
        ("POST", "/api/generate/start", {"prompt": "x", "project_id": "{p}"}),
        ("POST", "/api/render/start", {"project_id": "{p}"}),
    ]
    for method, path, body in calls:
        theirs = await send(eve, method, path, body, project, run)
        nobodys = await send(eve, method, path, body, "01a1f864-0000-7000-8000-000000000000", "01a1f864-0")
        assert theirs.status_code == nobodys.status_code == 404, path
        blank = {project: "?", run: "?", "01a1f864-0000-7000-8000-000000000000": "?", "01a1f864-0": "?"}
        assert without(theirs, blank) == without(nobodys, blank), path
    assert (await eve.get("/api/projects")).json()["items"] == []
    assert (await ada.get(f"/api/projects/{project}")).json()["name"] == "A film"


async def send(
    client: httpx.AsyncClient, method: str, path: str, body: Any, project: str, run: str
) -> httpx.Response:
    def filled(text: str) -> str:
        return text.replace("{p}", project).replace("{r}", run)

    sent = {name: filled(value) for name, value in body.items()} if body else None
    return await client.request(method, filled(path), json=sent)


def without(answer: httpx.Response, words: dict[str, str]) -> str:
    told = {name: value for name, value in answer.json().items() if name != "request_id"}
    text = str(sorted(told.items()))
    for word, blank in words.items():
        text = text.replace(word, blank)
    return text


async def test_a_key_is_traded_for_a_cookie_that_scripts_and_other_sites_never_see(doors: Open) -> None:
    key = await doors.key("ada")
    client = doors.client(origin=HERE)
    answer = await client.post("/api/session", json={"key": key})
    cookie = answer.headers["set-cookie"]
    assert answer.json()["user_id"] == "ada"
    assert all(word in cookie for word in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=604800"))
    assert key not in cookie
    assert (await client.get("/api/projects")).status_code == 200
    assert (await client.post("/api/projects", json={"name": "By cookie"})).status_code == 201
    await client.delete("/api/session")
    assert await code_of(await client.get("/api/projects")) == (401, "key_needed")


async def test_a_cookie_without_an_origin_writes_nothing(doors: Open) -> None:
    client = doors.client()
    await client.post("/api/session", json={"key": await doors.key()})
    assert await code_of(await client.post("/api/projects", json={"name": "x"})) == (403, "origin_missing")
    same = {"Sec-Fetch-Site": "same-origin"}
    assert (await client.post("/api/projects", json={"name": "x"}, headers=same)).status_code == 201


async def test_a_cookie_ends_with_its_key_and_cannot_be_forged(doors: Open) -> None:
    client = doors.client(origin=HERE)
    await doors.key("eve")
    await client.post("/api/session", json={"key": await doors.key("ada")})
    value = client.cookies["director_session"]
    for forged in (
        value[:-1] + ("0" if value[-1] != "0" else "1"),
        "a.b.c",
        "",
        "…",
        value.replace(".1", ".9", 1),
    ):
        sent = {b"Cookie": f"director_session={forged}".encode()}
        assert (await doors.client().get("/api/projects", headers=sent)).status_code == 401
    async with doors.stand.database.transaction(None) as tx:
        for key in await tx.keys.list():
            if key.user_id == "ada":
                await tx.keys.revoke(key.key_id)
    assert await code_of(await client.get("/api/projects")) == (401, "key_needed")


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://127.0.0.1:8470"]
)
@pytest.mark.parametrize("keyed", [False, True])
async def test_pages_of_other_sites_write_nothing(doors: Open, origin: str, keyed: bool) -> None:
    client = doors.client(key=await doors.key() if keyed else "", origin=origin)
    assert await code_of(await client.post("/api/projects", json={"name": "x"})) == (403, "foreign_origin")
    upload = await client.post("/api/assets/upload", files={"file": ("a.png", b"x")})
    assert await code_of(upload) == (403, "foreign_origin")


async def test_a_form_of_another_site_cannot_pass_as_json(doors: Open) -> None:
    answer = await doors.client().post(
        "/api/projects", content='{"name": "x"}', headers={"content-type": "text/plain"}
    )
    assert answer.status_code == 422


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8470", "127.0.0.1.evil.example", "10.0.0.1", ""]
)
async def test_a_name_that_is_not_the_servers_is_misdirected(doors: Open, host: str) -> None:
    answer = await doors.client().get("/api/projects", headers={"Host": host})
    assert await code_of(answer) == (421, "unknown_host")


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:8470", "[::1]:8470"])
async def test_the_names_of_this_machine_are_the_servers(doors: Open, host: str) -> None:
    assert (await doors.client().get("/api/projects", headers={"Host": host})).status_code == 200


async def test_a_public_name_is_the_servers_but_nobody_comes_in_by_it_without_a_key(tmp_path: Path) -> None:
    async with opened(tmp_path, public_url="https://films.example/") as doors:
        public = doors.client(base="http://films.example")
        assert (await public.get("/health")).status_code == 200
        assert await code_of(await public.get("/api/projects")) == (401, "key_needed")


async def test_somebody_who_is_not_on_this_machine_needs_a_key(doors: Open) -> None:
    assert await code_of(await doors.client(peer="192.168.0.9").get("/api/projects")) == (401, "key_needed")


async def test_an_exposed_server_wants_a_key_even_when_the_last_one_is_gone(tmp_path: Path) -> None:
    async with opened(tmp_path, host="0.0.0.0") as doors:
        assert await code_of(await doors.client().get("/api/projects")) == (401, "key_needed")
        told = (await doors.client().get("/health")).json()
        assert (told["fingerprint"], told["pid"]) == ("", 0)


async def test_the_socket_is_the_local_owner_whatever_keys_there_are(tmp_path: Path) -> None:
    async with opened(tmp_path) as doors:
        await doors.key()
        async with served(doors) as server, server.client(socket=True) as owner, server.client() as other:
            assert (await owner.get("/api/session")).json()["user_id"] == "local"
            assert (await owner.post("/api/projects", json={"name": "x"})).status_code == 201
            assert (await other.get("/api/projects")).status_code == 401
            assert server.socket.stat().st_mode & 0o777 == 0o600


async def test_every_answer_carries_the_headers_that_keep_browsers_safe(doors: Open) -> None:
    for path in ("/", "/docs", "/api/projects", "/nope", "/health"):
        headers = (await doors.client().get(path)).headers
        assert headers["x-content-type-options"] == "nosniff", path
        assert headers["x-frame-options"] == "DENY", path
        assert "default-src 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
