"""Texts that are made to break things, drawn from a seed."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

PIECES: Final = (
    "word ", "two words", "\n", "\n\n", "\r\n", "\r", "# ", "- ", "  - ", "1. ", "- [ ] ", "> ",
    "```", "```py\n", "~~~", "`", "**", "_", "~~", "---\n", "| a | b |\n|---|---|\n", "| 1 |\n",
    "$x$", "$$", "\\(", "\\)", "\\[", "\\]", "[a](http://b.c)", "[a]: /u\n", "[a]", "![i](", "[^1]",
    "[^1]: n\n", "http://a.b/c", "<b>", "<script>alert(1)</script>", "<img src=x onerror=y>",
    "&amp;", "&", "<", ">", '"', "'", "\\", "\0", "\x1b[31m", "\x07", "\x7f", "\x85", "\u2028",
    "\u2029", "\u200b", "\u200d", "\u200f", "\u202e", "\u202a", "\u2066", "\u2069", "\ufeff",
    "\ufffc", "\ufffe", "e\u0301\u0301\u0301", "שלום", "مرحبا", "日本語", "👩\u200d🔬", "🇩🇪",
    "\U0010ffff", "\U000e0041", "a" * 300, "\t", "    ", "\xa0", "=CMD()", "@x", "+1", "-1", "%s",
    "{title}", "{0}", "../", "..\\", "CON", "~", "${HOME}", "javascript:alert(1)", "file:///etc",
)  # fmt: skip
HALVES: Final = ("\ud800", "\udfff", "\ud83d")
"""What JSON may bring and no file takes."""
MARKUP: Final = (
    '<img src="http://{host}/x.png">', "<b>bold</b>", "<script>x</script>", "<a href='x'>y</a>",
    '<img src="file:///etc/hostname">', "&lt;b&gt; <i>", '<p style="font-size:90px">X</p>',
    "<table><tr><td>x", "Song & <u>Dance</u>", "<style>*{{}}</style>",
)  # fmt: skip
SCHEMES: Final = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "file:///etc/passwd",
    "FILE:///etc/passwd", "data:text/html,<script>x</script>", "smb://evil/share", "vbscript:x",
    "\\\\evil\\share", "//evil/share", "beatra:x", "qrc:/x", "ftp://evil/x", "about:blank", ":x",
    "ms-msdt:/id", "search-ms:x", "tel:1", "x-apple:y", " javascript:x", "\x01javascript:x",
)  # fmt: skip
Shape = Callable[[int], str]
SHAPES: Final[Mapping[str, Shape]] = {
    "one word": lambda n: "a" * n,
    "CJK": lambda n: "日" * n,
    "lines": lambda n: "line of text\n" * (n // 13),
    "paragraphs": lambda n: "paragraph\n\n" * (n // 11),
    "nested lists": lambda n: "- " * (n // 2),
    "nested numbers": lambda n: "1. " * (n // 3),
    "nested quotes": lambda n: ">" * n,
    "quoted lines": lambda n: "> q\n" * (n // 4),
    "lazy lines": lambda n: "> a\n" + "b\n" * (n // 2),
    "staircase": lambda n: "\n".join(">" * i + " a" for i in range(int((2 * n) ** 0.5))),
    "mixed nesting": lambda n: "> - 1. " * (n // 7) + "x",
    "stars": lambda n: "*" * n,
    "open emphasis": lambda n: "*a " * (n // 3),
    "crossed emphasis": lambda n: "**a* " * (n // 5),
    "underscores": lambda n: "_a" * (n // 2),
    "strikes": lambda n: "~~a" * (n // 3),
    "open brackets": lambda n: "[" * n,
    "brackets": lambda n: "[]" * (n // 2),
    "half links": lambda n: "[a](" * (n // 4),
    "half pictures": lambda n: "![" * (n // 2),
    "links": lambda n: "[a](http://b.c) " * (n // 16),
    "addresses": lambda n: "http://a.b/c " * (n // 13),
    "backticks": lambda n: "`a" * (n // 2),
    "code spans": lambda n: "`a` " * (n // 4),
    "angles": lambda n: "<a " * (n // 3),
    "entities": lambda n: "&#x41;" * (n // 6),
    "backslashes": lambda n: "\\" * n,
    "dollars": lambda n: "$a " * (n // 3),
    "open formula": lambda n: "$$\n" + "x\n" * (n // 2),
    "bracket formulas": lambda n: "\\(" * (n // 2),
    "footnotes": lambda n: "".join(f"[^{i}]: n\n" for i in range(n // 9)),
    "definitions": lambda n: "".join(f"[{i}]: /u\n\n" for i in range(n // 11)),
    "columns": lambda n: "\n".join(cell * (n // 6) for cell in ("|a", "|-", "|b")),
    "rows": lambda n: "|a|b|\n|-|-|\n" + "|1|2|\n" * (n // 6),
    "pipes": lambda n: "a|\n" * (n // 3),
    "underlined": lambda n: "a\n===" * (n // 5),
    "rules": lambda n: "---\n" * (n // 4),
    "fences": lambda n: "```\n" * (n // 4),
    "line of code": lambda n: "```js\n" + "x+" * (n // 2),
    "lines of code": lambda n: "```py\n" + "x = 1\n" * (n // 6),
    "indented code": lambda n: "    x\n" * (n // 6),
    "blank lines": lambda n: "\n" * n,
    "NULs": lambda n: "\0" * n,
    "combining marks": lambda n: "a" + "\u0301" * n,
    "storm of marks": lambda n: ("a" + "\u0301" * 50) * (n // 51),
    "zero width": lambda n: "\u200b" * n,
    "joined emoji": lambda n: "👩\u200d" * (n // 2),
    "overrides": lambda n: "\u202ea\u202c" * (n // 3),
    "right to left": lambda n: "אב " * (n // 3),
    "separators": lambda n: "a\u2028" * (n // 2),
}
WORDS: Final = ("x", "b.c", "http://a.b", "google.com", "Click here", "pay\u202elapyap")


def nasty(random: Random, most: int = 40) -> str:
    """Up to `most` pieces that mean something to somebody."""
    return "".join(random.choices(PIECES, k=random.randint(0, most)))


def with_halves(random: Random, text: str) -> str:
    """The same with half a character somewhere, one time in three."""
    if random.random() > 1 / 3:
        return text
    at = random.randint(0, len(text))
    return text[:at] + random.choice(HALVES) + text[at:]


def mutated(random: Random, data: bytes, most: int = 8) -> bytes:
    """The same bytes with some of them changed, doubled, cut or swapped."""
    made = bytearray(data)
    for _ in range(random.randint(1, most)):
        at = random.randint(0, max(0, len(made) - 1))
        match random.randint(0, 5):
            case 0:
                made[at : at + 1] = random.randbytes(1)
            case 1:
                del made[at : at + random.randint(1, 40)]
            case 2:
                made[at:at] = made[at : at + random.randint(1, 200)]
            case 3:
                made[at:at] = random.choice(
                    [b"\xff" * 4, b"\0" * 8, b"\x7f\xff\xff\xff", b'"', b"["]
                )
            case 4:
                made[at : at + 4] = random.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x80\0\0\0"])
            case _:
                del made[at:]
    return bytes(made)
