"""Task lists: each box stands in the middle of its line, whatever holds the list."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.local_server import serve
from tests.building import build_strictly

PAGE = """\
- [ ] serrée
- [x] faite

Puis :

- [ ] aérée

- [x] aussi

:::note
- [ ] dans un encadré
:::
"""
# How far below the middle of its line's text each box stands, in pixels.
OFFSETS = """() => [...document.querySelectorAll('.task-list-item input')].map(box => {
    const text = document.createRange(), middle = ({top, height}) => top + height / 2
    text.selectNode(box.nextSibling)
    return middle(box.getBoundingClientRect()) - middle(text.getBoundingClientRect())
})"""


def test_boxes_stand_in_the_middle_of_their_lines(browser: Browser, tmp_path: Path) -> None:
    with serve(build_strictly(tmp_path, {"index.md": PAGE})) as origin:
        page = browser.new_page()
        page.goto(origin)
        offsets = page.evaluate(OFFSETS)
        page.close()
    assert len(offsets) == 5
    assert all(abs(offset) <= 2 for offset in offsets), offsets
