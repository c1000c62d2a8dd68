"""The words of a Chinese text, which has no spaces to tell them by: pairs of characters count."""

import re
from collections.abc import Iterator
from typing import Final

HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LITTLE: Final = re.compile(
    "你好|您好|怎么样|怎么办|怎么|怎样|怎|如何|为什么|什么|哪些|哪里|哪儿|哪个|可不可以|可以|能不能|"
    "会不会|是不是|有没有|一下|一个|一首|请问|告诉|多少|意思|"
    "(?<![功可智])能|[的了着吗呢吧啊呀我你您它这那些把被给让是]"
)
"""Carries no meaning of its own; words end where it stands."""
_SAME: Final = (
    ("(?<!制)作曲|创作|(?<!叫)做", "制作"),
    ("(?<![转切交替])换", "选择"),
    ("(?<!购)买", "购买"),
    ("多少钱|价钱|花钱|收费|扣费|付费|付钱|花费|费用", "价格"),
    ("会话|聊天", "对话"),
    ("歌曲|曲子|歌(?![词手])", "音乐"),
    ("密码|令牌", "密钥"),
    ("出错|报错|故障", "错误"),
    ("热键", "快捷键"),
    ("删掉|误删", "删除"),
    ("找回|还原", "恢复"),
    ("垃圾桶|废纸篓", "回收站"),
    ("断网|没网|没有网络", "离线"),
    ("附件", "文件"),
    ("照片|图像", "图片"),
    ("搜索|搜寻", "查找"),
    ("修改|改变", "更改"),
    ("电脑|计算机", "本机"),
    ("账号|帐号", "账户"),
)
_SAME_WORDS: Final = tuple((re.compile(words), word) for words, word in _SAME)


def is_chinese(text: str) -> bool:
    return HAN.search(text) is not None


def pairs(text: str) -> Iterator[str]:
    """Each two characters that stand together, across words too; a lone one by itself."""
    for pattern, word in _SAME_WORDS:
        text = pattern.sub(word, text)
    for run in HAN.findall(_LITTLE.sub(" ", text)):
        yield from (run[at : at + 2] for at in range(max(1, len(run) - 1)))
