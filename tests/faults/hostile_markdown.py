"""Attacks on what answers say: the splitter, the picture of a message, formulas, code, links."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from beatra_desktop.services.highlight import CodeKey, highlight
from beatra_desktop.services.transfer.rich_text import RichText
from beatra_desktop.ui.chat.blocks import Block
from beatra_desktop.ui.chat.clipboard import Part, content
from beatra_desktop.ui.chat.copying import markdown_between
from beatra_desktop.ui.chat.formulas import FormulaKey, typeset
from beatra_desktop.ui.chat.fragments import fragments
from beatra_desktop.ui.chat.links import OPENABLE
from beatra_desktop.ui.chat.markdown import Reader
from beatra_desktop.ui.chat.message_document import MessageDocument
from beatra_desktop.ui.chat.plain_text import plain_text
from beatra_desktop.ui.chat.splitter import Splitter
from tests.faults import hostile_qt
from tests.faults.campaign import Case, Verdict
from tests.faults.hostile_texts import MARKUP, SCHEMES, SHAPES, nasty, with_halves
from tests.faults.hostile_time import ends_within, grows_evenly
from tests.ui.chat.joining import joined

FETCH: Final = "nothing is fetched"
TRUTH: Final = "links tell where they lead"
HARMLESS: Final = "nothing is executed"
SIZE: Final = 20_000
"""Above what is closed in one part, so that ratios tell of the rest."""
WORKER_SECONDS: Final = 6.0
"""Of its own thread; alone on a machine it is a third of that."""
FORMULA_PARTS: Final = (
    "x", "+", "^{", "_{", "}", "{", r"\frac{", r"\sqrt{", r"\left(", r"\right)", r"\hat{", "&",
    r"\\",
    r"\begin{matrix}", r"\end{matrix}", r"\rule{99em}{99em}", r"\hspace{999em}", r"\color{red}",
    r"\textcolor{url(http://a.b)}{x}", r"\text{<script>}", r"\mathrm{", r"\def\a{\a\a}", r"\a",
    "\0",
    r"\href{http://a.b}{x}", r"\includegraphics{/etc/passwd}", "日", "\u202e", "\ud800", r"\tag{1}",
)  # fmt: skip
LANGUAGES: Final = (
    "python", "js", "ts", "tsx", "jsx", "java", "c", "cpp", "csharp", "go", "rust", "ruby", "php",
    "bash", "sql", "html", "css", "json", "yaml", "toml", "markdown", "diff", "tex", "kotlin",
    "perl",
)  # fmt: skip
CODE_PARTS: Final = (
    "a", " ", "\t", "\n", "(", "{", "[", "<", '"', "'", "\\", "`", "/*", "#", "$", "a ", "a(", "a.",
    "a=", "a,", "<a ", "-", "_", "0", '"\\a', "a\n ", "<!--", "é", "\u202e", "//", "%{", "#{", "${",
)  # fmt: skip
_ALLOWED: Final = frozenset(
    {"p", "br", "strong", "em", "s", "code", "pre", "a", "ul", "ol", "li", "blockquote", "hr", "h1"}
    | {
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "div",
        "sup",
        "img",
    }
    | {"span", "section", "del", "eq", "eqn", "math", "dl", "dt", "dd"}
)


def splitting(case: Case) -> Iterator[Verdict]:
    """A text arrives in pieces, and is read as if it had come at once."""
    random = case.random
    text = with_halves(random, nasty(random, 60))
    reader = Reader()
    splitter = Splitter(reader)
    cuts = sorted(random.randint(0, len(text)) for _ in range(random.randint(0, 8)))
    blocks: list[Block] = []
    for start, end in pairwise([0, *cuts, len(text)]):
        blocks += splitter.feed(text[start:end])
        splitter.tail()
    blocks += splitter.finish()
    same = reader.has_definitions or joined(blocks) == Reader().blocks(text)
    yield Verdict(
        promise="P2 never lose text", kind="splitting", problem="" if same else repr(text)
    )
    plain_text(text)


def picture(case: Case) -> Iterator[Verdict]:
    """A message is shown, painted and copied; nobody hears of it and no picture is looked for."""
    random = case.random
    with hostile_qt.typesetter() as made:
        witness = hostile_qt.Witness()
        lures = [each.format(host=witness.host) for each in MARKUP]
        lures += [f"![x](http://{witness.host}/a.png)", f"[x](http://{witness.host}/)"]
        lures += [f"![y][r]\n\n[r]: http://{witness.host}/r.png"]
        text = nasty(random, 20) + "\n\n" + random.choice(lures) + nasty(random, 20)
        text = with_halves(random, text)
        document = MessageDocument(made, is_verbatim=random.random() < 0.2)
        hostile_qt.finished(document, text)
        _painted(document)
        markdown_between(document.document, 0, document.document.characterCount() - 1)
        found = hostile_qt.pictures(document.document)
        yield Verdict(promise=FETCH, kind="picture", problem=", ".join(found))
        count = witness.visitors()
        yield Verdict(promise=FETCH, kind="picture", problem=f"{count} came" if count else "")
        witness.close()


def growth(case: Case) -> Iterator[Verdict]:
    """Twice the text costs about twice the work, whatever it is made of."""
    name = list(SHAPES)[case.random.randrange(len(SHAPES))]
    with hostile_qt.typesetter() as made:

        def work(size: int) -> None:
            hostile_qt.finished(MessageDocument(made), SHAPES[name](size))

        work(100)
        found = grows_evenly(f"growth: {name}", work, SIZE)
        # what is closed as one kind of block may go on as another, which takes longer for each word
        yield grows_evenly(found.kind, work, 3 * SIZE) if found.problem else found


def clipboard(case: Case) -> Iterator[Verdict]:
    """HTML on the clipboard and in exports has no tags, links or attributes of a stranger."""
    random = case.random
    lure = random.choice(MARKUP).format(host="127.0.0.1:9")
    link = (
        f"[a]({random.choice(SCHEMES)}) ![b]({random.choice(SCHEMES)}) <{random.choice(SCHEMES)}>"
    )
    text = nasty(random, 20) + lure + " " + link + "\n\n" + nasty(random, 10)
    for html in (
        content([Part(text, speaker=lure)]).html(),
        RichText("[{text}]").answer(text),
        RichText("[{text}]").typed(text),
    ):
        page = _Page(html)
        yield Verdict(
            promise=HARMLESS, kind="HTML", problem=page.problem and f"{page.problem}: {text!r}"
        )


def links(case: Case) -> Iterator[Verdict]:
    """Only web and mail addresses can be opened, and a word that names another host is no lie."""
    random = case.random
    scheme = random.choice(SCHEMES)
    shown = random.choice(
        ["google.com", "https://bank.example/login", "a@bank.example", "go", "x.y"]
    )
    target = random.choice(
        ["http://evil.test/p", "https://bank.example@evil.test", "http://evil.test/bank.example",
         "https://bank.example.evil.test/", "https://xn--bnk-5cd.example", "mailto:eve@evil.test",
         "https://bаnk.example/login", "https://google.com.evil.test", "http://[::1]/google.com"]
    )  # fmt: skip
    text = f"[{shown}]({target}) [bad](<{scheme}>) <{scheme}> {target}"
    with hostile_qt.typesetter() as made:
        document = hostile_qt.finished(MessageDocument(made), text).document
        hrefs = {each.charFormat().anchorHref() for each in fragments(document.begin())}
        wrong = [href for href in hrefs - {""} if not href.startswith(OPENABLE)]
        yield Verdict(promise=HARMLESS, kind="links", problem=", ".join(wrong))
        host = urlsplit(target).hostname or target.partition("@")[2]
        names_other = re.search(r"[\w-]\.[a-z]", shown) is not None and shown != "x.y"
        host = host if host.isascii() else host.encode("idna").decode()
        told = not names_other or f"({host}" in document.toPlainText().casefold()
        told = told or f"({target.removeprefix('mailto:')}" in document.toPlainText()
        told = told or "://" not in target
        problem = "" if told else f"{document.toPlainText()!r} leads to {host}"
        yield Verdict(promise=TRUTH, kind="links", problem=problem)


def formula(case: Case) -> Iterator[Verdict]:
    """Each formula is drawn at a bearable size or refused, in bounded time."""
    random = case.random
    hostile_qt.application()
    source = "".join(random.choices(FORMULA_PARTS, k=random.randint(1, 60)))
    if random.random() < 0.5:
        opening, closing = random.choice(
            [
                ("x^{", "}"),
                (r"\sqrt{", "}"),
                (r"\frac{", "}{y}"),
                ("{", "}"),
                (r"\left(", r"\right)"),
            ]
        )
        depth = random.randint(1, 60)
        source = opening * depth + "x" + closing * depth

    def work() -> None:
        try:
            drawing = typeset(FormulaKey(source, is_display=True, colour="#000000"))
        except Exception:  # noqa: BLE001  # whatever it raises, the source is shown instead
            return
        assert drawing.is_drawable, source

    yield ends_within("formula", work, WORKER_SECONDS)


def code(case: Case) -> Iterator[Verdict]:
    """Code of any kind is coloured, or left plain, in bounded time."""
    random = case.random
    language = random.choice(LANGUAGES)
    part = "".join(random.choices(CODE_PARTS, k=random.randint(1, 3)))
    key = CodeKey(language, part * (2_000 // len(part)))
    yield ends_within(f"code: {language}", lambda: bool(highlight(key)), WORKER_SECONDS)


def _painted(document: MessageDocument) -> None:
    image = QImage(700, 400, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    document.document.drawContents(painter)
    painter.end()


class _Page(HTMLParser):
    """`problem` is the first thing on it that may do something by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.problem = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        href = values.get("href") or ""
        if tag not in _ALLOWED or any(name.startswith("on") for name in values):
            self.problem = self.problem or f"<{tag} {values}>"
        if href and not href.lower().startswith(OPENABLE):
            self.problem = self.problem or f"leads to {href}"
        if tag == "img":
            self.problem = self.problem or f"looks for {values.get('src')}"


ATTACKS: Final = {
    "splitting": splitting, "picture": picture, "growth": growth, "growth again": growth,
    "clipboard": clipboard, "links": links, "formula": formula, "code": code,
}  # fmt: skip
