"""Which model makes the song, and what it costs."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatra_desktop.domain.catalog import Catalog, Label, Model
from beatra_desktop.domain.music import Route
from beatra_desktop.domain.music_rules import AUTO
from beatra_desktop.domain.observable import ReadOnlyValue
from beatra_desktop.ui import format, theme
from beatra_desktop.ui.fields import Select
from beatra_desktop.ui.labels import Badge, Text
from beatra_desktop.ui.styling import Tone
from beatra_desktop.ui.subscriptions import subscribe


class ModelField(QWidget):
    """`changed` when the user picks another model, and when the catalogue says something new."""

    changed = Signal()

    def __init__(self, catalog: ReadOnlyValue[Catalog], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._model_id = AUTO
        self.select = Select(self.tr("Model"))
        self.badge = Badge("")
        self._note = Text(tone=Tone.SECONDARY, size="small")
        note = QHBoxLayout()
        note.setSpacing(theme.GRID)
        note.addWidget(self._note, stretch=1)
        note.addWidget(self.badge)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(self.select)
        column.addLayout(note)
        self.select.activated.connect(self._on_activated)
        subscribe(self, catalog.changed, self._on_catalog)
        self._refresh()

    @property
    def model_id(self) -> str:
        return self._model_id

    @property
    def model(self) -> Model | None:
        """What the catalogue says of the chosen model; None of `auto` and what it does not list."""
        return self._catalog.value.model(self._model_id)

    def candidates(self, route: Route) -> tuple[Model, ...]:
        """The models one of which makes the song, as far as the catalogue lists them."""
        if self._model_id != AUTO:
            return () if self.model is None else (self.model,)
        known = self._catalog.value.music_models
        return tuple(m for m in known if not m.capabilities or route.capability in m.capabilities)

    @property
    def name(self) -> str:
        return self.select.currentText()

    def choose(self, model_id: str) -> None:
        """A model the catalogue does not list stays chosen: the service decides."""
        self._model_id = model_id
        self._refresh()

    def _refresh(self) -> None:
        with QSignalBlocker(self.select):
            self.select.clear()
            self.select.addItem(self.tr("Auto"), AUTO)
            for model in self._catalog.value.music_models:
                self.select.addItem(model.name, model.id)
            if self.select.findData(self._model_id) < 0:
                self.select.addItem(self._model_id, self._model_id)
            self.select.choose(self._model_id)
        self._describe(self.model)

    def _describe(self, model: Model | None) -> None:
        label = model.label if model is not None else None
        self.badge.setVisible(label in (Label.PREVIEW, Label.PLANNED))
        if label is not None:
            text = self.tr("Preview") if label is Label.PREVIEW else self.tr("Planned")
            self.badge.set(text, tone=Tone.WARNING)
        self._note.setText(self._words(model))
        self._note.setVisible(bool(self._note.text()))

    def _words(self, model: Model | None) -> str:
        if self._model_id == AUTO:
            return self.tr("The service picks a model; the price is that model's.")
        if model is None:
            return self.tr("The catalogue does not list this model. You can still ask for it.")
        price = format.credits(model.unit_credits) if model.unit_credits else ""
        clips = model.clips_per_task
        made = (
            (self.tr("one clip") if clips == 1 else self.tr("%n clips", "", clips)) if clips else ""
        )
        return " · ".join(filter(None, (price, made)))

    def _on_activated(self, row: int) -> None:
        self.choose(str(self.select.itemData(row)))
        self.changed.emit()

    def _on_catalog(self, _catalog: Catalog) -> None:
        self._refresh()
        self.changed.emit()
