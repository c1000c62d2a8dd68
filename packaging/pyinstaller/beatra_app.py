"""The app's program in a bundle."""

import sys

from beatra_desktop.__main__ import main

sys.exit(main())
