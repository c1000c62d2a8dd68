"""Where the parameters of a request are chosen; an empty field leaves them to the service."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from beatra_desktop.domain.chat import Parameters
from beatra_desktop.ui import theme
from beatra_desktop.ui.chat import parameter_text as meaning
from beatra_desktop.ui.chat.parameter_text import Meant
from beatra_desktop.ui.fields import Field
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.music.form_field import TextField
from beatra_desktop.ui.music.text_box import TextBox
from beatra_desktop.ui.styling import Tone

STOP_LINES: Final = range(2, 6)


class ParameterFields(QWidget):
    """`typed` with every change; `changed` when what is typed means something else than before."""

    typed = Signal()
    changed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.temperature = self._line(self.tr("Temperature, 0 to 2"))
        self.top_p = self._line(self.tr("Top-p, 0 to 1"))
        self.max_tokens = self._line(self.tr("Longest answer, in tokens"))
        self.seed = self._line(self.tr("Seed"))
        stops = TextBox(
            self.tr("Stop sequences"),
            placeholder=self.tr("None. One per line, up to four; \\n stands for a line break."),
            lines=STOP_LINES,
        )
        self.stop = TextField(self.tr("Stop sequences"), stops)
        self.pair = Text(tone=Tone.SECONDARY, size="small")
        self._parameters = Parameters()
        self._lay_out()
        self._connect()
        self._explain_pair()

    @property
    def parameters(self) -> Parameters:
        """What the texts mean; what makes no sense is left to the service."""
        return self._parameters

    @property
    def texts(self) -> Mapping[str, str]:
        """What is typed, by field."""
        return {name: field.text for name, field in self._fields().items()}

    def show_parameters(
        self, parameters: Parameters, texts: Mapping[str, str] | None = None
    ) -> None:
        """Show parameters without telling `changed`.

        `texts` are what was typed for them; used where that still means the same.
        """
        if parameters == self._parameters and texts is None:
            return
        self._set_texts(_texts(parameters))
        if texts is not None:
            plain = self.texts
            self._set_texts(texts)
            if self._read() != parameters:
                self._set_texts(plain)
        self._parameters = self._read()
        self._explain_pair()

    def _line(self, label: str) -> TextField:
        return TextField(label, Field(label, placeholder=self.tr("Left to the service")))

    def _fields(self) -> dict[str, TextField]:
        return {
            "temperature": self.temperature,
            "top_p": self.top_p,
            "max_tokens": self.max_tokens,
            "seed": self.seed,
            "stop": self.stop,
        }

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.GRID)
        grid.setVerticalSpacing(theme.GRID + theme.GRID // 2)
        for column, field in enumerate((self.temperature, self.top_p)):
            grid.addWidget(field, 0, column)
        grid.addWidget(self.pair, 1, 0, 1, 2)
        for column, field in enumerate((self.max_tokens, self.seed)):
            grid.addWidget(field, 2, column)
        grid.addWidget(self.stop, 3, 0, 1, 2)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        for field in self._fields().values():
            field.column.addStretch(1)  # beside one with a hint it stays at the top

    def _connect(self) -> None:
        self.temperature.changed.connect(lambda: self._choose(self.temperature, self.top_p))
        self.top_p.changed.connect(lambda: self._choose(self.top_p, self.temperature))
        for field in (self.max_tokens, self.seed, self.stop):
            field.changed.connect(self._on_changed)

    def _choose(self, chosen: TextField, other: TextField) -> None:
        """Only one of the two goes with a request: the one chosen last takes the other's place."""
        is_temperature = chosen is self.temperature
        meant = (meaning.temperature if is_temperature else meaning.top_p)(chosen.text)
        gone = other.text.strip() if meant.value is not None else ""
        if gone:
            with QSignalBlocker(other):
                other.set_text("")
        self._on_changed()
        if gone or not chosen.text:
            self._explain_pair(gone, is_temperature=not is_temperature)

    def _explain_pair(self, gone: str = "", *, is_temperature: bool = False) -> None:
        rule = self.tr("Only one of the two goes with a request.")
        if not gone:
            self.pair.setText(rule)
            return
        name = self.tr("temperature") if is_temperature else self.tr("top-p")
        words = self.tr("{rule} So {name} {value} was taken out.")
        self.pair.setText(words.format(rule=rule, name=name, value=gone))

    def _on_changed(self) -> None:
        before, self._parameters = self._parameters, self._read()
        self.typed.emit()
        if self._parameters != before:
            self.changed.emit()

    def _read(self) -> Parameters:
        return Parameters(
            temperature=_shown(self.temperature, meaning.temperature(self.temperature.text)),
            top_p=_shown(self.top_p, meaning.top_p(self.top_p.text)),
            max_tokens=_shown(self.max_tokens, meaning.max_tokens(self.max_tokens.text)),
            seed=_shown(self.seed, meaning.seed(self.seed.text)),
            stop=_shown(self.stop, meaning.stops(self.stop.text)),
        ).within_limits()

    def _set_texts(self, texts: Mapping[str, str]) -> None:
        for name, field in self._fields().items():
            with QSignalBlocker(field):
                field.set_text(texts.get(name, ""))


def _texts(parameters: Parameters) -> dict[str, str]:
    """Parameters as one would type them."""
    return {
        "temperature": meaning.number_text(parameters.temperature),
        "top_p": meaning.number_text(parameters.top_p),
        "max_tokens": meaning.number_text(parameters.max_tokens),
        "seed": meaning.number_text(parameters.seed),
        "stop": meaning.stops_text(parameters.stop),
    }


def _shown(field: TextField, meant: Meant[meaning.ValueT]) -> meaning.ValueT:
    """What a text means, with what there is to say about it below the field."""
    field.error.show_error(meant.problem)
    field.show_advice(meant.advice)
    return meant.value
