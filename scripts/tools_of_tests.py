"""Get the programs that some tests use, `dot` and a Chromium, where that is possible.

As root on Debian they are installed as packages. Without root a Chrome or Chromium of
the machine does, or else the one that Playwright downloads. Nothing here fails: what
cannot be had is named, and the tests that need it are skipped. An attempt is made once
for each environment; `make tools AGAIN=1` makes another.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

TRIED = Path(sys.prefix) / "tools-tried"
"""Is there once an attempt was made; goes with the environment."""

PATIENCE = 300
"""Seconds after which a command is given up."""

APT_GET = ("apt-get", "-o", "Acquire::http::Timeout=20", "-o", "DPkg::Lock::Timeout=60")
PACKAGES = {"dot": "graphviz", "chromium": "chromium"}

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_BROWSERS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def main() -> None:
    """Get what is missing, and name what is missing still."""
    wanted = missing()
    if wanted and (os.environ.get("AGAIN") or not TRIED.exists()):
        install(wanted)
        TRIED.touch()
        wanted = missing()
    for program, tests in wanted.items():
        print(f"Skipped, as there is no {program}: {tests}.")


def missing() -> dict[str, str]:
    """Return the programs that are not there, each with the tests that need it."""
    tests = {}
    if shutil.which("dot") is None:
        tests["dot"] = "tests of drawing with the Graphviz program"
    if not browser():
        tests["chromium"] = "tests in a browser"
    return tests


def browser() -> str:
    """Return the path of a Chrome or Chromium; an empty string when there is none."""
    found = [shutil.which(name) for name in BROWSERS]
    found += [path for path in MAC_BROWSERS if Path(path).exists()]
    return next(filter(None, found), "") or downloaded_browser()


def downloaded_browser() -> str:
    """Return the path of Playwright's own Chromium if it is there and starts.

    It is a download without the libraries of the system that it needs.
    """
    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch().close()
        except Error:
            return ""
        return playwright.chromium.executable_path


def install(programs: Iterable[str]) -> None:
    """Try to install programs, in the ways that this machine and user allow."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run(*APT_GET, "update")
        for program in programs:
            run(*APT_GET, "install", "-y", "--no-install-recommends", PACKAGES[program])
    if not browser():
        run(sys.executable, "-m", "playwright", "install", "chromium")


def run(*command: str) -> None:
    """Run a command that may fail; say that it runs, and why it failed."""
    print("Running", " ".join(command), "...", flush=True)
    try:
        subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            check=True,
            text=True,
            timeout=PATIENCE,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    except subprocess.CalledProcessError as error:
        print("  It failed:", reason(error.stdout), flush=True)
    except subprocess.TimeoutExpired:
        print(f"  Given up after {PATIENCE} seconds.", flush=True)


def reason(output: str) -> str:
    """Return the line in which a program says why it failed."""
    lines = output.strip().splitlines() or ["it does not say why"]
    return next((line for line in lines if line.startswith(("E:", "Error"))), lines[-1])


if __name__ == "__main__":
    main()
