"""A build after changes leaves, byte for byte, what a build from nothing leaves."""

from __future__ import annotations

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.incremental import CHANGES, Project

_SEQUENCES = st.lists(st.tuples(st.sampled_from(CHANGES), st.integers(0, 2**16)), min_size=1, max_size=8)


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a build takes a second: what fails is told as it was found
    suppress_health_check=list(HealthCheck),
)
@given(_SEQUENCES)
def test_after_any_changes(sequence: list[tuple[object, int]]) -> None:
    with TemporaryDirectory() as name:
        project = Project(Path(name))
        project.build()
        for number, (change, seed) in enumerate(sequence):
            change(project, Random(seed))  # type: ignore[operator]
            left, expected = project.build(), project.from_nothing()
            differing = [file for file in {*left, *expected} if left.get(file) != expected.get(file)]
            assert not differing, (number, sequence, sorted(differing))
