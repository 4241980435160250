"""Where the browser of the tests is."""

import shutil

# The first is the same browser without windows: a page takes a quarter less with it.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser")


def find_chromium() -> str:
    """Give the path of Debian's Chromium; empty where there is none."""
    return next(filter(None, map(shutil.which, NAMES)), "")
