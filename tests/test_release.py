"""A release: one changelog, from which version and release notes follow."""

import runpy
import shutil
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from beatra_desktop import __version__

ROOT: Final = Path(__file__).resolve().parents[1]
DAY: Final = date(2027, 1, 31)


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "packaging" / "release.py"))


@pytest.fixture
def checkout(script: dict[str, Any], tmp_path: Path) -> Path:
    for name in ("VERSION_FILE", "CHANGELOG", "METAINFO"):
        target = tmp_path / script[name]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / script[name], target)
    return tmp_path


def releases(root: Path, script: dict[str, Any]) -> list[ElementTree.Element]:
    return ElementTree.parse(root / script["METAINFO"]).getroot().findall("releases/release")


def test_software_centres_know_the_version_of_the_code(script: dict[str, Any]) -> None:
    assert releases(ROOT, script)[0].get("version") == __version__


def test_a_release_moves_the_notes_and_tells_them_everywhere(
    checkout: Path, script: dict[str, Any]
) -> None:
    changelog = checkout / script["CHANGELOG"]
    changelog.write_text(
        "# Changelog\n\n## Unreleased\n\n### Added\n\n- Songs & tags,\n  in two lines.\n- More.\n"
        "\n## 0.1.0, 2026-12-01\n\n- Old.\n"
    )
    script["release"](checkout, "9.8.7", DAY)
    assert '__version__ = "9.8.7"' in (checkout / script["VERSION_FILE"]).read_text()
    assert "## Unreleased\n\n## 9.8.7, 2027-01-31\n\n### Added" in changelog.read_text()
    newest = releases(checkout, script)[0]
    assert (newest.get("version"), newest.get("date")) == ("9.8.7", "2027-01-31")
    assert [li.text for li in newest.iter("li")] == ["Songs & tags, in two lines.", "More."]


def test_the_same_version_again_takes_the_place_of_the_first(
    checkout: Path, script: dict[str, Any]
) -> None:
    before = len(releases(checkout, script))
    script["release"](checkout, __version__, DAY)
    assert len(releases(checkout, script)) == before


def test_nothing_unreleased_is_no_release(checkout: Path, script: dict[str, Any]) -> None:
    (checkout / script["CHANGELOG"]).write_text(
        "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\n- Old.\n"
    )
    with pytest.raises(ValueError, match="no notes"):
        script["release"](checkout, "9.8.7", DAY)
    assert "9.8.7" not in (checkout / script["VERSION_FILE"]).read_text()
