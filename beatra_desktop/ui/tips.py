"""Tooltips that show what somebody else wrote."""

from PySide6.QtGui import Qt


def tip(text: str) -> str:
    """The text as a tooltip that shows each of its signs.

    Qt takes what looks like HTML for it, and would open the pictures it names.
    """
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
