"""The sandbox's program in a bundle."""

from beatra_desktop.sandbox.__main__ import main

main()
