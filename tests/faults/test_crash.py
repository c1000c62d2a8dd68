"""The small run of the crash campaign."""

from pathlib import Path

import pytest

from tests.faults.campaign import assert_kept, parametrize
from tests.faults.crash import CAMPAIGN


@pytest.mark.timeout(240)
@parametrize(CAMPAIGN)
def test_promises_are_kept(number: int, tmp_path: Path) -> None:
    assert_kept(CAMPAIGN, number, tmp_path)
