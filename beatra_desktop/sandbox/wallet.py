"""Prepaid credits: music is charged when created and refunded when it fails (contract §4)."""

from decimal import Decimal
from typing import Final

from beatra_desktop.sandbox.database import Database

START_BALANCE: Final = Decimal("10000.0000")
CREDITS_PER_USD: Final = 1000
FOUR_PLACES: Final = Decimal("0.0001")


def credits_text(amount: Decimal) -> str:
    """Return the wire form of money, e.g. "80.0000"."""
    return str(amount.quantize(FOUR_PLACES))


def usd_reference(amount: Decimal) -> str:
    return credits_text(amount / CREDITS_PER_USD)


class Wallet:
    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def balance(self) -> Decimal:
        stored = self._database.fact("balance")
        return START_BALANCE if stored is None else Decimal(stored)

    def set_balance(self, amount: Decimal) -> None:
        self._database.set_fact("balance", credits_text(amount))

    def can_pay(self, amount: Decimal) -> bool:
        return self.balance >= amount

    def charge(self, amount: Decimal) -> None:
        self.set_balance(self.balance - amount)

    def refund(self, amount: Decimal) -> None:
        self.set_balance(self.balance + amount)
