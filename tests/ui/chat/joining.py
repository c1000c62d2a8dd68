"""Blocks as they were before long code was cut for the sake of its layout."""

from beatra_desktop.ui.chat.blocks import Block, Code


def joined(blocks: list[Block]) -> list[Block]:
    """The blocks with the parts of one code block put together again."""
    result: list[Block] = []
    for block in blocks:
        last = result[-1] if result else None
        if isinstance(block, Code) and isinstance(last, Code) and not block.is_first:
            text = f"{last.text}\n{block.text}"
            result[-1] = Code(last.place, last.language, text, is_last=block.is_last)
        else:
            result.append(block)
    return result
