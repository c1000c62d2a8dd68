"""Kills the whole app, at random and around each commit, send, receive and rename, and looks.

A case is a few lives in one data folder, each cut short by SIGKILL, and a last one in which all
that was left comes to its end. Then database, disk and the sandbox's journal are compared with
what the lives were seen to do. In every other case the service outlives the app, as a real one
does; in the others the sandbox is the app's own and must end with it.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import nullcontext
from typing import Final

from tests.faults.campaign import Campaign, Case, Verdict
from tests.faults.crash_evidence import Evidence
from tests.faults.crash_life import Home, Service, live, service
from tests.faults.crash_oracle import CHECKS
from tests.faults.crash_plan import last_life, lives

SMALL: Final = 6
MOST_KILLS: Final = 9
SANDBOX: Final = ("--speed", "40", "--seed", "1")


def run(case: Case) -> Iterator[Verdict]:
    random = case.random
    # The first ones are in the test suite, which has little time.
    kills = 1 if case.number < SMALL else random.randint(3, MOST_KILLS)
    for name in ("home", "files"):
        (case.folder / name).mkdir()
    outside = service(case.folder / "service", SANDBOX) if case.number % 2 else nullcontext()
    with outside as served:
        home = Home(folder=case.folder, service=served or Service(), sandbox=SANDBOX)
        for life in (*lives(random, case.number, kills), last_life()):
            ending = live(home, life)
            yield Verdict(promise="starts again", kind=ending.kind, problem=ending.problem)
            if ending.problem:
                return
    evidence = Evidence(home.data_dir, home.sandbox_dir, home.files, home.sights)
    yield from _verdicts(evidence, f"after {kills} kills")


def _verdicts(evidence: Evidence, kind: str) -> Iterator[Verdict]:
    problems: defaultdict[str, list[str]] = defaultdict(list)
    for promise, check in CHECKS:
        problems[promise] += check(evidence)
    for promise, found in problems.items():
        yield Verdict(promise=promise, kind=kind, problem="\n".join(found))


CAMPAIGN: Final = Campaign(name="crash", run=run, large=100, small=SMALL)
