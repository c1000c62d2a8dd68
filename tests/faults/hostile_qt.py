"""A Qt application and a typesetter for cases that need them, and a witness of what is fetched."""

import importlib
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from beatra_desktop.services.highlight import CodeKey, LineRanges
from beatra_desktop.ui.chat.background import BackgroundCache
from beatra_desktop.ui.chat.formulas import Drawing, FormulaKey
from beatra_desktop.ui.chat.look import current_look
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.typesetter import Typesetter


@cache
def application() -> QApplication:
    """The one of this process; a test has made it already, of the app's own kind."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        importlib.import_module("ziamath.zmath")
    found = QApplication.instance()
    return found if isinstance(found, QApplication) else QApplication([])


@contextmanager
def typesetter() -> Iterator[Typesetter]:
    """Formulas stay source and code stays plain: both have attacks of their own."""
    application()
    drawings: BackgroundCache[FormulaKey, Drawing] = BackgroundCache(_refused, lambda _: None)
    highlights: BackgroundCache[CodeKey, LineRanges] = BackgroundCache(_refused, lambda _: None)
    try:
        yield Typesetter(current_look(zoom=1.0, ratio=1.0), drawings, highlights)
    finally:
        drawings.close()
        highlights.close()


def _refused(_key: object) -> Any:
    raise ValueError("not in this case")


def finished(document: MessageDocument, text: str) -> MessageDocument:
    """The document once it has read all of a text and is laid out."""
    document.set_width(700)
    document.update(text, is_final=True)
    while document._is_behind:
        document.advance()
    assert document.height >= 0
    return document


class Witness:
    """Hears of each connection to an address on this machine, and each resource Qt looks for."""

    def __init__(self) -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen()
        self._socket.setblocking(False)
        self.host = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def visitors(self) -> int:
        QApplication.processEvents()
        count = 0
        while True:
            try:
                self._socket.accept()[0].close()
            except BlockingIOError:
                return count
            count += 1

    def close(self) -> None:
        self._socket.close()


def pictures(document: QTextDocument) -> list[str]:
    """The names of pictures that a document would look for."""
    names = []
    for each in document.allFormats():
        if each.isImageFormat() and not each.toImageFormat().name().startswith("formula:"):
            names.append(each.toImageFormat().name())
    return names


def has_resource(document: QTextDocument, address: str) -> bool:
    kind = QTextDocument.ResourceType.ImageResource.value
    return document.resource(kind, QUrl(address)) is not None
