"""Runs the benchmarks, prints their rows and writes `build/bench.json`."""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.benchmarks.options import Options
    from tests.benchmarks.rows import Row

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = ROOT / "build" / "bench.json"


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))  # run by path, its folder would be there instead
    from tests.benchmarks.options import parse

    found = []
    for row in _rows(parse(sys.argv[1:])):
        goal = f"   goal {row.goal}" if row.goal else ""
        print(f"{row.value:12.2f} {row.unit:4} {row.name}{goal}", flush=True)
        found.append(asdict(row))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(found, indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"written to {REPORT}")
    return 0


def _rows(options: "Options") -> Iterator["Row"]:
    from beatra_desktop.ui import theme
    from beatra_desktop.ui.application import Application
    from tests.benchmarks import (
        bench_activity,
        bench_opening,
        bench_pipeline,
        bench_queue,
        bench_storage,
        bench_transcript,
        bench_transfers,
    )

    application = Application([])
    theme.install(application)
    benches = {
        "streaming": lambda: bench_transcript.rows(options),
        "blocks": lambda: bench_transcript.block_rows(options),
        "pipeline": lambda: bench_pipeline.rows(options, application),
        "opening": lambda: bench_opening.rows(options),
        "storage": lambda: iter(bench_storage.rows()),
        "transfers": lambda: bench_transfers.rows(options),
        "activity": lambda: bench_activity.rows(options),
        "queue": lambda: bench_queue.rows(options),
    }
    for name in options.benches:
        yield from benches[name]()


if __name__ == "__main__":
    sys.exit(main())
