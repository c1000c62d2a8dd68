"""Runs every benchmark, prints its rows and writes `build/bench.json`."""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = ROOT / "build" / "bench.json"


def main() -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))  # run by path, its folder would be there instead
    from tests.benchmarks import bench_storage, bench_transcript

    found = []
    for bench in (bench_transcript.rows, bench_storage.rows):
        for row in bench():
            print(f"{row.value:12.2f} {row.unit:4} {row.name}", flush=True)
            found.append(asdict(row))
    REPORT.parent.mkdir(exist_ok=True)
    REPORT.write_text(json.dumps(found, indent=2), encoding="utf-8")
    print(f"written to {REPORT}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
