"""The app ends without a word while something is written, chosen or deleted in its chats."""

from pathlib import Path
from typing import Any, Final

HOUR: Final = 3600
CRAWL: Final = ("--speed", "0.5", "--seed", "1")
POSTS: Final = {"method": "POST", "path": "/chat/completions"}


def until_row(app: Any, data_dir: Path, where: str, *words: object) -> None:
    """Wait until a conversation like that is on disk."""
    sql = f"SELECT 1 FROM conversations WHERE {where}"
    app.do("until_row", database=str(data_dir / "beatra.db"), sql=sql, words=words)


def talk(app: Any, text: str) -> list[str]:
    """Ask in a new chat; the texts on show once the answer is complete."""
    app.do("ask", text=text)
    return texts(app.do("until_answered", number=2))


def texts(messages: list[dict[str, Any]]) -> list[str]:
    return [message["text"] for message in messages]


def connected(app: Any) -> Any:
    app.do("connect")
    return app


def test_what_is_queued_while_an_answer_streams_waits_for_the_user(
    start: Any, data_dir: Path
) -> None:
    app = connected(start(sandbox=CRAWL))
    app.do("ask", text="Write 9000 words about lamps", model="sandbox-writer")
    app.do("streamed", characters=1)
    app.do("say", text="echo: and wicks")
    until_row(app, data_dir, "queued = ?", "echo: and wicks")
    app.kill()
    again = connected(start())
    assert [m["status"] for m in again.do("conversation")] == ["complete", "incomplete"]
    assert again.do("written")["queue"] == "Waits for you: echo: and wicks"
    assert len(again.do("received", **POSTS)) == 1
    again.do("press", text="Send now", within="chat")
    assert again.do("until_answered", number=4)[2]["text"] == "echo: and wicks"
    assert again.do("written")["queue"] == ""
    assert len(again.do("received", **POSTS)) == 2
    assert again.quit() == 0


def test_what_was_queued_stays_when_the_answer_comes_after_the_restart(
    start: Any, data_dir: Path
) -> None:
    app = connected(start())
    fault = {"path": "/v1/chat/*", "action": {"delay_seconds": HOUR}}
    app.do("admin", method="POST", path="faults", body=fault)
    app.do("ask", text="echo: lamps")
    app.do("received", **POSTS)
    app.do("say", text="echo: and wicks")
    until_row(app, data_dir, "queued = ?", "echo: and wicks")
    app.kill()
    again = connected(start())
    assert texts(again.do("until_answered", number=2)) == ["echo: lamps", "lamps"]
    assert again.do("written")["queue"] == "Waits for you: echo: and wicks"
    posts = again.do("received", **POSTS)
    assert (len(posts), len({post["idempotency_key"] for post in posts})) == (2, 1)
    assert again.quit() == 0


def test_a_half_edited_question_and_the_draft_beside_it_survive(start: Any, data_dir: Path) -> None:
    app = connected(start())
    talk(app, "echo: lamps")
    app.do("write", text="what else")
    app.do("press_on_question", key="F2")
    assert app.do("written")["text"] == "echo: lamps"
    app.do("write", text="echo: lan")
    until_row(app, data_dir, "draft = ? AND edit LIKE ?", "what else", "%echo: lan%")
    app.kill()
    again = connected(start())
    assert again.do("written") == {
        "text": "echo: lan",
        "draft": "what else",
        "is_edit": True,
        "queue": "",
    }
    again.do("say", text="terns")
    assert texts(again.do("until_answered", number=2)) == ["echo: lanterns", "lanterns"]
    assert again.do("version") == [2, 2]
    assert again.do("draft") == "what else"
    assert again.quit() == 0


def test_an_edited_questions_branch_and_the_version_on_show_survive(
    start: Any, data_dir: Path
) -> None:
    app = connected(start())
    talk(app, "echo: lamps")
    app.do("press_on_question", key="F2")
    app.do("write", text="echo: wicks")
    app.do("say", text="")
    newer = app.do("until_answered", number=2)
    assert texts(newer) == ["echo: wicks", "wicks"]
    until_row(app, data_dir, "head_id = ? AND edit IS NULL", newer[1]["id"])
    app.kill()
    again = connected(start())
    assert again.do("conversation") == newer
    assert again.do("version") == [2, 2]
    again.do("press_on_question", key="Left", alt=True)
    older = again.do("conversation")
    assert texts(older) == ["echo: lamps", "lamps"]
    until_row(again, data_dir, "head_id = ?", older[1]["id"])
    again.kill()
    last = connected(start())
    assert last.do("conversation") == older
    assert last.do("version") == [1, 2]
    assert len(last.do("received", **POSTS)) == 2
    assert last.quit() == 0


def test_a_deleted_chat_lies_in_the_trash_after_a_restart_and_comes_back(
    start: Any, data_dir: Path
) -> None:
    app = connected(start())
    kept = talk(app, "echo: lamps")
    app.do("write", text="what else")
    app.do("press_in_sidebar", key="Delete")
    until_row(app, data_dir, "deleted_at IS NOT NULL AND draft = ?", "what else")
    app.kill()
    again = connected(start())
    assert again.do("conversation") == []
    again.do("press", text="Trash  1", within="sidebar")
    again.do("press", text="Restore", within="sidebar")
    again.do("press", text="Back to the chats", within="sidebar")
    again.do("open_chat", title="echo: lamps")
    assert texts(again.do("conversation")) == kept
    assert again.do("draft") == "what else"
    assert again.quit() == 0


def test_falling_back_to_auto_asks_once_more_under_a_key_of_its_own(start: Any) -> None:
    app = connected(start())
    app.do("fall_back_to_auto")
    actions = ({"error": {"code": "model_unavailable"}}, {"delay_seconds": HOUR})
    rules = [
        {"path": "/v1/chat/*", "nth": nth, "action": action}
        for nth, action in enumerate(actions, start=1)
    ]
    app.do("admin", method="POST", path="faults", body=rules)
    app.do("ask", text="echo: lamps", model="sandbox-echo")
    app.do("until_received", number=2, **POSTS)
    app.kill()
    again = connected(start())
    [_, answer] = again.do("until_answered", number=2)
    assert (answer["text"], answer["model_asked"]) == ("lamps", "auto")
    first, second, third = (post["idempotency_key"] for post in again.do("received", **POSTS))
    assert (second, third) == (answer["idempotency_key"],) * 2
    assert first != second
    assert again.quit() == 0


def test_an_unknown_model_gives_way_to_auto_once(start: Any) -> None:
    app = connected(start())
    app.do("fall_back_to_auto")
    app.do("ask", text="echo: lamps", model="gpt-9")
    [_, answer] = app.do("until_answered", number=2)
    assert (answer["status"], answer["text"]) == ("complete", "lamps")
    first, second = (post["idempotency_key"] for post in app.do("received", **POSTS))
    assert first != second == answer["idempotency_key"]
    assert app.quit() == 0
