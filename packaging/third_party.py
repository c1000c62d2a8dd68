"""Lists whose work a package holds: name, licence and home of all that is locked for the app.

    .venv/bin/python packaging/third_party.py

Licence texts come from the installed packages themselves; those of Qt lie in resources/licences.
"""

import json
import re
from importlib import metadata
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
TARGET: Final = ROOT / "resources" / "licences" / "third_party.json"
ELSEWHERE: Final = {
    "pywin32-ctypes": ("BSD-3-Clause", "https://github.com/enthought/pywin32-ctypes"),
}
"""What is installed on other systems only."""
IN_WORDS: Final = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause",
}
HOME_LABELS: Final = ("homepage", "source", "source code", "repository", "code", "home")


def main() -> None:
    found = [described(name) for name in locked()]
    TARGET.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")


def locked() -> list[str]:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    return sorted(set(re.findall(r"^([A-Za-z0-9_.-]+)==", text, re.MULTILINE)), key=str.lower)


def described(name: str) -> dict[str, str]:
    if name in ELSEWHERE:
        licence, home = ELSEWHERE[name]
        return {"name": name, "licence": licence, "home": home}
    words = metadata.distribution(name).metadata
    return {"name": words["Name"], "licence": licence_of(words), "home": home_of(words)}


def licence_of(words: Any) -> str:
    """As an SPDX expression where the package says one."""
    kinds = [
        line.rpartition(" :: ")[2]
        for line in words.get_all("Classifier") or ()
        if line.startswith("License ::")
    ]
    said = words.get("License-Expression") or words.get("License") or ", ".join(kinds)
    return IN_WORDS.get(said, said)


def home_of(words: Any) -> str:
    links = dict(line.split(", ", 1) for line in words.get_all("Project-URL") or ())
    by_label = {label.lower(): link for label, link in links.items()}
    known = [by_label[label] for label in HOME_LABELS if label in by_label]
    return str(words.get("Home-page") or next(iter(known), ""))


if __name__ == "__main__":
    main()
