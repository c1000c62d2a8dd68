"""The choice of the model that answers."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from beatra_desktop.domain.catalog import Catalog, Label
from beatra_desktop.domain.chat import AUTO_MODEL
from beatra_desktop.ui.buttons import Button
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.styling import Variant


class ModelPicker(Button):
    """Shows the model in use; `picked(model_id)` when the user takes another one."""

    picked = Signal(str)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("", variant=Variant.GHOST, icon=Icon.SPARKLES, parent=parent)
        self._catalog = Catalog()
        self._model_id = AUTO_MODEL
        self._menu = QMenu(self)
        self._menu.setAccessibleName(self.tr("Models"))
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._on_triggered)
        self.clicked.connect(self.open_menu)
        self._refresh()

    def set_catalog(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._refresh()

    def set_model(self, model_id: str) -> None:
        self._model_id = model_id
        self._refresh()

    def open_menu(self) -> None:
        """Open upwards: the picker sits at the lower edge of the window."""
        height = self._menu.sizeHint().height()
        self._menu.popup(self.mapToGlobal(QPoint(0, -height)))

    def _refresh(self) -> None:
        name = self._name(self._model_id)
        self.setText(name)
        self.setAccessibleName(self.tr("Model: %1").replace("%1", name))
        self.setToolTip(self.tr("The model that answers (Ctrl+Shift+M)"))
        self._menu.clear()
        self._add(AUTO_MODEL, self.tr("Auto (the service chooses)"))
        self._menu.addSeparator()
        for model in self._catalog.chat_models:
            preview = self.tr("  · Preview") if model.label is Label.PREVIEW else ""
            self._add(model.id, f"{model.name}{preview}")
        known = {AUTO_MODEL, *(model.id for model in self._catalog.chat_models)}
        if self._model_id not in known:
            self._add(self._model_id, self._model_id)

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
