"""The benchmarks: each figure next to its limit, measured in the same run on the same PostgreSQL. See docs/bench.md."""
