"""The limit of what may be spent in a day before the app asks."""

from typing import Final

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.settings import cap_text
from beatra_desktop.ui import theme
from beatra_desktop.ui.fields import Field, FieldError
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Tone

WIDTH_PX: Final = 96


class CapField(QWidget):
    """`changed` with a decimal text, or None for no limit; nonsense is named and not stored."""

    changed = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = self.tr("Daily limit in credits")
        self.field = Field(name, placeholder=self.tr("No limit"))
        self._fit()
        theme.notifier().changed.connect(self._fit)
        self.error = FieldError(self.field)
        self.error.show_error("")
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.field)
        row.addWidget(Text(self.tr("credits"), tone=Tone.SECONDARY))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self.error)
        self.field.textEdited.connect(self._on_edited)

    def show_cap(self, cap: str | None) -> None:
        """Show what is stored, unless it is what is being typed."""
        if self._typed() != (True, cap):
            self.field.setText(cap or "")
            self.error.show_error("")

    def _fit(self) -> None:
        self.field.setFixedWidth(theme.scaled(WIDTH_PX))

    def _typed(self) -> tuple[bool, str | None]:
        """Whether it makes sense, and what it means."""
        text = self.field.text().strip()
        plain = text.replace(QLocale().groupSeparator(), "").replace(QLocale().decimalPoint(), ".")
        cap = cap_text(plain)
        return cap is not None or not text, cap

    def _on_edited(self) -> None:
        makes_sense, cap = self._typed()
        wrong = self.tr("Enter a number of credits, such as 500, or nothing for no limit.")
        self.error.show_error("" if makes_sense else wrong)
        if makes_sense:
            self.changed.emit(cap)
