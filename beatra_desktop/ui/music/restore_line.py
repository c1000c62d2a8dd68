"""The line that offers a draft another song took the place of."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from beatra_desktop.ui.buttons import Button, IconButton
from beatra_desktop.ui.icons import Icon
from beatra_desktop.ui.labels import Text
from beatra_desktop.ui.styling import Variant


class RestoreLine(QWidget):
    bring_back_requested = Signal()
    forget_requested = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bring_back = Button(self.tr("Bring it back"), variant=Variant.LINK)
        self.forget = IconButton(Icon.CLOSE, self.tr("Forget the earlier draft"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(self.tr("Your earlier draft was set aside."), size="small"), stretch=1)
        row.addWidget(self.bring_back)
        row.addWidget(self.forget)
        self.bring_back.clicked.connect(self.bring_back_requested)
        self.forget.clicked.connect(self.forget_requested)
