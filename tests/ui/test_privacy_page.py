"""Looking for new versions, from the settings to the notice, with a real file on a real server."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices

from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.settings.privacy_page import PrivacyPage
from tests.release_file import release_file
from tests.ui.windows import filled_window


class _Browser(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp: object) -> Iterator[_Browser]:
    made = _Browser()
    QDesktopServices.setUrlHandler("https", made, "open")  # type: ignore[arg-type]  # stubs err
    yield made
    QDesktopServices.unsetUrlHandler("https")


def _enter(page: PrivacyPage, address: str) -> None:
    page.address.setText(address)
    page.address.editingFinished.emit()


def test_a_new_version_is_looked_for_when_wanted_and_leads_to_its_notes(
    run_on_qt: Any, open_bench: Any, browser: _Browser
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            window = filled_window(bench.services)
            dialog = window.interior.dialogs.open_settings()
            dialog.show_privacy()
            page, settings = dialog.privacy, bench.services.settings.settings
            assert not page.checks.isChecked()
            assert not page.check_now.isEnabled()
            page.checks.click()
            assert settings.value.checks_for_updates
            assert "Enter the address" in page.error.text
            with release_file() as file:
                _enter(page, file.address)
                assert page.error.text == ""
                assert settings.value.update_url == file.address
                page.check_now.click()
                assert page.state.text() == "Looking…"
                await bench.until(lambda: page.state.text() == "Version 9.1.0 is there.")
                page.notes.click()
                [row] = window.interior.notice_bar.rows
                assert row.stays_ms is None
                assert "9.1.0" in row.accessibleName()
                show = next(b for b in row.findChildren(Button) if b.text() == "Show release notes")
                show.click()
                assert browser.opened == ["https://example.com/notes"] * 2
                file.body = b'{"version": "0.0.1"}'
                page.check_now.click()
                await bench.until(lambda: "nothing newer" in page.state.text())
                file.body = b"<html>"
                page.check_now.click()
                await bench.until(lambda: "nothing newer" not in page.state.text())
                await bench.until(lambda: page.state.text() != "Looking…")
                assert page.notes.isHidden()
            dialog.close()
            window.deleteLater()

    run_on_qt(work)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("http://example.com/latest.json", "https://"),
        ("https://me:pass@example.com/x", "name and password"),
        ("https://example.com/x?user=me", "Take everything from the ?"),
        ("latest", "not a web address"),
    ],
)
def test_an_address_that_may_not_be_asked_is_named_and_changes_nothing(
    run_on_qt: Any, open_bench: Any, address: str, words: str
) -> None:
    async def work() -> None:
        async with open_bench(ready=False) as bench:
            page = PrivacyPage(bench.services.settings, bench.services.updates)
            _enter(page, address)
            assert words in page.error.text
            assert page.address.text() == address
            assert bench.services.settings.settings.value.update_url == ""
            page.deleteLater()

    run_on_qt(work)
