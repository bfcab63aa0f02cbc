"""External links asked by a build, on demand only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.building import Built, build
from tests.links.web import NOT_FOUND, Web, served


@pytest.fixture
def web() -> Iterator[Web]:
    with served(lambda host, asked: NOT_FOUND) as web:
        yield web


def build_with(folder: Path, text: str, check: str) -> Built:
    edits = {"    origin:": f"    links: {{check: {check}}}\n    origin:"}
    return build(folder, {"a.md": text}, "--strict", edits=edits if check else {})


def test_a_build_asks_nobody(tmp_path: Path, web: Web) -> None:
    assert build_with(tmp_path, f"# A\n\n[x]({web.url('/gone')})\n", "").returncode == 0
    assert not web.asked


def test_a_live_build_asks_but_not_its_own_machine(tmp_path: Path, web: Web) -> None:
    text = f"# A\n\n[x]({web.url('/gone')}) [y](http://hote-disparu.invalid/)\n"
    built = build_with(tmp_path, text, "live")
    log = "\n".join(built.log)
    assert built.returncode == 0, log
    assert "docs/a.md:3: cassé, à confirmer la nuit prochaine : http://hote-disparu.invalid/" in log
    assert not web.asked


def test_another_value_is_refused(tmp_path: Path) -> None:
    built = build_with(tmp_path, "# A\n", "nightly")
    assert built.returncode != 0
    assert "extra.course.links.check (mkdocs.yml) : « nightly » ; écrivez « live »" in "\n".join(built.log)
