import pytest

from beatra_desktop.ui.transfer.imported_text import imported_text


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ({}, "No chat was imported."),
        ({"imported": "1"}, "1 chat is imported."),
        ({"imported": "120"}, "120 chats are imported."),
        ({"imported": "2", "here": "1"}, "2 chats are imported. 1 was already here."),
        ({"here": "3"}, "Nothing is new. All 3 chats are already here."),
        ({"here": "1"}, "Nothing is new. The chat is already here."),
        (
            {"imported": "2", "failed": "1", "reason": "it has no messages {n}"},
            "2 chats are imported. 1 could not be read (it has no messages {n}).",
        ),
        (
            {"imported": "2", "stopped": "yes"},
            "2 chats are imported. You stopped it; import the file again to go on.",
        ),
    ],
)
def test_the_summary_says_what_became_of_the_chats(counts: dict[str, str], sentence: str) -> None:
    assert imported_text(counts) == sentence
