"""The installed pair of Python and PySide6 keeps the reference counts of None and True.

PySide6 6.12.0 drops one for every emitted signal; before Python 3.12, where these objects are
counted, that ends the process after some hundred of them.
"""

import os
import subprocess
import sys
from typing import Final

HAMMER: Final = """
import sys
from PySide6.QtCore import QCoreApplication, QObject, Signal

class Source(QObject):
    happened = Signal()

app = QCoreApplication([])
source = Source()
source.happened.connect(lambda: None)
before = sys.getrefcount(True), sys.getrefcount(None)
for _ in range(3_000):
    source.happened.emit()
for _ in range(60_000):
    app.processEvents()
after = sys.getrefcount(True), sys.getrefcount(None)
if min(after) < min(before) - 100:
    sys.exit(f"counts fell from {before} to {after}")
"""


def test_emitting_and_calling_do_not_wear_out_constants() -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    hammered = subprocess.run(
        [sys.executable, "-c", HAMMER], env=environment, capture_output=True, text=True
    )
    assert (hammered.returncode, hammered.stderr) == (0, "")
