"""The choice of the model that answers."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from beatra_desktop.domain.catalog import Catalog, Reading
from beatra_desktop.domain.chat import AUTO_MODEL
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.ui import command_keys
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.chat.model_entries import ModelEntry, name_of
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant
from beatra_desktop.ui.subscriptions import subscribe
from beatra_desktop.ui.tips import tip

if TYPE_CHECKING:
    from beatra_desktop.ui.chat.model_popover import ModelPopover

MINIMUM_PX: Final = 72
_ELIDED: Final = Qt.TextElideMode.ElideRight
_WITH_MNEMONIC: Final = Qt.TextFlag.TextShowMnemonic.value


class ModelPicker(Button):
    """Shows the model in use; `picked(model_id)` when the user takes another one.

    A name too long for its place ends in …, and is the tooltip in full. With `nothing` no model
    can be chosen too: that is its name, and an empty id.
    """

    picked = Signal(str)
    opened = Signal()

    def __init__(
        self, *, nothing: str = "", command: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__("", variant=Variant.GHOST, icon=Icon.SPARKLES, parent=parent)
        self._catalog = Catalog()
        self._reading = Reading.DONE
        self._command = command
        self._nothing = ModelEntry(id="", name=nothing) if nothing else None
        self._model_id = "" if nothing else AUTO_MODEL
        self._popover: ModelPopover | None = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_models)
        command_keys.notifier().changed.connect(self._show_name)
        self._show_name()

    @property
    def models(self) -> "ModelPopover":
        """The list, as `open_models` filled it last; made when it is first wanted."""
        if self._popover is None:
            from beatra_desktop.ui.chat.model_popover import ModelPopover

            self._popover = ModelPopover(parent=self)
            self._popover.picked.connect(self.picked)
        return self._popover

    def follow(self, profiles: ProfilesService) -> None:
        """Show what the active profile offers, and have it read again when the list is opened."""
        subscribe(self, profiles.catalog.changed, self.set_catalog)
        subscribe(self, profiles.reading.changed, self.set_reading)
        self.opened.connect(profiles.refresh_catalog)
        self.set_catalog(profiles.catalog.value)
        self.set_reading(profiles.reading.value)

    def set_catalog(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._show_name()

    def set_reading(self, reading: Reading) -> None:
        self._reading = reading
        self._refresh()

    def set_model(self, model_id: str) -> None:
        self._model_id = model_id
        self._show_name()

    def open_models(self) -> None:
        """Open upwards: the picker sits at the lower edge of the window."""
        self._fill(self.models)
        self.models.popup_above(self)
        self.opened.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(MINIMUM_PX, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        missing = max(0, self.sizeHint().width() - self.width())
        metrics = self.fontMetrics()
        room = metrics.size(_WITH_MNEMONIC, self.text()).width() - missing
        option.text = metrics.elidedText(self.text(), _ELIDED, room, _WITH_MNEMONIC)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _show_name(self) -> None:
        name = self._name()
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(self.tr("Model: {name}").format(name=name))
        hint = self.tr("The model that answers")
        known = command_keys.text_of(self._command)
        keys = f" ({known})" if known else ""
        self.setToolTip(tip(f"{name}\n{hint}{keys}"))
        self._refresh()

    def _name(self) -> str:
        if not self._model_id and self._nothing is not None:
            return self._nothing.name
        return name_of(self._catalog, self._model_id)

    def _refresh(self) -> None:
        """Hundreds of models are not put into a list that nobody sees."""
        if self._popover is not None and self._popover.isVisible():
            self._fill(self._popover)

    def _fill(self, popover: "ModelPopover") -> None:
        popover.show_models(self._catalog, chosen=self._model_id, leading=self._nothing)
        popover.show_reading(self._reading, models=len(self._catalog.chat_models))
