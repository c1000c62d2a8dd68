"""psygnal is loaded without a search for its version."""

import subprocess
import sys

LOAD = """
import sys
import beatra_desktop.psygnal_loading
assert "psygnal" in sys.modules
assert not any(name.startswith("importlib.metadata") for name in sys.modules)
from importlib.metadata import version
assert version("psygnal")
"""


def test_what_it_would_search_with_is_loaded_by_whoever_needs_it() -> None:
    subprocess.run([sys.executable, "-c", LOAD], check=True)
