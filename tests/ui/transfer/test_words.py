from string import Formatter

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.transfer import ExportWords
from beatra_desktop.ui.transfer.words import export_words

BLANKS = {
    "begun": {"date"}, "exported": {"date"}, "failed": {"reason"}, "branch": {"number", "of"},
    "branch_from": {"message"}, "picture": {"text"},
}  # fmt: skip


def test_every_word_is_there_with_the_blanks_it_promises() -> None:
    words = export_words()
    for name in ExportWords.__struct_fields__:
        if name == "reason":
            continue
        text = getattr(words, name)
        assert text
        assert {blank for _, blank, _, _ in Formatter().parse(text) if blank} == BLANKS.get(
            name, set()
        )


def test_a_reason_is_the_title_of_the_failure_and_tells_no_details() -> None:
    failure = Failure(code=FailureCode.INVALID_REQUEST, server_message="secret", detail="secret")
    assert export_words().reason(failure) == "The service did not understand the request."
