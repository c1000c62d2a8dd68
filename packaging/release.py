"""Makes what is unreleased a release: version, changelog, and the notes software centres show.

    python3 packaging/release.py 0.2.0

The changelog is the only place where notes are written.
"""

import argparse
import re
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final
from xml.sax.saxutils import escape

ROOT: Final = Path(__file__).resolve().parents[1]
VERSION_FILE: Final = "beatra_desktop/__init__.py"
CHANGELOG: Final = "CHANGELOG.md"
METAINFO: Final = "packaging/linux/ai.beatra.Desktop.metainfo.xml"
UNRELEASED: Final = "## Unreleased\n"
_VERSION: Final = re.compile(r"\d+\.\d+\.\d+")


def main() -> int:
    parser = argparse.ArgumentParser(description="Make what is unreleased a release.")
    parser.add_argument("version", help="by semantic versioning, such as 0.2.0")
    version = parser.parse_args().version
    if not _VERSION.fullmatch(version):
        sys.stderr.write(f"{version} is no version such as 0.2.0\n")
        return 2
    release(ROOT, version, datetime.now(UTC).date())
    return 0


def release(root: Path, version: str, day: date) -> None:
    """Write the three files. Raises ValueError when there is nothing unreleased."""
    changelog = (root / CHANGELOG).read_text("utf-8")
    notes = bullets(changelog)
    if not notes:
        raise ValueError(f"{CHANGELOG} has no notes under “Unreleased”")
    heading = f"{UNRELEASED}\n## {version}, {day.isoformat()}\n"
    (root / CHANGELOG).write_text(changelog.replace(UNRELEASED, heading, 1), "utf-8")
    source = (root / VERSION_FILE).read_text("utf-8")
    told = re.sub(r'__version__ = "[^"]+"', f'__version__ = "{version}"', source)
    (root / VERSION_FILE).write_text(told, "utf-8")
    metainfo = (root / METAINFO).read_text("utf-8")
    (root / METAINFO).write_text(with_release(metainfo, version, day, notes), "utf-8")


def bullets(changelog: str) -> list[str]:
    """The notes that are not released yet, each in one line."""
    part = changelog.partition(UNRELEASED)[2].partition("\n## ")[0]
    found = re.findall(r"^- (.+(?:\n  .+)*)", part, re.MULTILINE)
    return [re.sub(r"\s+", " ", each) for each in found]


def with_release(metainfo: str, version: str, day: date, notes: list[str]) -> str:
    lines = "".join(f"          <li>{escape(note)}</li>\n" for note in notes)
    entry = (
        f'    <release version="{version}" date="{day.isoformat()}">\n      <description>\n'
        f"        <ul>\n{lines}        </ul>\n      </description>\n    </release>\n"
    )
    known = re.compile(
        rf'    <release version="{re.escape(version)}".*?(?:/>|</release>)\n', re.DOTALL
    )
    return known.sub("", metainfo).replace("<releases>\n", f"<releases>\n{entry}", 1)


if __name__ == "__main__":
    sys.exit(main())
