from decimal import Decimal

import pytest

from beatra_desktop.domain.catalog import Model
from beatra_desktop.domain.quotes import COPIES, quote

SUNO = Model(id="suno-5.5", name="Suno", unit_credits="80.0000", clips_per_task=2)


def test_the_total_is_the_services_price_times_the_songs() -> None:
    found = quote([SUNO], 4)
    assert (found.total, found.clips) == (Decimal(320), 8)
    assert quote([SUNO], COPIES.start).total == Decimal(80)


@pytest.mark.parametrize("amount", [None, "", "much", "NaN", "Infinity"])
def test_a_price_nobody_tells_is_unknown_and_not_zero(amount: str | None) -> None:
    found = quote([Model(id="m", name="m", unit_credits=amount)], 3)
    assert (found.least, found.total) == (None, None)
    assert found.clips is None
    assert quote([], 3).total is None


def test_fractions_of_a_credit_add_up_exactly() -> None:
    assert quote([Model(id="m", name="m", unit_credits="0.1")], 3).total == Decimal("0.3")


def test_of_several_models_all_prices_are_known_or_none() -> None:
    cheap = Model(id="mini", name="Mini", unit_credits="50.0000", clips_per_task=1)
    found = quote([SUNO, cheap], 2)
    assert (found.least, found.total) == (Decimal(100), Decimal(160))
    assert found.clips is None
    assert quote([SUNO, Model(id="m", name="m")], 2).total is None
