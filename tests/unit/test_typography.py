"""French spacing, an option of the Markdown extension."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit.markdown.typography import FULL, NARROW, french
from tests.cases_data import cases
from tests.rendering import render


@cases("markdown/typography")
def test_french_spacing(case: dict[str, Any]) -> None:
    html, _ = render(case["markdown"], typography="french")
    expected, _ = render(case["spaced"])
    assert re.sub(' id="[^"]*"', "", html) == re.sub(' id="[^"]*"', "", expected)


@cases("markdown/typography")
def test_spacing_is_left_alone_by_default(case: dict[str, Any]) -> None:
    assert render(case["markdown"])[0] == render(case["markdown"], typography="")[0]


def test_identifiers_do_not_depend_on_spacing() -> None:
    assert 'id="pourquoi-"' in render("# Pourquoi ?\n")[0]
    assert 'id="pourquoi-"' in render("# Pourquoi ?\n", typography="french")[0]


def test_another_typography_is_refused() -> None:
    with pytest.raises(ValueError, match="typography vaut « english »"):
        render("a", typography="english")


_TEXT = st.lists(st.sampled_from([*" «»;:!?()a1.*`[]\n", FULL, NARROW, "](u)", "$", "é"]), max_size=30).map(
    "".join
)
_BLANKS = re.compile(f"[ {FULL}{NARROW}]")


@given(_TEXT)
def test_nothing_but_blanks_changes(text: str) -> None:
    spaced = french(text)
    assert _BLANKS.sub("", spaced) == _BLANKS.sub("", text)
    assert french(spaced) == spaced
    html = render(text, typography="french")[0]
    assert _BLANKS.sub("", html) == _BLANKS.sub("", render(text)[0])


@given(_TEXT.filter(lambda text: not set("*`[]$\n\\1.") & set(text)))
def test_text_between_elements_is_spaced_as_text(text: str) -> None:
    html = render(f"x{text}x", typography="french")[0]
    assert html == f"<p>{french(f'x{text}x')}</p>"
