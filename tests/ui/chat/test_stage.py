from collections.abc import Callable, Sequence
from typing import Any

from beatra_desktop.domain.chat import Message
from beatra_desktop.ui.chat.stage import Stage

SHORT = "A word or two."
LONG = "Some words of a long answer. " * 700


def kept(stage: Stage, messages: Sequence[Message]) -> int:
    """How many of them still have a view after each was seen."""
    for message in messages:
        stage.view(message)
    return sum(stage.known(message.id) is not None for message in messages)


def test_views_are_kept_by_what_they_cost(reader: Callable[..., Any], message: Any) -> None:
    stage = reader(640, 400).transcript._stage
    assert 4 <= kept(stage, [message(LONG) for _ in range(12)]) < 10
    assert kept(stage, [message(SHORT) for _ in range(60)]) == 60


def test_all_that_is_seen_at_once_has_room(reader: Callable[..., Any], message: Any) -> None:
    """Else it would be made again in each frame, and the transcript never be at rest."""
    talk = [message(LONG), message(LONG), *message.exchanges(8), message(LONG), message(LONG)]
    small = reader(640, 4_000)
    small.show(*talk)
    for row, offset in ((1, 0), (2, -1_000)):  # the first makes the whole of it, as does the end
        small.transcript._reading.go_to(row, offset)
        small.transcript._settle()
        small.settle()
    assert None not in (small.top_of(talk[1]), small.top_of(talk[-2]))
    assert all(small.transcript._stage.known(each.id) is not None for each in talk)
