"""How a block that is shown differs from the longer one that takes its place."""

from collections.abc import Sequence

from msgspec import Struct

from beatra_desktop.domain.records import replace
from beatra_desktop.ui.chat.blocks import Block, Code, Spans, Style, Text


class Growth(Struct, frozen=True):
    """Take `removed` UTF-16 units away from the end, then append `added`."""

    removed: int
    added: Spans


def text_growth(before: Text, after: Text) -> Growth | None:
    """The change from `before` to `after`; None when it is not at the end alone."""
    if (before.place, before.level) != (after.place, after.level):
        return None
    kept = common(before.spans, after.spans)
    old, new = before.spans[kept:], after.spans[kept:]
    if any(span.has(Style.MATH) for span in (*old, *new)):
        return None
    if old and new and (old[0].style, old[0].href) == (new[0].style, new[0].href):
        same = common(old[0].text, new[0].text)
        old = (replace(old[0], text=old[0].text[same:]), *old[1:])
        new = (replace(new[0], text=new[0].text[same:]), *new[1:])
    removed = sum(units(span.text) for span in old)
    return Growth(removed, tuple(span for span in new if span.text))


def code_run(blocks: Sequence[Block]) -> list[Code]:
    """The code at the beginning of `blocks` with the parts that go on from it."""
    run: list[Code] = []
    for block in blocks:
        if not isinstance(block, Code) or (run and (block.is_first or run[-1].is_cut)):
            break
        run.append(block)
    return run


def common(one: Sequence[object], other: Sequence[object]) -> int:
    """How many elements both begin with."""
    if one == other[: len(one)]:
        return len(one)
    pairs = enumerate(zip(one, other, strict=False))
    # most are the very same, which is told at once
    differing = (i for i, (left, right) in pairs if left is not right and left != right)
    return next(differing, len(other))


def units(text: str) -> int:
    """Its length as Qt counts it."""
    return len(text) if text.isascii() else len(text) + sum(map("\uffff".__lt__, text))
