"""What the services say was charged, summed up where it lies."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

import msgspec

from beatra_desktop.domain.activity import ChargesBy, ChargeSum
from beatra_desktop.domain.music import Billing
from beatra_desktop.storage.codec import milliseconds
from beatra_desktop.storage.database import Database

_DAY: Final = "date({at} / 1000, 'unixepoch', 'localtime')"
_ANSWERS_BY: Final[Mapping[ChargesBy, str]] = MappingProxyType(
    {
        ChargesBy.DAY: _DAY.format(at="asked_at"),
        ChargesBy.PROFILE: "profile_id",
        ChargesBy.MODEL: "model",
    }
)
_SONGS_BY: Final[Mapping[ChargesBy, str]] = MappingProxyType(
    {
        ChargesBy.DAY: _DAY.format(at="created_at"),
        ChargesBy.PROFILE: "profile_id",
        ChargesBy.MODEL: "ifnull(resolved_model, json_extract(prompt, '$.model'))",
    }
)
_PLACES: Final = 9
_WHOLE_DIGITS: Final = 15
"""What is longer before the point is no price, and sums of it would not fit."""
# A decimal text as two whole numbers, which SQLite adds without rounding: it has no decimals.
_WHOLE: Final = "CAST(substr(amount, 1, instr(amount || '.', '.') - 1) AS INTEGER)"
_PART: Final = f"""CAST(substr(
    substr(amount, instr(amount || '.', '.') + 1) || '{"0" * _PLACES}', 1, {_PLACES}
) AS INTEGER)"""
_ANSWERS: Final = f"""
    SELECT name, sum(sign * {_WHOLE}), sum(sign * {_PART}), count(amount), count(*) - count(amount)
    FROM (
        SELECT {{group}} AS name, CASE WHEN credits LIKE '-%' THEN -1 ELSE 1 END AS sign,
        CASE WHEN credits GLOB '*[0-9]*' AND credits NOT GLOB '*[^0-9.-]*'
        AND instr(ltrim(credits, '-') || '.', '.') <= {_WHOLE_DIGITS + 1}
        THEN ltrim(credits, '-') END AS amount
        FROM answer_charges WHERE asked_at >= ?
    ) GROUP BY name
"""
_SONGS: Final = """
    SELECT {group}, billing FROM tasks
    WHERE created_at >= ? AND remote_id IS NOT NULL
"""


class ChargesRepository:
    """Reads on a connection of its own, in whichever thread it is called; raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._reader = database.reader()

    def sums(self, by: ChargesBy, *, since: datetime) -> list[ChargeSum]:
        """What was charged for answers and songs asked for from a moment on, by name.

        Exact to nine places; a figure that is no plain decimal counts as not told.
        """
        limits = (milliseconds(since),)
        sums: dict[str, ChargeSum] = {}
        for found in (*self._answers(by, limits), *self._songs(by, limits)):
            sums[found.name] = _added(sums.get(found.name), found)
        return [sums[name] for name in sorted(sums, reverse=by is ChargesBy.DAY)]

    def _answers(self, by: ChargesBy, limits: Sequence[Any]) -> Iterator[ChargeSum]:
        sql = _ANSWERS.format(group=_ANSWERS_BY[by])
        for name, whole, part, priced, unpriced in self._reader.rows(sql, limits):
            net = Decimal(whole or 0) + Decimal(part or 0).scaleb(-_PLACES)
            yield ChargeSum(name=name or "", charged=net, net=net, priced=priced, unpriced=unpriced)

    def _songs(self, by: ChargesBy, limits: Sequence[Any]) -> Iterator[ChargeSum]:
        sql = _SONGS.format(group=_SONGS_BY[by])
        for name, billing in self._reader.rows(sql, limits):
            yield _song(name or "", billing)


def _song(name: str, stored: str | None) -> ChargeSum:
    billing = msgspec.json.decode(stored, type=Billing) if stored else Billing()
    charged = amount(billing.charged_credits)
    refunded = amount(billing.refunded_credits) or Decimal(0)
    net = amount(billing.net_charged_credits)
    if charged is None and net is None:
        return ChargeSum(name=name, unpriced=1)
    if net is None:
        net = (charged or Decimal(0)) - refunded
    if charged is None:
        charged = net + refunded
    return ChargeSum(name=name, charged=charged, refunded=refunded, net=net, priced=1)


def amount(text: str | None) -> Decimal | None:
    """A service's figure; None when it gave none that is one."""
    try:
        value = Decimal(text) if text else None
    except InvalidOperation:
        return None
    is_told = value is not None and value.is_finite() and value.adjusted() < _WHOLE_DIGITS
    return value if is_told else None


def _added(known: ChargeSum | None, more: ChargeSum) -> ChargeSum:
    if known is None:
        return more
    return ChargeSum(
        name=known.name,
        charged=known.charged + more.charged,
        refunded=known.refunded + more.refunded,
        net=known.net + more.net,
        priced=known.priced + more.priced,
        unpriced=known.unpriced + more.unpriced,
    )
