"""What becomes of corrections, and what each is of."""

from __future__ import annotations

import pytest

from coursekit.html_tree import Element, parse
from coursekit.pdf.editions import REFERENCE, SPACE, Edition, take_out

BOX = '<details class="correction"><summary>Correction</summary><p>Oui.</p></details>'


def tags(body: Element) -> list[str]:
    return [element.tag for element in body.walk()]


@pytest.mark.parametrize(
    ("html", "of"),
    [
        pytest.param(BOX, "", id="alone"),
        pytest.param(f"<h2>Exercices</h2><div>{BOX}</div>", "Exercices", id="below a heading"),
        pytest.param(f"<div><h3>Un</h3></div>{BOX}", "Un", id="below a heading in a division"),
        pytest.param(
            f'<h2>T</h2><div class="admonition exo"><p class="admonition-title">Exercice 1</p>{BOX}</div>',
            "Exercice 1",
            id="in a box",
        ),
        pytest.param(
            f"<h2>T</h2><details><summary>Indice</summary>x</details><p>y</p>{BOX}", "T", id="behind a box"
        ),
        pytest.param('<h2>T</h2><div class="admonition solution correction">x</div>', "T", id="an open box"),
        pytest.param("<h2>T</h2><details><summary>Solution :</summary>x</details>", "T", id="raw HTML"),
    ],
)
def test_corrections_are_taken_out(html: str, of: str) -> None:
    for corrections, instead in (("left-out", SPACE), ("at-end", REFERENCE)):
        body = parse(html)
        (taken,) = take_out(body, Edition(corrections))  # type: ignore[arg-type]
        assert taken.of == of
        assert instead in tags(body)
        assert taken.box not in body.walk()


def test_in_place_they_stay() -> None:
    body = parse(BOX)
    assert take_out(body, Edition()) == []
    assert "details" in tags(body)


def test_other_folded_boxes_stay() -> None:
    body = parse('<details class="details"><summary>Détails</summary>x</details><details>y</details>')
    assert take_out(body, Edition("left-out")) == []
