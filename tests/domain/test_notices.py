from beatra_desktop.domain.notices import Notice, NoticeCode, NoticeLevel


def test_a_notice_needs_no_parameters_and_shares_none() -> None:
    first = Notice(id="1", level=NoticeLevel.INFO, code=NoticeCode.CONVERSATION_DELETED)
    second = Notice(id="2", level=NoticeLevel.INFO, code=NoticeCode.CONVERSATION_DELETED)
    assert dict(first.parameters) == {}
    assert first.parameters is not second.parameters
    assert first.failure is None
