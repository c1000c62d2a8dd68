"""A canary key goes everywhere the app goes, and may be found nowhere but in memory and keyring."""

from collections.abc import Iterator
from typing import Final

from tests.faults import secrets_app, secrets_redirects
from tests.faults.campaign import Campaign, Case, Verdict

APP_EVERY: Final = 9
"""One of so many cases starts the whole app; the others lead single calls away."""


def run(case: Case) -> Iterator[Verdict]:
    part = secrets_app if case.number % APP_EVERY == 0 else secrets_redirects
    yield from part.run(case)


CAMPAIGN: Final = Campaign(name="secrets", run=run, large=216, small=3)
