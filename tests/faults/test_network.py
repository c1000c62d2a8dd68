"""Each kind of fault once; `./run.py faults network` tries them everywhere."""

from pathlib import Path

from tests.faults.campaign import assert_kept, parametrize
from tests.faults.network import CAMPAIGN


@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path) -> None:
    assert_kept(CAMPAIGN, number, tmp_path)
