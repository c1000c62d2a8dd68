"""Runs the campaigns in full, prints one table and writes `build/faults.json`."""

import argparse
import importlib
import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.faults.campaign import Campaign, Verdict
    from tests.faults.report import Tally

ROOT: Final = Path(__file__).parents[2]
REPORT: Final = ROOT / "build" / "faults.json"
CAMPAIGNS: Final = sorted(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if "\nCAMPAIGN: Final" in path.read_text("utf-8")
)
CASES_PER_LINE: Final = 10
Told = tuple[int, "list[Verdict]"]


def main(arguments: Sequence[str]) -> int:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    # Run by path, its folder would be there instead, with modules named like Python's own.
    sys.path[0] = str(ROOT)
    os.environ["PYTHONPATH"] = str(ROOT)
    from tests.faults.report import table

    options = _parse(arguments)
    tallies = [_tally(name, options) for name in options.campaigns or CAMPAIGNS]
    print(table(tallies))
    REPORT.parent.mkdir(exist_ok=True)
    found = [vars(tally) for tally in tallies]
    REPORT.write_text(json.dumps(found, indent=2, ensure_ascii=False), encoding="utf-8")
    print(f"written to {REPORT}")
    return int(any(tally.broken.total() for tally in tallies))


def _parse(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run.py faults", description=__doc__)
    parser.add_argument("campaigns", nargs="*", metavar="CAMPAIGN", help=", ".join(CAMPAIGNS))
    parser.add_argument("--seed", type=int, default=1, help="draws other cases")
    parser.add_argument("--cases", type=int, help="so many instead of the full number")
    parser.add_argument("--first", type=int, default=0, help="begin with the one of this number")
    parser.add_argument("--case", type=int, help="only the one with this number")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="at a time")
    options = parser.parse_args(arguments)
    if unknown := set(options.campaigns) - set(CAMPAIGNS):
        parser.error(f"there is no {', '.join(sorted(unknown))}")
    return options


def _tally(name: str, options: argparse.Namespace) -> "Tally":
    from tests.faults.report import Tally

    tally = Tally(campaign=name, seed=options.seed)
    started = time.monotonic()
    for done, (number, verdicts) in enumerate(_told(_campaign(name), options), start=1):
        tally.add(verdicts)
        if done % CASES_PER_LINE == 0:
            print(f"{name}: {done} cases, {tally.broken.total()} broken", flush=True)
        for verdict in verdicts:
            if verdict.problem:
                print(f"BROKEN {name} --seed {options.seed} --case {number}: {verdict}", flush=True)
    print(f"{name}: {tally.tried.total()} verdicts, {time.monotonic() - started:.0f} s", flush=True)
    return tally


def _told(campaign: "Campaign", options: argparse.Namespace) -> Iterator[Told]:
    last = options.first + (options.cases or campaign.large - options.first)
    numbers = range(options.first, last) if options.case is None else [options.case]
    jobs = options.jobs if campaign.side_by_side else 1
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(run_case, campaign.name, options.seed, each) for each in numbers]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except KeyboardInterrupt:  # those that run come to their end, what was told is reported
            pool.shutdown(wait=False, cancel_futures=True)


def run_case(name: str, seed: int, number: int) -> Told:
    """One case in a folder of its own; whatever it raises is told as a broken promise."""
    from tests.faults.campaign import Case, Verdict

    with tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True) as folder:
        case = Case(seed=seed, number=number, folder=Path(folder))
        try:
            return number, list(_campaign(name).run(case))
        except Exception:  # noqa: BLE001  # a case that fails to end must not end the campaign
            problem = traceback.format_exc()
            return number, [Verdict(promise="cases end", kind="raised", problem=problem)]


def _campaign(name: str) -> "Campaign":
    found: Campaign = importlib.import_module(f"tests.faults.{name}").CAMPAIGN
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
