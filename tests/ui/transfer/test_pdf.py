"""Pages that other programs open."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PySide6.QtPdf import QPdfDocument

from beatra_desktop.services.transfer.html import body
from beatra_desktop.services.transfer.tree import Tree
from beatra_desktop.services.transfer.wording import Wording
from beatra_desktop.ui.transfer.pdf import print_pdf
from beatra_desktop.ui.transfer.words import export_words
from tests.services.transfer.trees import answered, said, tree

RICH = """# Heading

- one
- two

```python
x = 1  # code
```

| a | b |
|---|--:|
| cell | 2 |

> quote

with `code`, $x^2$ and ![a picture](https://example.com/x.png)[^1]

[^1]: note
"""


def _printed(found: Tree, folder: Path) -> QPdfDocument:
    """Printed as the service does it: outside of the main thread."""
    parts = body(found, Wording(export_words()), all_branches=True)
    with ThreadPoolExecutor(1) as thread:
        pdf = thread.submit(print_pdf, parts).result()
    path = folder / "chat.pdf"
    path.write_bytes(pdf)
    document = QPdfDocument()
    assert document.load(str(path)) is QPdfDocument.Error.None_
    return document


def _text(document: QPdfDocument, page: int = 0) -> str:
    return document.getAllText(page).text()


@pytest.mark.usefixtures("qapp")
def test_what_the_page_shows_is_on_paper(tmp_path: Path) -> None:
    found = tree(said("a", "Why does it rain?"), answered("b", RICH, after="a", model="m-1"))
    document = _printed(found, tmp_path)
    text = _text(document)
    order = ["Rain", "You", "Why does it rain?", "Answer (m-1)", "Heading", "one", "x = 1",
             "cell", "quote", "Picture: a picture", "note", "Exported from"]  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    document.close()


@pytest.mark.usefixtures("qapp")
def test_a_long_chat_has_all_its_pages(tmp_path: Path) -> None:
    messages = [said("m0", "start")]
    for number in range(1, 60):
        messages.append(answered(f"m{number}", RICH, after=f"m{number - 1}"))
    document = _printed(tree(*messages), tmp_path)
    assert document.pageCount() > 10
    assert "start" in _text(document)
    assert "Exported from" in _text(document, document.pageCount() - 1)
    document.close()


@pytest.mark.usefixtures("qapp")
def test_nothing_said_is_one_page(tmp_path: Path) -> None:
    document = _printed(tree(), tmp_path)
    assert document.pageCount() == 1
    document.close()
