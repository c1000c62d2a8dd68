"""The socket tests once more on httpx2, the maintained fork of httpx with the same interface."""

import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

# The alias must be in place before anything, a conftest included, imports httpx.
RUN: Final = """
import sys
import httpx2
httpx2.alias_httpx()
import pytest
code = pytest.main([*sys.argv[1:], "-q", "-p", "no:cacheprovider", "-k", "not memory",
                    "-W", "ignore:Module already imported"])
import httpx
assert httpx.AsyncClient.__module__ == "httpx2"
sys.exit(code)
"""
SOCKET_TESTS: Final = ("test_transport.py", "test_chat.py", "test_uploads.py", "test_artifacts.py")


def test_the_client_runs_on_httpx2_as_well() -> None:
    pytest.importorskip("httpx2")
    here = Path(__file__).parent
    files = [str(here / name) for name in SOCKET_TESTS]
    done = subprocess.run(
        [sys.executable, "-c", RUN, *files],
        cwd=here.parents[1],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
