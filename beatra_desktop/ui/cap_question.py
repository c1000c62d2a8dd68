"""The question before the daily limit the user set is passed."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.activity import CapQuestion
from beatra_desktop.services import Services
from beatra_desktop.ui import format
from beatra_desktop.ui.question import Question
from beatra_desktop.ui.styling import Variant

NO_MORE: Final = Decimal(0)
"""The estimate for what is counted as on its way already, as songs written offline are."""


def ask_if_needed(
    services: Services,
    estimate: Decimal | None,
    *,
    then: Callable[[], object],
    parent: QWidget,
) -> Question | None:
    """Call `then` at once where no limit stands in the way, otherwise when the user agrees.

    `estimate` is what is about to be spent, in credits, None where the service names no price. The
    question leaves the rest of the window usable; it is returned where there is one.
    """
    passed = services.charges.would_pass(estimate)
    if passed is None:
        then()
        return None
    question = Question(
        QCoreApplication.translate("cap_question", "Go over your limit for today?"),
        lost=words(passed),
        verb=QCoreApplication.translate("cap_question", "Go over it"),
        variant=Variant.PRIMARY,
        parent=parent,
    )
    question.setWindowModality(Qt.WindowModality.NonModal)
    question.confirmed.connect(then)
    services.alerts.note_question(is_open=True)
    question.finished.connect(lambda _: services.alerts.note_question(is_open=False))
    question.show()
    return question


def words(question: CapQuestion) -> str:
    """What is spent or on its way, what comes on top of it, and that nothing has left yet."""
    if question.estimated is None:
        said = _tr(
            "Of your {cap} for today, {spent} are spent or on their way. What this costs is not "
            "known: the service names no price. Nothing was sent yet."
        )
    elif question.estimated == 0:
        said = _tr("With this, {spent} of your {cap} for today are spent. Nothing was sent yet.")
    else:
        said = _tr(
            "Of your {cap} for today, {spent} are spent or on their way, and this is expected to "
            "cost {estimate}. Nothing was sent yet."
        )
    return said.format(
        cap=format.credits(f"{question.cap:f}"),
        spent=format.credits(f"{question.spent:f}"),
        estimate=format.credits(f"{question.estimated or 0:f}"),
    )


def _tr(text: str) -> str:
    return QCoreApplication.translate("cap_question", text)
