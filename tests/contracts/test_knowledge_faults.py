"""The handbook when its index changes, breaks, is away or comes back."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from domain.errors import Unavailable
from domain.knowledge import Embedder, Entry
from memory.chroma_folder import FolderShelf
from memory.chroma_server import ServerShelf
from memory.knowledge import Handbook, space_of
from tests.contracts.knowledge import ENTRIES, Tiny, chroma, free_port, gemini, gemini_embeddings

pytestmark = pytest.mark.timeout(120)
FEW = tuple(entry for entry in ENTRIES if entry.kind == "practice")


def book(folder: Path, embedder: Embedder, held: tuple[Entry, ...] = FEW) -> Handbook:
    return Handbook(held, lambda: FolderShelf(folder), lambda: embedder, patience_s=30, rest_s=0)


async def test_a_second_start_embeds_only_what_changed(tmp_path: Path) -> None:
    first = book(tmp_path, Tiny())
    assert (await first.open()).embedded == len(FEW)
    await first.close()
    changed = FEW[0].model_copy(update={"text": "Something else."})
    embedder = Tiny()
    second = book(tmp_path, embedder, (changed, *FEW[2:]))
    stock = await second.open()
    assert (stock.embedded, stock.removed, stock.notice) == (1, 1, "")
    assert embedder.texts == [changed.written]
    await second.close()


@pytest.mark.parametrize("other", [Tiny("other"), Tiny("tiny", 20)], ids=["name", "dimension"])
async def test_another_embedder_makes_the_index_anew(tmp_path: Path, other: Tiny) -> None:
    first = book(tmp_path, Tiny())
    await first.open()
    await first.close()
    second = book(tmp_path, other)
    assert space_of(other) != space_of(Tiny())
    assert (await second.open()).embedded == len(FEW)
    found = await second.search(FEW[0].title, 1)
    assert (found.hits[0].entry, found.notice) == (FEW[0], "")
    await second.close()


def garbage(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 1_000)


def half(folder: Path) -> None:
    file = folder / "chroma" / "chroma.sqlite3"
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def noise(folder: Path) -> None:
    file, draw = folder / "chroma" / "chroma.sqlite3", random.Random(7)
    content = bytearray(file.read_bytes())
    for place in range(8_192, len(content), 5):
        content[place] = draw.randrange(256)
    file.write_bytes(content)


def three_bytes(folder: Path) -> None:
    """So little that every page is still well-formed."""
    file, draw = folder / "chroma" / "chroma.sqlite3", random.Random(3)
    content = bytearray(file.read_bytes())
    for _ in range(3):
        content[draw.randrange(100, len(content))] ^= 0xFF
    file.write_bytes(content)


def a_vector(folder: Path) -> None:
    [file] = folder.glob("chroma/*/data_level0.bin")
    file.write_bytes(b"x" * 100)


def a_file(folder: Path) -> None:
    shutil.rmtree(folder / "chroma")
    (folder / "chroma").write_text("not a folder")


@pytest.mark.parametrize("damage", [garbage, half, noise, three_bytes, a_vector, a_file])
async def test_a_damaged_folder_is_made_anew_with_a_notice(
    tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    first = book(tmp_path, Tiny())
    await first.open()
    await first.close()
    damage(tmp_path)
    second = book(tmp_path, Tiny())
    stock = await second.open()
    assert stock.embedded == len(FEW)
    assert "damaged" in stock.notice
    told = await second.search(FEW[0].title)
    assert "damaged" in told.notice
    again = await second.search(FEW[0].title)
    assert (again.hits, again.notice) == (told.hits, "")
    await second.close()


async def test_a_folder_that_goes_away_under_the_server_is_mended(tmp_path: Path) -> None:
    held = book(tmp_path, Tiny())
    await held.open()
    shutil.rmtree(tmp_path / "chroma")
    # the library still answers from what it holds open, and then not: when it notices is its own affair
    found = [await held.search(FEW[0].title) for _ in range(6)]
    await held.close()
    assert [each.hits[0].entry for each in found] == [FEW[0]] * 6
    assert found[-1].notice == ""


async def test_only_one_process_owns_a_folder(tmp_path: Path) -> None:
    owner, other = book(tmp_path, Tiny()), book(tmp_path, Tiny())
    await owner.open()
    found = await other.search(FEW[0].title)
    assert found.hits[0].entry == FEW[0]
    assert "CHROMA_URL" in found.notice
    await owner.close()
    assert (await other.search(FEW[0].title)).notice == ""
    await other.close()


async def test_a_server_that_is_killed_is_done_without_and_found_again(tmp_path: Path) -> None:
    async with chroma(tmp_path) as server:
        held = Handbook(FEW, lambda: ServerShelf(server.url), Tiny, patience_s=30, rest_s=0)
        assert (await held.search(FEW[0].title)).notice == ""
        await server.kill()
        without = await held.search(FEW[0].title)
        assert without.hits[0].entry == FEW[0]
        assert "words only" in without.notice
        with pytest.raises(Unavailable, match="CHROMA_URL"):
            await held.check()
        with pytest.raises(Unavailable):
            await held.rebuild()
        await server.start()
        assert (await held.search(FEW[0].title)).notice == ""
        await held.close()


async def test_a_server_that_was_never_there_costs_one_look(tmp_path: Path) -> None:
    url = f"http://ada:secret@127.0.0.1:{free_port()}"
    held = Handbook(FEW, lambda: ServerShelf(url), Tiny, rest_s=600)
    for _ in range(3):
        found = await held.search(FEW[0].title)
        assert found.hits[0].entry == FEW[0]
        assert "127.0.0.1" in found.notice
        assert "secret" not in found.notice
    await held.close()


@pytest.mark.parametrize("model", ["gemini-embedding-001", "gemini-embedding-2"])
async def test_gemini_is_asked_in_batches_one_vector_a_text(model: str) -> None:
    async with gemini_embeddings() as service:
        embedder = gemini(service, model=model)
        vectors = await embedder.embed([f"text {number}" for number in range(130)])
        assert [len(batch["requests"]) for batch in service.batches] == [100, 30]
        assert len(vectors) == 130
        assert all(abs(sum(value * value for value in vector) - 1) < 1e-6 for vector in vectors)
        await embedder.embed(["a question"], asking=True)
        kinds = [
            batch["requests"][0].get("taskType", batch["requests"][0].get("task_type"))
            for batch in service.batches
        ]
        assert kinds == ["RETRIEVAL_DOCUMENT", "RETRIEVAL_DOCUMENT", "RETRIEVAL_QUERY"]
        assert set(service.paths) == {f"/v1/models/{model}:batchEmbedContents"}
        await embedder.close()


@pytest.mark.parametrize(
    ("status", "numbers", "key"), [(429, 768, "a-good-key"), (200, 12, "a-good-key"), (200, 768, "bad")]
)
async def test_an_embedder_that_fails_leaves_words(
    tmp_path: Path, status: int, numbers: int, key: str
) -> None:
    async with gemini_embeddings() as service:
        service.status, service.numbers = status, numbers
        held = book(tmp_path, gemini(service, key=key))
        found = await held.search(FEW[0].title)
        assert found.hits[0].entry == FEW[0]
        assert "DIRECTOR_EMBEDDINGS" in found.notice
        await held.close()
