"""The driven app (see `tests/e2e/drive.py`) that also knows what the campaign for secrets asks."""

import sys

from tests.e2e import drive
from tests.faults import secrets_actions

__all__ = ["secrets_actions"]

if __name__ == "__main__":
    sys.exit(drive.main())
