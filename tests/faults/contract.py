"""The description of the contract against the sandbox, by schemathesis in all its phases."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from tests.e2e.app_process import PATIENCE_SECONDS, ROOT, home_environment
from tests.faults.campaign import Campaign, Case, Verdict

DESCRIPTION: Final = ROOT / "tests" / "sandbox" / "openapi.yaml"
COMMAND: Final = "from schemathesis.cli import schemathesis; schemathesis()"
# A description can't tell the rules between fields: what looks valid may be refused.
UNFIT_CHECKS: Final = "positive_data_acceptance"
PHASES: Final = ("examples,fuzzing", "coverage", "stateful", "fuzzing,stateful")
EXAMPLES: Final = 40
SCENARIOS: Final[Mapping[str, tuple[Any, ...]]] = {
    "strict": (False, True),
    "invalid_request_status": (422, 400),
    "cancel_scenario": ("normal", "completes", "conflict"),
    "task_outcome": ("succeeds", "fewer_clips", "provider_error", "provider_timeout"),
}
"""What the contract leaves open or tells of twice, as the sandbox's own switches."""
_TESTED: Final = re.compile(r"Tested:\s+(\d+)")
_CASES: Final = re.compile(r"(\d+) generated")
OPERATIONS: Final = 11


def run(case: Case) -> Iterator[Verdict]:
    """Every answer fits, every refusal is one, and nothing is a failure of the server."""
    phases = PHASES[case.number % len(PHASES)]
    random = case.random
    switches = {name: random.choice(values) for name, values in SCENARIOS.items()}
    with _sandbox(case.folder) as ready:
        _set(ready["admin_url"], {"clip_seconds": 0.1, **switches})
        done = _schemathesis(ready, case.folder, phases=phases, seed=random.randrange(10**6))
    tested, generated = _TESTED.search(done.stdout), _CASES.search(done.stdout)
    problem = done.stdout + done.stderr if done.returncode else ""
    if phases != "stateful" and (tested is None or int(tested[1]) != OPERATIONS):
        problem += f"\nnot all of {OPERATIONS} operations were tried"
    count = generated[1] if generated else "no"
    words = ", ".join(str(value) for value in switches.values())
    kind = f"{phases} ({words}): {count} requests"
    yield Verdict(promise="the contract holds", kind=kind, problem=problem)


def _schemathesis(
    ready: Mapping[str, str], folder: Path, *, phases: str, seed: int
) -> "subprocess.CompletedProcess[str]":
    options = {
        "--url": ready["base_url"],
        "--header": f"Authorization: Bearer {ready['api_key']}",
        "--phases": phases,
        "--checks": "all",
        "--exclude-checks": UNFIT_CHECKS,
        "--max-examples": str(EXAMPLES),
        "--seed": str(seed),
    }
    words = [word for option in options.items() for word in option]
    return subprocess.run(
        [sys.executable, "-c", COMMAND, "run", str(DESCRIPTION), *words],
        capture_output=True, text=True, check=False, cwd=folder,
    )  # fmt: skip


@contextmanager
def _sandbox(folder: Path) -> Iterator[Mapping[str, str]]:
    command = [sys.executable, "-m", "beatra_desktop.sandbox", "--parent-pipe"]
    server = subprocess.Popen(
        [*command, "--speed", "100000", "--data-dir", str(folder / "data")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=home_environment(folder),
        cwd=ROOT,
    )
    assert server.stdout is not None, "opened as a pipe"
    try:
        yield json.loads(server.stdout.readline())
    finally:
        server.communicate(timeout=PATIENCE_SECONDS)


def _set(admin_url: str, switches: Mapping[str, Any]) -> None:
    request = urllib.request.Request(f"{admin_url}/settings", method="POST")
    request.data = json.dumps(switches).encode()
    request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):
        """It answers once they are set."""


CAMPAIGN: Final = Campaign(name="contract", run=run, large=12, small=0)
