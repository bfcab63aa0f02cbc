"""Find a Chromium or Chrome that runs, or bring one: `python -m tests.browser.chromium`.

Installed ones come first (`CHROME_BIN` before all), then Debian's package when apt can be used without
asking anyone (root), then the build that Playwright downloads. `find_browser` alone installs nothing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPS = ("Chromium", "Google Chrome")
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
)
BROWSER_PACKAGE = "chromium"  # Debian's; Ubuntu has only a stub for a snap, which no container can run
FONT_PACKAGE = "fonts-noto-color-emoji"
DRIVER_PACKAGE = "libatomic1"  # Playwright's driver is a Node.js linked with it; minimal systems lack it


class NoBrowserError(Exception):
    """No usable browser; the message says in French what to run."""


def runs(*command: str) -> bool:
    """Tell whether a program starts: a browser's wrapper may stand for a package that is not there."""
    try:
        done = subprocess.run([*command, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def driver_runs() -> bool:
    """Tell whether the program through which Playwright speaks to any browser runs."""
    return runs(sys.executable, "-m", "playwright")


def installed_browsers() -> Iterable[str]:
    """Yield the executables worth trying, best first."""
    for command in COMMANDS:
        if found := shutil.which(command):
            yield found
    for app in MAC_APPS:
        yield f"/Applications/{app}.app/Contents/MacOS/{app}"
    if driver_runs():
        with sync_playwright() as playwright:
            yield playwright.chromium.executable_path


def find_browser() -> str | None:
    """Return the path of a browser that runs, or None. Raise NoBrowserError when CHROME_BIN is wrong."""
    if chosen := os.environ.get("CHROME_BIN"):
        if not runs(chosen):
            raise NoBrowserError(
                f"CHROME_BIN={chosen} ne s'exécute pas ; corrigez ou retirez cette variable."
            )
        return chosen
    return next(filter(runs, installed_browsers()), None)


def has_emoji_font() -> bool:
    """Tell whether a font file with « emoji » in its name is installed."""
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(Path(folder).expanduser()):
            if any("emoji" in name.lower() for name in names):
                return True
    return False


def run_installer(command: Sequence[str], **environment: str) -> bool:
    """Run an installer in silence; on failure show what it said. Tell whether it succeeded."""
    done = subprocess.run(
        command,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout, file=sys.stderr)
    return done.returncode == 0


def apt_may_be_used() -> bool:
    """Tell whether apt can install without asking anyone: it is there, and this is root."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_knows(package: str) -> bool:
    """Tell whether apt has this package to offer."""
    try:
        return not subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode
    except FileNotFoundError:
        return False


def install_with_apt(packages: Sequence[str]) -> None:
    """Install those of the packages that apt knows, announced first."""
    if not run_installer(["apt-get", "-qq", "update"]):
        return
    if known := [package for package in packages if apt_knows(package)]:
        print(f"Installation par apt : {' '.join(known)}", flush=True)
        run_installer(
            ["apt-get", "-qq", "install", "--yes", "--no-install-recommends", *known],
            DEBIAN_FRONTEND="noninteractive",
        )


def download_with_playwright() -> None:
    """Fetch the Chromium build that goes with the pinned Playwright; root's apt brings its libraries."""
    libraries = ["--with-deps"] if apt_may_be_used() else []
    by_apt = ", et par apt de ses bibliothèques" if libraries else ""
    print(f"Téléchargement de Chromium par Playwright{by_apt}", flush=True)
    run_installer([sys.executable, "-m", "playwright", "install", "--no-shell", *libraries, "chromium"])


def missing_packages(browser: str | None) -> list[str]:
    """Return the Debian packages that stand for what is not there."""
    present = {BROWSER_PACKAGE: browser, FONT_PACKAGE: has_emoji_font(), DRIVER_PACKAGE: driver_runs()}
    return [package for package, found in present.items() if not found]


def ensure_browser() -> str:
    """Return a browser that runs, with its driver and an emoji font to draw pages; bring what is missing.

    Raise NoBrowserError when that fails, with the one command to run.
    """
    browser = find_browser()
    if (missing := missing_packages(browser)) and apt_may_be_used():
        install_with_apt(missing)
        browser = browser or find_browser()
    if not browser:
        download_with_playwright()
        browser = find_browser()
    missing = missing_packages(browser)
    if browser is None or missing:
        raise NoBrowserError(
            "Les tests de navigateur demandent Chromium (ou Chrome) et une police d'emoji. Lancez : "
            + remedy(missing)
        )
    return browser


def remedy(packages: Sequence[str]) -> str:
    """Return the command that brings what is missing on this kind of machine."""
    if all(map(apt_knows, packages)):
        return f"sudo apt-get install {' '.join(packages)}"
    if sys.platform == "darwin":
        return "brew install --cask google-chrome"  # macOS has its own emoji font
    return f"{sys.executable} -m playwright install --with-deps chromium"  # the font is among those


def main() -> int:
    """Bring a browser and say which one the tests will use; 1 when there is none."""
    try:
        print(f"Navigateur des tests : {ensure_browser()}")
    except NoBrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
