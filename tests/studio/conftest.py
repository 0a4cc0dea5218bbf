"""A browser before a server, both real."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

from tests.house.tree import ROOT

WIDTH, HEIGHT = 1440, 1000


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server's address."""
    folder = tmp_path_factory.mktemp("studio")
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.studio.server", str(folder)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    found = re.match(r"director: (http://\S+)", line)
    assert found, line
    yield found[1]
    process.terminate()
    process.wait(20)
    process.stdout.close()


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Debian's Chromium without a window."""
    options = Options()
    options.binary_location = "/usr/bin/chromium"
    for argument in (
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
        f"--window-size={WIDTH},{HEIGHT}", f"--user-data-dir={tmp_path_factory.mktemp('chrome')}",
    ):  # fmt: skip
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))
    yield driver
    driver.quit()


@pytest.fixture
def browser(chrome: webdriver.Chrome, address: str) -> webdriver.Chrome:
    """The browser, before an empty page."""
    chrome.get("about:blank")
    chrome.get_log("browser")  # pyright: ignore[reportUnknownMemberType]
    chrome.get(f"{address}/#/")
    return chrome
