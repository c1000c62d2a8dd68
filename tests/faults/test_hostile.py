"""The small run of the hostile input campaign: each attack twice."""

from pathlib import Path

from tests.faults.campaign import assert_kept, parametrize
from tests.faults.hostile import CAMPAIGN


@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path, qapp: object) -> None:
    assert_kept(CAMPAIGN, number, tmp_path)
