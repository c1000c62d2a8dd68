"""Copying a link into the app."""

from PySide6.QtGui import QGuiApplication

from beatra_desktop.domain.deep_links import DeepLink, LinkTarget


def copy_link(target: LinkTarget, record_id: str) -> None:
    """Put a link that opens the record on the clipboard."""
    QGuiApplication.clipboard().setText(DeepLink(target=target, id=record_id).text)
