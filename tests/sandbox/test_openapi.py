"""The sandbox held against the description of the contract, with requests nobody thought of."""

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from tests.sandbox.conftest import Launch

DESCRIPTION: Final = Path(__file__).with_name("openapi.yaml")
CASES_PER_OPERATION: Final = 20
# A description can't tell the rules between fields: what looks valid may be refused.
UNFIT_CHECKS: Final = "positive_data_acceptance"
COMMAND: Final = "from schemathesis.cli import schemathesis; schemathesis()"


def test_it_serves_what_the_description_says(start: "Launch", tmp_path: Path) -> None:
    """Answers, statuses, headers and refusals, over examples and random requests."""
    sandbox = start("--data-dir", str(tmp_path / "data"), "--speed", "100000")
    sandbox.set(clip_seconds=0.1)
    options = {
        "--url": sandbox.base_url,
        "--header": f"Authorization: Bearer {sandbox.api_key}",
        "--phases": "examples,fuzzing",
        "--checks": "all",
        "--exclude-checks": UNFIT_CHECKS,
        "--max-examples": str(CASES_PER_OPERATION),
        "--seed": "1",
    }
    words = [word for option in options.items() for word in option]
    result = subprocess.run(
        [sys.executable, "-c", COMMAND, "run", str(DESCRIPTION), *words],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert result.returncode == 0, result.stdout
    assert "Tested: 11" in result.stdout
