"""The app under a soak, loaded as the program itself loads it; run as a module."""

import sys

import PySide6.QtCore  # noqa: F401  # what loads quickly is a setting of its own

from beatra_desktop.__main__ import load_quickly


def main() -> int:
    load_quickly()
    from tests.faults import soak_play  # all of the app

    return soak_play.main()


if __name__ == "__main__":
    sys.exit(main())
