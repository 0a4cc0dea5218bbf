"""The studio page in a real browser: a film from prompt to player, stopped, refined, found again."""

import json
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from tests.studio.conftest import Page, serving

pytestmark = pytest.mark.timeout(180)


def logo(folder: Path) -> Path:
    path = folder / "logo.png"
    Image.new("RGB", (40, 30), "#2b7a4b").save(path)
    return path


def moving(page: Page) -> int:
    """How much on the page moves without end."""
    return page.run("return document.getAnimations().filter((each) => each.playState === 'running').length")


def finished(page: Page) -> None:
    page.reads("#steps", "Finished.")
    page.one("video#player")


def test_a_prompt_becomes_a_film_that_plays(page: Page) -> None:
    page.ask("A calm 2-second title for Noor Tea")
    page.one("#stop")
    page.reads("#steps", "A calm 2-second title for Noor Tea")
    page.reads("#steps", "Directing by offline")
    page.reads("#steps", "Laid out the project")
    page.one("#steps .shots img")
    page.one("#progress")
    finished(page)
    page.until(lambda: page.says("#film-status") == "Finished")
    assert page.says("#film-title") == "Noor Tea"
    below = "list.scrollHeight - list.scrollTop - list.clientHeight"
    page.until(lambda: page.run(f"const list = document.querySelector('#steps'); return {below}") < 5)
    page.until(lambda: page.run("return document.querySelector('#player').readyState >= 2"))
    page.run("const film = document.querySelector('#player'); film.muted = true; film.play();")
    page.until(lambda: page.run("return document.querySelector('#player').currentTime > 0.2"))
    assert page.run("return document.querySelector('#player').videoWidth") == 1920
    page.until(lambda: page.run("return document.querySelector('#sheet img').naturalWidth > 100"))
    assert not page.one("#progress-bar").is_displayed() if page.all("#progress:not([hidden])") else True
    assert not any(each.is_displayed() for each in page.all("#stop"))
    for link in ("#download", "#export"):
        address = page.one(link).get_attribute("href")  # pyright: ignore[reportUnknownMemberType]
        kind = page.run(f"return fetch('{address}').then((answer) => answer.headers.get('content-type'))")
        assert kind == {"#download": "video/mp4", "#export": "application/zip"}[link]
    assert page.complaints() == []


@pytest.mark.slow
def test_a_film_is_refined_and_its_versions_are_compared_and_restored(page: Page) -> None:
    page.ask("A title for the first film")
    finished(page)
    box = page.one("#refine-place textarea")
    box.send_keys("Please change the notes")
    page.one("#refine-place .button.primary").click()
    page.reads("#steps", "Edited")
    page.until(lambda: len(page.all("#steps .end")) == 2)
    page.until(lambda: len(page.all(".version")) == 2)
    assert page.says(".version").startswith("r2")
    page.all(".version .button")[0].click()
    page.reads("#difference", "calmer")
    assert "NOTES.md" in page.says("#difference")
    page.one("#difference form button").click()
    page.all(".version")[1].find_elements(By.CSS_SELECTOR, ".button")[1].click()
    page.until(lambda: len(page.all(".version")) == 3)
    page.reads("#alerts", "Revision 1 is back as 3")


def test_a_run_is_stopped_and_says_so(page: Page) -> None:
    page.ask("Think slowly about a film")
    page.reads("#steps", "thinking, thinking")
    assert moving(page) > 0
    page.run("document.querySelector('#viewer').showModal()")
    page.until(lambda: moving(page) == 0)
    page.run("document.querySelector('#viewer').close()")
    began = time.monotonic()
    page.one("#stop").click()
    page.reads("#steps .end", "Cancelled.")
    assert time.monotonic() - began < 5
    assert not any(each.is_displayed() for each in page.all("#stop"))
    assert page.complaints() == []


def asked(page: Page, prompt: str) -> None:
    """Ask for a film whose plan is shown first, and wait for the plan."""
    page.one(".pick label[title]").click()
    page.ask(prompt)
    page.reads(".approval", "Shall I make it so?")
    page.reads(".approval", "a golden sun wanders")


def test_a_plan_is_shown_changed_and_agreed_to_before_the_film_is_made(page: Page) -> None:
    asked(page, "A calm title, with its plan first")
    assert page.all("#steps .shots") == []
    page.until(lambda: moving(page) == 0)
    page.all(".approval .button")[1].click()
    page.one(".approval textarea").send_keys("\nNo sound.")
    page.one(".approval-more .button.primary").click()
    page.reads(".approval", "You agreed, with changes.")
    page.reads("#steps", "Agreed on the plan")
    page.reads("#steps", "Laid out the project")
    assert page.complaints() == []


def test_a_plan_is_refused_with_a_word_and_nothing_is_made(page: Page) -> None:
    asked(page, "Another calm title, with its plan first")
    page.all(".approval .button")[2].click()
    page.one(".approval textarea").send_keys("Warmer, please")
    page.one(".approval-more .button.primary").click()
    page.reads(".approval", "You said no. Warmer, please")
    page.reads("#steps .end", "You did not agree: Warmer, please.")
    assert not any(each.is_displayed() for each in page.all(".approval .button"))
    assert page.complaints() == []


def test_a_logo_is_sent_up_and_goes_with_the_prompt(page: Page, tmp_path: Path) -> None:
    page.all("#welcome input[type=file]")[0].send_keys(str(logo(tmp_path)))
    chip = page.one("#welcome .asset[data-asset-id]")
    assert "logo.png" in chip.text
    page.until(lambda: page.run("return document.querySelector('#welcome .asset img').naturalWidth") == 40)
    page.ask("Think slowly, with a logo")
    page.reads("#steps .ask", "1 asset")
    page.one("#stop").click()
    page.reads("#steps .end", "Cancelled.")


def test_a_link_becomes_an_asset_and_a_private_address_is_refused_in_words(
    page: Page, tmp_path: Path
) -> None:
    logo(tmp_path)
    serves = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    threading.Thread(target=serves.serve_forever, daemon=True).start()
    try:
        for url in (f"http://127.0.0.1:{serves.server_port}/logo.png", "http://169.254.169.254/logo.png"):
            page.one("#welcome .composer-foot button")
            page.all("#welcome .composer-foot button")[1].click()
            page.one("#welcome input.link").send_keys(url, Keys.ENTER)
            page.until(lambda: not page.all("#welcome .asset.loading"))
    finally:
        serves.shutdown()
        serves.server_close()
    page.reads("#alerts", "not public")
    assert [each.text for each in page.all("#welcome .asset b")] == ["logo.png"]
    page.one("#welcome .asset button").click()


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and tells nobody."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def test_a_file_that_is_no_media_is_refused_in_words_and_the_others_are_taken(
    page: Page, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.png"
    wrong.write_bytes(b"MZ" + bytes(100))
    page.all("#welcome input[type=file]")[0].send_keys(f"{logo(tmp_path)}\n{wrong}")
    page.reads("#alerts", "wrong.png")
    page.reads("#alerts", "nothing that is taken in")
    page.until(lambda: [each.text for each in page.all("#welcome .asset b")] == ["logo.png"])
    page.one("#welcome .asset button").click()
    assert page.all("#welcome .asset") == []


def test_format_length_and_quality_go_with_the_prompt(page: Page) -> None:
    page.one(".pick label:nth-of-type(3)").click()
    page.one(".length input").send_keys("7.5")
    page.ask("Think slowly, upright")
    page.reads("#steps .ask", "9:16 · 7.5 s")
    page.reads("#film-facts", "1080×1920")
    assert "tall" in page.run("return document.querySelector('#screen').className")
    page.one("#stop").click()
    page.reads("#steps .end", "Cancelled.")


def test_words_are_words_whoever_wrote_them(page: Page) -> None:
    evil = "slowly <img src=x onerror=\"document.title='owned'\"> <b>bold</b> شاي نور"
    page.ask(evil)
    page.reads("#steps .ask", evil)
    page.reads("#projects", "slowly <img")
    assert page.all("#steps .ask img, #steps .ask b, #film-title b") == []
    assert page.chrome.title != "owned"
    page.one("#stop").click()
    page.reads("#steps .end", "Cancelled.")


def test_nothing_is_loaded_from_anywhere_else(page: Page) -> None:
    for place in ("#/", "docs"):
        page.open(place)
        page.one("h1")
        page.until(lambda: page.run("return document.readyState") == "complete")
        loaded = page.run("return performance.getEntriesByType('resource').map((each) => each.name)")
        assert [each for each in loaded if not each.startswith(page.server.url)] == []
        assert page.complaints() == []


def test_a_film_that_does_not_exist_leads_back_to_the_beginning(page: Page) -> None:
    page.open("#/01a1f864-0000-7000-8000-000000000000")
    page.reads("#alerts", "does not exist")
    assert page.one("#welcome").is_displayed()


@pytest.mark.slow
def test_a_page_goes_on_by_itself_when_its_server_comes_back(
    chrome: webdriver.Chrome, tmp_path: Path
) -> None:
    with serving(tmp_path) as first:
        page = Page(chrome, first)
        page.open()
        page.ask("Think slowly about it")
        page.reads("#live", "live")
        page.reads("#steps", "Directing")
        steps = len(page.all("#steps > li.ask"))
    page.reads("#live", "reconnecting")
    with serving(tmp_path, first.port):
        page.until(lambda: page.says("#live") == "live")
        page.one("#stop").click()
        page.reads("#steps .end", "Cancelled.")
        assert len(page.all("#steps > li.ask")) == steps


@pytest.mark.slow
def test_a_studio_with_keys_lets_in_who_has_one(chrome: webdriver.Chrome, tmp_path: Path) -> None:
    with serving(tmp_path, 0, "--keyed") as server:
        page = Page(chrome, server)
        page.open()
        page.one("#sign-in-key").send_keys("dk_wrong")
        page.one("#sign-in .button.primary").click()
        page.reads("#sign-in-error", "unknown, expired or revoked")
        page.one("#sign-in-key").clear()
        page.one("#sign-in-key").send_keys(server.key)
        page.one("#sign-in .button.primary").click()
        page.ask("Think slowly, with a key")
        page.reads("#live", "live")
        assert page.run("return document.cookie") == ""
        page.one("#stop").click()
        page.reads("#steps .end", "Cancelled.")
        page.one("#sign-out").click()
        page.one("#sign-in-key")


def test_promises_are_told_line_by_line_and_broken_ones_stand_open(page: Page) -> None:
    page.ask("Think slowly about what was promised")
    page.one("#stop").click()
    page.reads("#steps .end", "Cancelled.")
    lines = [
        {"what": "length", "promised": "6 s", "delivered": "6 s", "kept": True},
        {"what": "text", "promised": "شاي على مهل", "delivered": "<b>شاي</b>", "kept": False},
    ]
    end = {"type": "run.finished", "status": "failed", "reason": "It is less.", "promise": lines}
    page.run(
        "return import('/studio/steps.js').then((made) => "
        f"new made.Steps(document.querySelector('#steps')).take({json.dumps({**end, 'findings': []})}))"
    )
    page.reads("#steps .end", "1 of 2 promises kept")
    assert page.says("#steps .kept") == "length\n6 s"
    assert page.says("#steps .broken") == "text\nشاي على مهل\ndelivered: <b>شاي</b>"
    assert page.one("#steps .broken").is_displayed()
