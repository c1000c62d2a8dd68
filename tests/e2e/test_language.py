"""Another language is chosen while the app runs."""

from typing import Any


def test_the_window_goes_on_in_another_language(start: Any) -> None:
    app = start()
    app.do("connect")
    app.do("ask", text="echo: the lamps are lit")
    app.do("answer")
    app.do("write", text="not sent yet")
    english = app.do("words")
    assert english["settings"] == "Settings"
    app.do("choose_language", language="zh_CN")
    chinese = app.do("words")
    assert chinese["settings"] == "设置"
    assert "文件(&F)" in chinese["menus"]
    assert chinese["conversation"] == english["conversation"]
    assert app.do("draft") == "not sent yet"
    assert [message["text"] for message in app.do("conversation")][1] == "the lamps are lit"
    app.do("ask", text="echo: still here")
    assert app.do("answer")["text"] == "still here"
    assert app.quit() == 0
    again = start()
    assert again.do("words")["settings"] == "设置"
    again.do("choose_language", language="en")
    assert again.do("words")["settings"] == "Settings"
    assert again.quit() == 0


def test_an_answer_goes_on_while_the_language_changes(start: Any) -> None:
    app = start(sandbox=("--speed", "4", "--seed", "1"))
    app.do("connect")
    app.do("ask", text="Write a few words about lamps")
    app.do("choose_language", language="zh_CN")
    assert app.do("words")["settings"] == "设置"
    answer = app.do("answer")
    assert answer["status"] == "complete"
    assert app.quit() == 0
