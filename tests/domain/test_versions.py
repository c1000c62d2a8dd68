"""Which version is newer; held against the library that packages are sorted by."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from packaging.version import Version

from beatra_desktop.domain.versions import is_newer, parse_version

NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)
STAGES = st.sampled_from(("", "", "a1", "b2", "rc1", "rc2"))
VERSIONS = st.builds(lambda numbers, stage: f"{numbers}{stage}", NUMBERS, STAGES)


@settings(deadline=None)
@given(VERSIONS, VERSIONS)
def test_versions_are_ordered_as_packages_are(one: str, other: str) -> None:
    assert is_newer(one, other) is (Version(one) > Version(other))


@pytest.mark.parametrize(
    ("offered", "current", "newer"),
    [
        ("0.2.0", "0.1.0", True),
        ("v0.10", "0.9.9", True),
        ("1.0", "1.0.0", False),
        ("1.0.0", "1.0.0-rc.1", True),
        ("1.0.0-beta.2", "1.0.0-beta.1", True),
        ("1.0.0.dev1", "1.0.0", False),
        ("0.1.0", "0.2.0", False),
    ],
)
def test_newer_is_newer(offered: str, current: str, newer: bool) -> None:
    assert is_newer(offered, current) is newer


@pytest.mark.parametrize(
    "text", ["", "latest", "1.2.3.4.5", "1..2", "1.0+x", "-1", "1" * 9, "１.２"]
)
def test_what_is_no_version_is_newer_than_nothing(text: str) -> None:
    assert parse_version(text) is None
    assert not is_newer(text, "0.0.1")
