"""What the small runs of campaigns share."""

import pytest
from PySide6.QtWidgets import QApplication

from beatra_desktop.ui.application import Application


@pytest.fixture(scope="session")
def qapp_cls() -> type[QApplication]:
    """There is one application for each process of tests: it has to be of the app's own kind."""
    return Application
