"""A browser before a server, both real."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.house.tree import ROOT

WIDTH, HEIGHT = 1440, 1000
PATIENCE_S = 40


@dataclass
class Served:
    """A server in a process of its own."""

    url: str
    key: str
    process: subprocess.Popen[str]

    @property
    def port(self) -> int:
        return int(self.url.rsplit(":", 1)[1])


@contextmanager
def serving(folder: Path, port: int = 0, *more: str) -> Generator[Served]:
    """Run the server until the context is left."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.studio.server", str(folder), str(port), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        key = process.stdout.readline().strip() if "--keyed" in more else ""
        line = process.stdout.readline().strip()
        assert line.startswith("director: http://"), line
        yield Served(line.removeprefix("director: "), key, process)
    finally:
        process.terminate()
        process.wait(20)
        process.stdout.close()


class Page:
    """The studio as somebody who sits before it."""

    def __init__(self, chrome: webdriver.Chrome, server: Served) -> None:
        self.chrome = chrome
        self.server = server

    def open(self, place: str = "#/") -> None:
        """Go to a page, from nowhere."""
        self.chrome.get("about:blank")
        self.complaints()
        self.chrome.get(f"{self.server.url}/{place}")

    def one(self, selector: str) -> WebElement:
        """The thing of that selector, once it is there to be seen."""
        return self.until(lambda: next((each for each in self.all(selector) if each.is_displayed()), None))

    def all(self, selector: str) -> list[WebElement]:
        return self.chrome.find_elements(By.CSS_SELECTOR, selector)

    def until(self, so: Callable[[], Any]) -> Any:
        """Wait until something is so."""
        gone = [StaleElementReferenceException]  # the page drew itself anew while somebody looked
        waiting = WebDriverWait(self.chrome, PATIENCE_S, 0.1, ignored_exceptions=gone)
        return waiting.until(lambda _: so())

    def says(self, selector: str) -> str:
        """Everything that can be read there."""
        return "\n".join(each.text for each in self.all(selector))

    def reads(self, selector: str, words: str) -> None:
        """Wait until words can be read somewhere."""
        self.until(lambda: words in self.says(selector))

    def ask(self, prompt: str) -> None:
        """Write a prompt for a new film and send it."""
        self.one("#welcome textarea").send_keys(prompt)
        self.one("#welcome .button.primary").click()
        self.one("#film")

    def run(self, script: str) -> Any:
        """Ask the page itself."""
        return self.chrome.execute_script(script)  # pyright: ignore[reportUnknownMemberType]

    def complaints(self) -> list[str]:
        """What the browser found wrong since the last time."""
        told: list[dict[str, Any]] = self.chrome.get_log("browser")  # pyright: ignore
        return [each["message"] for each in told if each["level"] in ("SEVERE", "WARNING")]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server without keys."""
    with serving(tmp_path_factory.mktemp("studio")) as made:
        yield made


@pytest.fixture(scope="module")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Debian's Chromium without a window."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--autoplay-policy=no-user-gesture-required",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--user-data-dir={tmp_path_factory.mktemp('chrome')}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture
def page(chrome: webdriver.Chrome, server: Served) -> Page:
    """The studio, open where a film begins."""
    made = Page(chrome, server)
    made.open()
    return made
