"""The search for a browser, among executables made up for the test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.browser import chromium

LOG_CALL = 'echo "$(basename "$0") $*" >> "$(dirname "$0")/log"\n'


def put(folder: Path, name: str, script: str) -> str:
    """Write an executable shell script; return its path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bin_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is searched before all others, on a machine where CHROME_BIN is not set."""
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    monkeypatch.delenv("CHROME_BIN", raising=False)
    return tmp_path


def test_first_browser_that_runs_is_taken(bin_folder: Path) -> None:
    put(bin_folder, "chromium", "echo 'not installed' >&2; exit 1")
    works = put(bin_folder, "chromium-browser", "echo Chromium 1")
    assert chromium.find_browser() == works


def test_chrome_bin_comes_before_all(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bin_folder, "chromium", "echo Chromium 1")
    chosen = put(bin_folder, "my-chrome", "echo Chrome 2")
    monkeypatch.setenv("CHROME_BIN", chosen)
    assert chromium.find_browser() == chosen


def test_wrong_chrome_bin_is_an_error_not_a_fallback(
    bin_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(bin_folder, "chromium", "echo Chromium 1")
    monkeypatch.setenv("CHROME_BIN", str(bin_folder / "nowhere"))
    with pytest.raises(chromium.NoBrowserError, match="CHROME_BIN"):
        chromium.find_browser()


@pytest.fixture
def bare_machine(bin_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a machine whose apt is a recorder, and which has no browser and no font."""
    for name in ("apt-get", "apt-cache"):
        put(bin_folder, name, LOG_CALL)
    monkeypatch.setattr(
        chromium, "installed_browsers", lambda: filter(os.path.exists, [f"{bin_folder}/chromium"])
    )
    monkeypatch.setattr(chromium, "FONT_FOLDERS", [str(bin_folder / "fonts")])
    return bin_folder


def test_root_installs_with_apt_and_says_so(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    brings = f'case "$*" in *install*) mkdir {bare_machine}/fonts; touch {bare_machine}/fonts/Emoji.ttf\n'
    brings += f"printf '#!/bin/sh\\n' > {bare_machine}/chromium; chmod +x {bare_machine}/chromium;; esac\n"
    put(bare_machine, "apt-get", LOG_CALL + brings)
    assert chromium.ensure_browser() == f"{bare_machine}/chromium"
    assert capsys.readouterr().out == "Installation par apt : chromium fonts-noto-color-emoji\n"
    calls = (bare_machine / "log").read_text(encoding="utf-8").splitlines()
    assert [call.split()[:3] for call in calls] == [
        ["apt-get", "-qq", "update"],
        ["apt-cache", "show", "chromium"],
        ["apt-cache", "show", "fonts-noto-color-emoji"],
        ["apt-get", "-qq", "install"],
    ]


def test_nothing_to_be_had_stops_with_one_command(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(chromium, "download_with_playwright", lambda: None)
    with pytest.raises(chromium.NoBrowserError, match=r"Lancez : sudo apt-get install chromium fonts-\S+$"):
        chromium.ensure_browser()
    assert "apt-get" not in (bare_machine / "log").read_text(encoding="utf-8")


def test_missing_font_alone_is_told(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(bare_machine, "chromium", "echo Chromium 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(chromium.NoBrowserError, match=r"Lancez : sudo apt-get install fonts-\S+$"):
        chromium.ensure_browser()
