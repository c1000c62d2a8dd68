"""What the guide says around the help it quotes, in the language it was asked in."""

import re
from dataclasses import dataclass
from typing import Final

from beatra_desktop.sandbox.chinese import is_chinese


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideWords:
    """`folder` holds the help in this language; a question of `short` terms at most is short."""

    folder: str
    short: int
    greeting: re.Pattern[str]
    thanks: re.Pattern[str]
    openings: tuple[str, ...]
    source: str
    more: str
    go_on: str
    quote: str
    between: str
    last_of_all: str
    welcome: str
    you_are_welcome: str
    no_answer: str


ENGLISH: Final = GuideWords(
    folder="",
    short=2,
    greeting=re.compile(
        r"^\W*(hi|hello|hey|good (morning|evening|afternoon)|hallo|hola|bonjour"
        r"|thanks|thank you)\b",
        re.I,
    ),
    thanks=re.compile(r"\bthank", re.I),
    openings=(
        "Good question.",
        "Happy to help.",
        "Yes, there is an answer to that in the help.",
        "Let me show you.",
    ),
    source="{opening} From **{article}**:",
    more="**Also worth knowing** ({article}, *{heading}*):",
    go_on="You could go on with {headings}.",
    quote="*{}*",
    between=" or ",
    last_of_all="Ask me for details, or about anything else in the app.",
    welcome="""\
Hello, and welcome! I am the **Sandbox Guide**. I live on your own computer, cost nothing, \
and answer questions about beatra and about this app.

Here are three things people try first:

1. **Ask me something**, such as *“What works today?”* or *“Will I ever pay twice?”*
2. **Make a song.** Open the studio with **Ctrl+M**, describe what you want to hear, \
and press *Generate*.
3. **Drop a recording** onto the window to use it as a reference for a new song.

When you are ready for the real thing, ask *“How do I connect my beatra account?”*""",
    you_are_welcome=(
        "You are welcome! I stay right here. If you would like to go on, ask me about making music,"
        " uploads, prices or keyboard shortcuts."
    ),
    no_answer="""\
I looked through the bundled help and found nothing that answers this well, \
and I would rather say so than guess. I only know beatra and this app: I am a small search over \
its help pages, not a general language model.

Topics I can tell you about:

{topics}

If you want long text instead, choose **sandbox-writer** in the model picker; for general \
questions, connect your beatra account and use a live model.""",
)

CHINESE: Final = GuideWords(
    folder="zh_CN",
    short=3,
    greeting=re.compile(
        r"^\W*((你好|您好|嗨|哈喽|大家好|早上好|上午好|下午好|晚上好)\w?|(谢谢|多谢|感谢).{0,6})\W*$"
    ),
    thanks=re.compile("谢"),
    openings=("好问题。", "很高兴为你解答。", "帮助里正好有答案。", "请看下面的说明。"),
    source="{opening}以下内容来自**{article}**：",
    more="**你可能还想了解**（{article}：{heading}）：",
    go_on="接下来可以看看{headings}。",
    quote="“{}”",
    between="或",
    last_of_all="可以继续问我细节，或应用中的其他问题。",
    welcome="""\
你好，欢迎！我是**沙盒向导**。我运行在你自己的电脑上，不收费，可以回答关于 beatra 和本应用的问题。

大家通常先试这三件事：

1. **问我一个问题**，例如“现在能做什么？”或“会不会重复付费？”
2. **做一首歌**：按 **Ctrl+M** 打开工作室，描述你想听到的音乐，然后点击**生成**。
3. **把一段录音拖到窗口上**，作为新歌的参考。

准备好使用正式服务时，可以问我“如何连接我的 beatra 账户？”""",
    you_are_welcome=(
        "不客气！我一直都在。如果还想继续，可以问我制作音乐、上传、价格或键盘快捷键方面的问题。"
    ),
    no_answer="""\
我查看了附带的帮助，没有找到能很好回答这个问题的内容；与其猜测，不如直说。\
我只了解 beatra 和本应用：我只是在帮助页面中进行搜索的小程序，不是通用的语言模型。

我可以介绍这些主题：

{topics}

如果你想要很长的文本，请在模型列表中选择 **sandbox-writer**（它只写英文）；要问其他方面的问题，\
请连接你的 beatra 账户，使用正式服务的模型。""",
)


def words_for(question: str) -> GuideWords:
    """In Chinese to what holds any, and to all else in English."""
    return CHINESE if is_chinese(question) else ENGLISH
