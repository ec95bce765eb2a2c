"""A real Chromium without a window, for tests of the explorer: what it asked for and complained about is kept."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCREENSHOTS = Path(__file__).parent.parent / "build" / "screenshots"  # kept by CI, ignored by git
# No graphics card and often root: draw in software, without the sandbox.
OPTIONS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]


class Watched:
    """A page, with every request it made beyond its own file and every error it told of."""

    def __init__(self, page: Page, file: Path) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        own = file.as_uri()
        page.on("request", lambda request: None if request.url == own else self.requests.append(request.url))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        page.on(
            "console",
            lambda said: self.complaints.append(said.text) if said.type in ("error", "warning") else None,
        )
        page.goto(own)
        page.wait_for_selector("body[data-ready], iframe")


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, file: Path, locale: str = "zh-CN", width: int = 1440, height: int = 900, faults: int = 0
) -> Iterator[Page]:
    """The page in a window of its own; at the end it must have asked for nothing, and complained so many times."""
    context = browser.new_context(locale=locale, viewport={"width": width, "height": height}, offline=True)
    try:
        watched = Watched(context.new_page(), file)
        yield watched.page
        assert watched.requests == [] and len(watched.complaints) == faults, (watched.requests, watched.complaints)
    finally:
        context.close()


def picture(page: Page, name: str) -> None:
    """A screenshot for a person to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
