"""The choice of the model that answers."""

from typing import Final

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPaintEvent
from PySide6.QtWidgets import (
    QMenu,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from beatra_desktop.domain.catalog import Catalog, Label
from beatra_desktop.domain.chat import AUTO_MODEL
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant

MINIMUM_PX: Final = 72
_ELIDED: Final = Qt.TextElideMode.ElideRight
_WITH_MNEMONIC: Final = Qt.TextFlag.TextShowMnemonic.value


class ModelPicker(Button):
    """Shows the model in use; `picked(model_id)` when the user takes another one.

    A name too long for its place ends in …, and is the tooltip in full.
    """

    picked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", variant=Variant.GHOST, icon=Icon.SPARKLES, parent=parent)
        self._catalog = Catalog()
        self._model_id = AUTO_MODEL
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Models"))
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open_menu)
        self._show_name()

    @property
    def models(self) -> QMenu:
        """The menu, as `open_menu` filled it last."""
        return self._menu

    def set_catalog(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._show_name()

    def set_model(self, model_id: str) -> None:
        self._model_id = model_id
        self._show_name()

    def open_menu(self) -> None:
        """Open upwards: the picker sits at the lower edge of the window."""
        self._fill()
        height = self._menu.sizeHint().height()
        self._menu.popup(self.mapToGlobal(QPoint(0, -height)))

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
        name = self._name(self._model_id)
        self.setText(name.replace("&", "&&"))
        self.setAccessibleName(self.tr("Model: {name}").format(name=name))
        hint = self.tr("The model that answers (Ctrl+Shift+M)")
        self.setToolTip(f"{name}\n{hint}")

    def _fill(self) -> None:
        self._menu.clear()
        self._add(AUTO_MODEL, self.tr("Auto (the service chooses)"))
        self._menu.addSeparator()
        for model in self._catalog.chat_models:
            preview = self.tr("  · Preview") if model.label is Label.PREVIEW else ""
            self._add(model.id, f"{model.name}{preview}")
        known = {AUTO_MODEL, *(model.id for model in self._catalog.chat_models)}
        if self._model_id not in known:
            self._add(self._model_id, self._name(self._model_id))

    def _add(self, model_id: str, text: str) -> None:
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setData(model_id)
        action.setCheckable(True)
        action.setChecked(model_id == self._model_id)
        self._group.addAction(action)

    def _name(self, model_id: str) -> str:
        if model_id == AUTO_MODEL:
            return self.tr("Auto")
        model = self._catalog.model(model_id)
        return model.name if model is not None else model_id

    def _on_triggered(self, action: QAction) -> None:
        self.picked.emit(str(action.data()))
