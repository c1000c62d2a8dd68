"""Runs the benchmarks, prints one table and writes `build/bench.json`."""

import json
import os
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = ROOT / "build" / "bench.json"


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path[0] = str(ROOT)  # run by path, its folder would be there instead
    from rich.console import Console

    from beatra_desktop.__main__ import load_quickly, qt_version

    qt_version()
    load_quickly()  # as the app does: signals cost more without it

    from beatra_desktop.ui import theme
    from beatra_desktop.ui.application import Application
    from tests.benchmarks import benches, options, report, table

    known = benches.all_benches()
    asked = options.parse(sys.argv[1:], [bench.name for bench in known])
    application = Application([])
    theme.install(application)
    theme.dress(application)
    found = []
    for bench in known:
        if bench.name in (asked.benches or [bench.name]):
            print(f"{bench.name} … ", end="", file=sys.stderr, flush=True)
            found.append(report.measure(bench, asked))
            print(f"{found[-1].seconds:.0f} s", file=sys.stderr, flush=True)
            _write(report.as_json(found))
    Console(width=table.WIDTH).print(table.report(found))
    print(f"written to {REPORT}")
    return 0


def _write(found: dict[str, object]) -> None:
    """After each bench: one that fails late costs no more than its own figures."""
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(found, indent=2, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
