"""The parts of `tests.bench.build_speed`: pages, generators, measures, figures, and how they are shown."""
