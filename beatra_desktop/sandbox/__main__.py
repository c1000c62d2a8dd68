"""`python -m beatra_desktop.sandbox`: serve the beatra API locally until told to stop."""

import os
import sys
from typing import NoReturn

from beatra_desktop.sandbox.launch import CannotStartError, serve
from beatra_desktop.sandbox.options import parse_options

EXIT_UNUSABLE = 2


def main() -> NoReturn:
    """Exit 0 when stopped, 2 with one sentence when the port or the folder cannot be used."""
    options = parse_options()
    try:
        serve(options)
        status = 0
    except CannotStartError as error:
        sys.stderr.write(f"{error}\n")
        status = EXIT_UNUSABLE
    sys.stdout.flush()
    sys.stderr.flush()
    # An ordinary exit would wait for songs in the making; a new start makes them again.
    os._exit(status)


if __name__ == "__main__":
    main()
