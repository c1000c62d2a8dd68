"""Pages of a chat as PDF, printed in a worker thread from what the HTML export shows."""

import re
from collections.abc import Iterable
from typing import Final

from PySide6.QtCore import QBuffer, QIODevice, QLocale, QMarginsF, QThread
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextBlockFormat, QTextCursor, QTextDocument

from beatra_desktop.services.highlight import LIGHT
from beatra_desktop.ui import theme

BODY_PT: Final = 10
PART_GAP_PX: Final = 20
RESOLUTION_DPI: Final = 300
# Qt's rich text sizes headings by itself, knows no padding, and draws tables its own way.
_DIALECT: Final = tuple(
    (re.compile(pattern, re.DOTALL), replacement)
    for pattern, replacement in (
        (r'<h1 dir="auto">(.*?)</h1>', r'<p class="title">\1</p>'),
        (r'<h2 class="(who|branch)">(.*?)</h2>', r'<p class="\1">\2</p>'),
        (r"<(h[1-6])>(.*?)</\1>", r'<p class="\1">\2</p>'),
        (r"<table>", r'<table class="data" border="0" cellspacing="0" cellpadding="4">'),
        (
            r'<pre class="(?:code|math)">(.*?)</pre>',
            r'<table class="code" width="100%" cellspacing="0" cellpadding="6"><tr><td>'
            r"<pre>\1</pre></td></tr></table>",
        ),
        (r'(<div class="footnote">)(<sup>.*?</sup>)\n<p>', r"\1<p>\2 "),
    )
)
_STYLE: Final = """
p { margin-top: 5px; margin-bottom: 7px; }
.title { font-size: 18pt; font-weight: 600; }
.branch { font-size: 14pt; font-weight: 600; color: #0b6b7c; }
.who { font-weight: 600; color: #0b6b7c; margin-bottom: 2px; }
.h1 { font-size: 15pt; font-weight: 600; margin-top: 14px; }
.h2 { font-size: 13pt; font-weight: 600; margin-top: 12px; }
.h3 { font-size: 11pt; font-weight: 600; margin-top: 10px; }
.h4, .h5, .h6 { font-weight: 600; margin-top: 10px; }
.quiet { color: #5c6267; font-size: 8pt; font-weight: 400; }
.typed { white-space: pre-wrap; }
.note { color: #855600; font-size: 9pt; }
.footnote { color: #5c6267; font-size: 8pt; }
a { color: #0b6b7c; }
blockquote { color: #5c6267; }
code { font-size: 9pt; background-color: #f3f2ee; }
pre { font-size: 8pt; white-space: pre-wrap; margin-top: 0px; margin-bottom: 0px; }
table.code { background-color: #f3f2ee; margin-top: 6px; margin-bottom: 8px; }
table.data { margin-top: 6px; margin-bottom: 8px; }
table.data th { background-color: #f3f2ee; font-weight: 600; }
table.data th, table.data td { border-bottom: 1px solid #c9c5bc; }
"""


def print_pdf(parts: Iterable[str]) -> bytes:
    """A document on the paper of the user's country; to be called outside of the main thread.

    Only Qt's own printing takes long, and it lets the interpreter go. The parts are put in one by
    one, so that nothing else holds up the window either.
    """
    printing = _Printing(parts)
    printing.start()
    printing.wait()
    return printing.pdf


class _Printing(QThread):
    """A thread of Qt's, for the layout of a long document sets timers."""

    def __init__(self, parts: Iterable[str]) -> None:
        super().__init__()
        self._parts = parts
        self.pdf = b""

    def run(self) -> None:
        document = _document(self._parts)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        writer = QPdfWriter(buffer)
        writer.setResolution(RESOLUTION_DPI)
        writer.setPageSize(_paper())
        writer.setPageMargins(QMarginsF())  # printing a document leaves its own
        document.print_(writer)
        self.pdf = bytes(buffer.data().data())
        document.deleteLater()  # by Qt, at the end of the thread: it takes a while


def _paper() -> QPageSize:
    is_american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return QPageSize(QPageSize.PageSizeId.Letter if is_american else QPageSize.PageSizeId.A4)


def _document(parts: Iterable[str]) -> QTextDocument:
    document = QTextDocument()
    document.setUndoRedoEnabled(False)
    font = QFont(theme.body_font())
    font.setPointSize(BODY_PT)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_style())
    cursor = QTextCursor(document)
    gap = QTextBlockFormat()
    gap.setTopMargin(PART_GAP_PX)
    for part in filter(None, parts):
        if not document.isEmpty():
            cursor.insertBlock(gap)
        cursor.insertHtml(_in_dialect(part))
    return document


def _in_dialect(part: str) -> str:
    for pattern, replacement in _DIALECT:
        part = pattern.sub(replacement, part)
    return part


def _style() -> str:
    mono = theme.mono_font().family()
    colours = "".join(f".{kind} {{ color: {colour}; }}\n" for kind, colour in LIGHT.items())
    return f'{_STYLE}pre, code {{ font-family: "{mono}"; }}\n{colours}'
