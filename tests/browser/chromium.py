"""Where the browser of the tests is."""

import shutil


def find_chromium() -> str:
    """Give the path of Debian's Chromium; empty where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or ""
