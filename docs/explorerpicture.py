"""docs/explorer.png from a built explorer.html: python docs/explorerpicture.py exports/explorer.html.

Needs playwright, chromium and a font with Chinese glyphs (Debian: chromium, fonts-noto-cjk).
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

SHOWN = "工业和信息化部"  # what is open in the picture, with the quote of its first fact


def photograph(page: Path, png: Path) -> None:
    """The page as a reader finds it after a search."""
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        window = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 760})
        window.goto(page.resolve().as_uri())
        window.fill("#search", SHOWN)
        window.press("#search", "Enter")
        window.locator(".fact summary").first.click()
        window.locator("mark").first.wait_for()
        window.wait_for_timeout(800)  # the drawing moves to what was found
        window.screenshot(path=png)
        browser.close()


if __name__ == "__main__":
    photograph(Path(sys.argv[1]), Path(__file__).with_name("explorer.png"))
