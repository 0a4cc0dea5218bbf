"""Projects and what belongs to them: lists, changes, source, versions, pictures, films."""

import io
import zipfile
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.account import LOCAL_USER, Principal
from domain.event import FrameCaptured
from domain.links import picture
from domain.nouns import ProjectId, RenderId
from tests.doors import Open, opened

OWNER = Principal(user_id=LOCAL_USER)


@pytest.fixture
async def doors(tmp_path: Path) -> AsyncGenerator[Open]:
    async with opened(tmp_path) as made:
        yield made


@pytest.fixture
def client(doors: Open) -> httpx.AsyncClient:
    return doors.client()


async def scaffolded(doors: Open, client: httpx.AsyncClient, name: str = "Noor Tea") -> str:
    answer = await client.post(
        "/api/tools/scaffold_project", json={"template_name": "plain", "project_name": name}
    )
    assert answer.status_code == 200
    assert not answer.json()["failed"], answer.json()
    return answer.json()["project_id"]


async def edit(client: httpx.AsyncClient, project_id: str, path: str, text: str, sha256: str = "new") -> Any:
    args = {
        "project_id": project_id, "file_path": path, "expected_sha256": sha256,
        "edits": [{"start_line": 1, "end_line": 0, "new_content": text}],
    }  # fmt: skip
    answer = (await client.post("/api/tools/atomic_edit", json=args)).json()
    assert not answer["failed"], answer
    return answer


async def rendered(doors: Open, project_id: str, content: bytes, purpose: str = "film") -> str:
    """Order a render over the door and end it as its worker does."""
    async with doors.stand.database.transaction(None) as tx:
        job = await tx.jobs.lease(("render",), "w", 60)
        assert job is not None
        assert job.render_id is not None
        render = await tx.renders.get(job.render_id)
    assert render.purpose == purpose
    film = await doors.stand.blobs.put(content)
    sheet = await doors.stand.blobs.put(b"\xff\xd8sheet of " + project_id.encode())
    small = await doors.stand.blobs.put(b"\xff\xd8small")
    async with doors.stand.database.transaction(None) as tx:
        done = {"status": "COMPLETED", "film": film, "sheet": sheet, "thumbnail": small}
        done |= {"finished_at": datetime.now(UTC)}
        await tx.renders.save(render.model_copy(update=done))
        await tx.jobs.finish(job.job_id, job.attempt, "done")
    return render.render_id


async def test_a_project_is_made_renamed_and_deleted(client: httpx.AsyncClient) -> None:
    made = await client.post(
        "/api/projects", json={"name": "  Noor   Tea ", "format": "1:1", "metadata": {"a": 1}}
    )
    project = made.json()
    assert made.status_code == 201
    assert (project["name"], project["status"], project["width"], project["height"]) == (
        "Noor Tea", "DRAFT", 1080, 1080,
    )  # fmt: skip
    path = project["links"]["project"]
    changed = (await client.patch(path, json={"name": "شاي نور", "metadata": {"b": [2]}})).json()
    assert (changed["name"], changed["metadata"]) == ("شاي نور", {"a": 1, "b": [2]})
    assert (await client.delete(path)).status_code == 204
    for method in ("GET", "DELETE"):
        assert (await client.request(method, path)).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""}, {"name": "x" * 121}, {"name": "a\0b"}, {"name": "n", "format": "4:3"},
        {"name": "n", "fps": 0}, {"name": "n", "fps": 1_000}, {"name": "n", "owner": "eve"},
        {"name": "n", "metadata": {"a": "b\0"}}, {"name": "n", "metadata": {"a": "x" * 70_000}},
    ],
)  # fmt: skip
async def test_a_project_with_bad_fields_is_refused(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await client.post("/api/projects", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_numbers_that_json_does_not_have_are_refused(client: httpx.AsyncClient) -> None:
    answer = await client.post(
        "/api/projects",
        content='{"name": "n", "metadata": {"a": NaN}}',
        headers={"content-type": "application/json"},
    )
    assert answer.status_code == 422


async def test_deleting_a_project_calls_off_what_is_under_way(doors: Open, client: httpx.AsyncClient) -> None:
    told = (await client.post("/api/generate/start", json={"prompt": "A film"})).json()
    assert (await client.delete(told["links"]["project"])).status_code == 204
    async with doors.stand.database.transaction(None) as tx:
        jobs = await tx.jobs.list(kind="agent")
    assert [job.state for job in jobs] == ["cancelling"]


async def test_lists_are_read_page_by_page_without_gaps(client: httpx.AsyncClient) -> None:
    names = [f"Film {number}" for number in range(7)]
    for name in names:
        await client.post("/api/projects", json={"name": name})
    found: list[str] = []
    after = ""
    while True:
        page = (
            await client.get("/api/projects", params={"limit": 3, **({"after": after} if after else {})})
        ).json()
        found += [each["name"] for each in page["items"]]
        after = page["next"]
        if not after:
            break
    assert found == names[::-1]


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"after": "gar bage"}])
async def test_a_page_that_cannot_be_is_refused(client: httpx.AsyncClient, query: dict[str, str]) -> None:
    answer = await client.get("/api/projects", params=query)
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_versions_are_listed_and_compared(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client)
    await edit(client, project_id, "NOTES.md", "calm\ngreen")
    page = (await client.get(f"/api/projects/{project_id}/versions")).json()
    assert [each["number"] for each in page["items"]] == [2, 1]
    assert set(page["items"][0]["files"]) == {"film.py", "scenes/opening.py", "NOTES.md"}
    told = (await client.get(f"/api/projects/{project_id}/versions/diff")).json()
    assert (told["before"], told["after"]) == (1, 2)
    assert [(each["path"], each["what"]) for each in told["files"]] == [("NOTES.md", "added")]
    assert "--- /dev/null\n+++ b/NOTES.md" in told["files"][0]["diff"]
    assert "+calm\n+green" in told["files"][0]["diff"]
    back = (await client.get(f"/api/projects/{project_id}/versions/diff?before=2&after=1")).json()
    assert [(each["path"], each["what"]) for each in back["files"]] == [("NOTES.md", "removed")]
    first = (await client.get(f"/api/projects/{project_id}/versions/diff?after=1")).json()
    assert {each["what"] for each in first["files"]} == {"added"}
    missing = await client.get(f"/api/projects/{project_id}/versions/diff?after=99")
    assert (missing.status_code, missing.json()["code"]) == (404, "revision_not_found")


async def test_a_zip_holds_the_source_of_a_revision(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client, "Noor/Tea: «شاي»")
    await edit(client, project_id, "NOTES.md", "calm")
    answer = await client.get(f"/api/projects/{project_id}/export")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith("attachment; filename=")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = {name.partition("/")[2] for name in archive.namelist()}
        assert names == {"film.py", "scenes/opening.py", "NOTES.md", "DIRECTION.md"}
        folder = archive.namelist()[0].partition("/")[0]
        assert archive.read(f"{folder}/NOTES.md").strip() == b"calm"
    older = await client.get(f"/api/projects/{project_id}/export?revision=1")
    with zipfile.ZipFile(io.BytesIO(older.content)) as archive:
        assert len(archive.namelist()) == 3
    assert (await client.get(f"/api/projects/{project_id}/export")).content == answer.content


async def test_an_export_of_nothing_is_not_found(client: httpx.AsyncClient) -> None:
    project = (await client.post("/api/projects", json={"name": "Empty"})).json()
    answer = await client.get(f"{project['links']['project']}/export")
    assert (answer.status_code, answer.json()["code"]) == (404, "revision_not_found")
    assert "export" not in project["links"]


async def test_a_file_of_the_source_is_text_that_no_browser_runs(
    doors: Open, client: httpx.AsyncClient
) -> None:
    project_id = await scaffolded(doors, client)
    await edit(client, project_id, "assets/a.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>")
    tree = (await client.get(f"/api/projects/{project_id}/files")).json()
    assert tree["revision"] == 2
    film = await client.get(f"/api/projects/{project_id}/files/film.py")
    assert film.headers["content-type"] == "text/plain; charset=utf-8"
    assert "Noor Tea" in film.text
    drawn = await client.get(f"/api/projects/{project_id}/files/assets/a.svg")
    assert "sandbox" in drawn.headers["content-security-policy"]
    assert "script-src" not in drawn.headers["content-security-policy"]
    fresh = await client.get(
        f"/api/projects/{project_id}/files/film.py", headers={"If-None-Match": film.headers["etag"]}
    )
    assert (fresh.status_code, fresh.content) == (304, b"")


@pytest.mark.parametrize(
    "path", ["nope.py", "../../../etc/passwd", "..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "film.py%00"]
)
async def test_a_path_that_is_not_in_the_source_is_not_served(
    doors: Open, client: httpx.AsyncClient, path: str
) -> None:
    project_id = await scaffolded(doors, client)
    answer = await client.get(f"/api/projects/{project_id}/files/{path}")
    assert answer.status_code in (400, 404)
    assert answer.headers["content-type"] == "application/problem+json"


async def test_a_picture_is_served_by_the_project_that_showed_it_and_by_no_other(
    doors: Open, client: httpx.AsyncClient
) -> None:
    mine, other = await scaffolded(doors, client), await scaffolded(doors, client)
    sha256 = await doors.stand.blobs.put(b"\xff\xd8a frame")
    address = picture(ProjectId(mine), sha256)
    assert (await client.get(address)).status_code == 404
    await doors.append(mine, FrameCaptured(url=address, times=(0.5,), revision=1))
    shown = await client.get(address)
    assert (shown.content, shown.headers["content-type"]) == (b"\xff\xd8a frame", "image/jpeg")
    assert "immutable" in shown.headers["cache-control"]
    answer = await client.get(picture(ProjectId(other), sha256))
    assert (answer.status_code, answer.json()["code"]) == (404, "picture_not_found")
    for name in ("x.jpg", f"{sha256}.exe", f"{sha256.upper()}.jpg", "..%2f" + sha256 + ".jpg"):
        assert (await client.get(f"/api/projects/{mine}/pictures/{name}")).status_code == 404


async def test_a_hash_in_somebodys_words_shows_no_picture(doors: Open, client: httpx.AsyncClient) -> None:
    sha256 = await doors.stand.blobs.put(b"\xff\xd8a secret")
    told = (await client.post("/api/generate/start", json={"prompt": f"Show {sha256}.jpg"})).json()
    assert (await client.get(picture(told["project_id"], sha256))).status_code == 404


async def test_a_film_is_ordered_drawn_and_fetched_in_parts(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client)
    ordered = await client.post("/api/render/start", json={"project_id": project_id, "quality": "draft"})
    again = await client.post("/api/render/start", json={"project_id": project_id, "quality": "draft"})
    assert (ordered.status_code, ordered.json()["status"]) == (202, "QUEUED")
    assert again.json()["render_id"] == ordered.json()["render_id"]
    early = await client.get(f"/api/render/{ordered.json()['render_id']}/download")
    assert (early.status_code, early.json()["code"]) == (404, "no_film")
    content = bytes(range(256)) * 4_000
    await rendered(doors, project_id, content)
    status = (await client.get(ordered.json()["links"]["status"])).json()
    film = status["links"]["film"]
    whole = await client.get(film)
    assert whole.content == content
    assert whole.headers["content-type"] == "video/mp4"
    assert whole.headers["accept-ranges"] == "bytes"
    assert whole.headers["content-disposition"].startswith('attachment; filename="Noor Tea.mp4"')
    head = await client.head(film)
    assert (head.content, head.headers["content-length"]) == (b"", str(len(content)))
    assert (await client.get(status["links"]["sheet"])).content.startswith(b"\xff\xd8sheet")
    small = await client.get(status["links"]["thumbnail"])
    assert (small.content, small.headers["content-type"]) == (b"\xff\xd8small", "image/jpeg")
    for asked, start, end in (
        ("bytes=0-0", 0, 1), ("bytes=100-299", 100, 300), ("bytes=-10", len(content) - 10, len(content)),
        ("bytes=1023990-", 1_023_990, len(content)), ("bytes=0-99999999", 0, len(content)),
    ):  # fmt: skip
        part = await client.get(film, headers={"Range": asked})
        assert (part.status_code, part.content) == (206, content[start:end]), asked
        assert part.headers["content-range"] == f"bytes {start}-{end - 1}/{len(content)}"
    for asked in ("bytes=0-1,5-6", "lines=1-2", "bytes=9-5", "bytes=-", "bytes=a-b"):
        assert (await client.get(film, headers={"Range": asked})).status_code == 200, asked
    for asked in ("bytes=99999999-", "bytes=-0"):
        beyond = await client.get(film, headers={"Range": asked})
        assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(content)}")
        assert beyond.headers["content-type"] == "application/problem+json"
    other = await client.get(film, headers={"Range": "bytes=0-0", "If-Range": '"other"'})
    assert other.status_code == 200


MEDIA = {
    "hevc": ("mp4", "video/mp4"), "vp9": ("webm", "video/webm"), "prores": ("mov", "video/quicktime"),
    "gif": ("gif", "image/gif"), "webp": ("webp", "image/webp"), "apng": ("png", "image/png"),
    "png": ("zip", "application/zip"),
}  # fmt: skip


async def test_a_film_of_each_kind_comes_under_its_own_name(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client)
    for kind, (ending, media_type) in MEDIA.items():
        wish = {"project_id": project_id, "quality": "high", "format": kind}
        ordered = (await client.post("/api/render/start", json=wish)).json()
        assert (ordered["output"]["format"], ordered["output"]["quality"]) == (kind, "high")
        await rendered(doors, project_id, kind.encode())
        made = await client.get((await client.get(ordered["links"]["status"])).json()["links"]["film"])
        assert (made.content, made.headers["content-type"]) == (kind.encode(), media_type)
        assert f'filename="Noor Tea.{ending}"' in made.headers["content-disposition"]


async def test_a_kind_of_file_that_nobody_makes_is_refused_by_name(
    doors: Open, client: httpx.AsyncClient
) -> None:
    wish = {"project_id": await scaffolded(doors, client), "format": "avi"}
    refused = await client.post("/api/render/start", json=wish)
    assert refused.status_code == 422
    assert "'mp4'" in refused.text
    assert "'prores'" in refused.text
    prompt = await client.post("/api/generate/start", json={"prompt": "A film", "file_format": "avi"})
    assert prompt.status_code == 422


async def test_a_render_is_called_off(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client)
    ordered = (await client.post("/api/render/start", json={"project_id": project_id})).json()
    answer = await client.post("/api/render/cancel", json={"render_id": ordered["render_id"]})
    assert answer.status_code == 202
    async with doors.stand.database.transaction(None) as tx:
        render = await tx.renders.get(RenderId(ordered["render_id"]))
        assert (await tx.jobs.get(render.job_id)).state == "cancelling"
    missing = await client.post("/api/render/cancel", json={"render_id": "nope"})
    assert (missing.status_code, missing.json()["code"]) == (404, "render_not_found")


async def test_a_render_of_an_empty_project_is_refused(client: httpx.AsyncClient) -> None:
    project = (await client.post("/api/projects", json={"name": "Empty"})).json()
    answer = await client.post("/api/render/start", json={"project_id": project["project_id"]})
    assert (answer.status_code, answer.json()["code"]) == (404, "missing")
    assert "no source" in answer.json()["detail"]


async def test_the_preview_is_always_the_newest_revisions(doors: Open, client: httpx.AsyncClient) -> None:
    project_id = await scaffolded(doors, client)
    address = f"/api/projects/{project_id}/preview"
    first = await client.get(address)
    assert (first.status_code, first.json()["status"], first.headers["retry-after"]) == (202, "QUEUED", "1")
    assert (await client.get(address)).json()["render_id"] == first.json()["render_id"]
    await rendered(doors, project_id, b"preview one", "preview")
    shown = await client.get(address)
    assert (shown.content, shown.headers["cache-control"]) == (b"preview one", "private, no-cache")
    await edit(client, project_id, "NOTES.md", "calm")
    assert (await client.get(address)).status_code == 202
    await rendered(doors, project_id, b"preview two", "preview")
    assert (await client.get(address)).content == b"preview two"


async def test_a_reader_without_the_right_to_render_starts_no_preview(doors: Open) -> None:
    maker = doors.client(key=await doors.key("ada"))
    reader = doors.client(key=await doors.key("ada", scopes=("read",)))
    project_id = await scaffolded(doors, maker)
    answer = await reader.get(f"/api/projects/{project_id}/preview")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_preview")


async def test_a_tool_answers_over_http_as_it_does_directly(doors: Open, client: httpx.AsyncClient) -> None:
    over = (await client.post("/api/tools/list_templates", json={})).json()
    straight = (await doors.stand.executor.call(OWNER, "list_templates", {})).model_dump(mode="json")
    assert without_id(over) == without_id(straight)
    failed = await client.post("/api/tools/read_file", json={"file_path": "x.py", "project_id": "nope"})
    assert (failed.status_code, failed.json()["failed"], failed.json()["kind"]) == (200, True, "missing")
    unknown = await client.post("/api/tools/read_fil", json={})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "unknown_tool")
    assert "read_file" in unknown.json()["detail"]
    listed = (await client.get("/api/tools")).json()["items"]
    assert {each["name"] for each in listed} == set(doors.stand.executor.tools)


def without_id(answer: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in answer.items() if name != "call_id"}


async def test_templates_are_listed(client: httpx.AsyncClient) -> None:
    assert [each["name"] for each in (await client.get("/api/templates")).json()["items"]] == ["plain"]
