from decimal import Decimal

import pytest

from beatra_desktop.domain.catalog import Model
from beatra_desktop.domain.quotes import COPIES, quote

SUNO = Model(id="suno-5.5", name="Suno", unit_credits="80.0000", clips_per_task=2)


def test_the_total_is_the_services_price_times_the_songs() -> None:
    found = quote(SUNO, 4)
    assert (found.total, found.clips) == (Decimal(320), 8)
    assert quote(SUNO, COPIES.start).total == Decimal(80)


@pytest.mark.parametrize("amount", [None, "", "much", "NaN", "Infinity"])
def test_a_price_nobody_tells_is_unknown_and_not_zero(amount: str | None) -> None:
    found = quote(Model(id="m", name="m", unit_credits=amount), 3)
    assert found.total is None
    assert found.clips is None
    assert quote(None, 3).total is None


def test_fractions_of_a_credit_add_up_exactly() -> None:
    assert quote(Model(id="m", name="m", unit_credits="0.1"), 3).total == Decimal("0.3")
