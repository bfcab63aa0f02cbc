"""Rules that a book does without."""

from __future__ import annotations

from typing import Any

from coursekit.html_tree import parse
from coursekit.pdf.rules import take_out_idle
from tests.cases_data import cases


@cases("pdf_rules")
def test_rules_separate_something(case: dict[str, Any]) -> None:
    body = parse(case["html"])
    take_out_idle(body)
    assert " ".join(element.tag for element in body.walk()[1:]) == case["kept"]
    take_out_idle(body)
    assert " ".join(element.tag for element in body.walk()[1:]) == case["kept"]
