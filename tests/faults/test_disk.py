"""The disk campaign in small."""

from pathlib import Path

from tests.faults.campaign import assert_kept, parametrize
from tests.faults.disk import CAMPAIGN


@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path) -> None:
    assert_kept(CAMPAIGN, number, tmp_path)
