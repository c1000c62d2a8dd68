"""Messages for the user that belong to no record on show."""

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import new_id
from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel
from beatra_desktop.domain.observable import ReadOnlyRecords, Records
from beatra_desktop.domain.records import replace


class Notices:
    """Notices stay until the user dismisses them; the same one is not shown twice."""

    def __init__(self) -> None:
        self._notices: Records[Notice] = Records()

    @property
    def notices(self) -> ReadOnlyRecords[Notice]:
        return self._notices

    def tell(
        self,
        code: NoticeCode,
        *,
        level: NoticeLevel = NoticeLevel.INFO,
        failure: Failure | None = None,
        **parameters: str,
    ) -> None:
        notice = Notice(id=new_id(), level=level, code=code, parameters=parameters, failure=failure)
        if not any(replace(shown, id=notice.id) == notice for shown in self._notices):
            self._notices.append(notice)

    def warn(self, failure: Failure) -> None:
        self.tell(NoticeCode.FAILURE, level=NoticeLevel.WARNING, failure=failure)

    def bug(self, error: BaseException, where: str) -> None:
        failure = Failure(code=FailureCode.BUG, subject=where, detail=type(error).__name__)
        self.tell(NoticeCode.BUG, level=NoticeLevel.ERROR, failure=failure)

    def withdraw(self, code: NoticeCode, **parameters: str) -> None:
        """Take back what no longer holds: every notice of this code with these parameters."""
        stale = [
            notice.id
            for notice in self._notices
            if notice.code is code and parameters.items() <= notice.parameters.items()
        ]
        for notice_id in stale:
            self._notices.remove(notice_id)

    def dismiss(self, notice_id: str) -> None:
        if notice_id in self._notices:
            self._notices.remove(notice_id)
