"""What is heard of an answer, however it arrives."""

import pytest

from beatra_desktop.ui.chat.spoken_answer import (
    CodeHeard,
    FormulaHeard,
    Heard,
    SpokenAnswer,
    TableHeard,
    heard_of,
)

ANSWER = """# A title
**Dr. Lee** paid 3.50, see [the page](https://example.com/a.b). Then *it* rained!

1. First. It has `two.words`
2. Second[^1]
- [x] done

> quoted

```python
a = 1

b = 2
```

| a | b |
|---|---|
| 1 | 2 |
| 3 | 4 |

$$x^2$$

你好。再见。

The end

[^1]: A note."""
HEARD: list[Heard] = [
    "A title",
    "Dr. Lee paid 3.50, see the page.",
    "Then it rained!",
    "1. First.",
    "It has two.words",
    "2. Second",
    "done",
    "quoted",
    CodeHeard(3),
    TableHeard(2),
    FormulaHeard(),
    "你好。",
    "再见。",
    "The end",
    "1 A note.",
]


@pytest.mark.parametrize("step", [1, 5, 23, 10_000])
def test_signs_are_stripped_and_nothing_is_said_twice(step: int) -> None:
    answer = SpokenAnswer()
    ends = range(step, len(ANSWER) + step, step)
    heard = [each for end in ends for each in answer.feed(ANSWER[:end])]
    assert heard + answer.finish() == HEARD == heard_of(ANSWER)


def test_a_sentence_is_given_as_soon_as_the_next_one_begins() -> None:
    answer = SpokenAnswer()
    assert answer.feed("It is over.") == []
    assert answer.feed("It is over. B") == ["It is over."]
    assert answer.feed("It is over. But") == []


def test_a_long_table_and_long_code_are_counted_whole() -> None:
    code = "```\n" + "line\n" * 900 + "```\n"
    table = "| a |\n|---|\n" + "| 1 |\n" * 70
    assert heard_of(code + "\n" + table) == [CodeHeard(900), TableHeard(70)]
