"""Run the benchmarks named on the command line, or all of them, and print one table each."""

from __future__ import annotations

import sys
from importlib import import_module

BENCHMARKS = ("deals", "configure", "papers", "prices", "window", "pauses")


def main(names: list[str]) -> int:
    """Print the tables; exit 2 for a name that is no benchmark."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        print(f"There is no benchmark {unknown[0]!r}; there are: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    for name in names or BENCHMARKS:
        import_module(f"tests.bench.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
