"""`sandbox-guide` finds the right help, and says so when there is none."""

import pytest

from beatra_desktop.sandbox.guide import answer_question
from beatra_desktop.sandbox.guide_words import CHINESE, ENGLISH
from beatra_desktop.sandbox.retrieval import Index, Section, help_index, read_article
from beatra_desktop.sandbox.terms import terms

QUESTIONS = [
    ("What is beatra?", "What beatra is"),
    ("what works today", "What works today"),
    ("Can it make images?", "What works today"),
    ("How do I add my API key?", "Keys and profiles"),
    ("where is my key stored?", "Keys and profiles"),
    ("Will I ever pay twice?", "Never paying twice"),
    ("what is an idempotency key", "Never paying twice"),
    ("why is my answer incomplete?", "Incomplete answers"),
    ("How big can a file be?", "Uploads and artifacts"),
    ("may I use a song I bought as reference?", "Rights to reference audio"),
    ("How do I make a song?", "Making music"),
    ("Which models make music?", "Models and options"),
    ("what does style_weight do", "Models and options"),
    ("how do I write lyrics with a chorus", "Lyrics and structure tags"),
    ("what does queued mean?", "Tasks and the queue"),
    ("where are my songs saved?", "Clips and saving"),
    ("How much does a song cost?", "Prices and credits"),
    ("what does rate_limited mean", "Errors and retries"),
    ("does it work offline?", "Errors and retries"),
    ("What is the sandbox?", "The sandbox"),
    ("How do I connect my beatra account?", "Switching to the live service"),
    ("keyboard shortcuts", "Shortcuts"),
    ("how do I change a shortcut?", "Shortcuts"),
    ("where do I get a support report?", "Privacy"),
    ("What leaves my computer?", "Privacy"),
    ("Can I queue the next message?", "Writing and sending"),
    ("why does my queued message wait for me?", "Writing and sending"),
    ("is my draft saved?", "Writing and sending"),
    ("How do I edit a question?", "Versions and branches"),
    ("what is a branch?", "Versions and branches"),
    ("how do I go back to the old answer?", "Versions and branches"),
    ("how do I regenerate an answer", "Versions and branches"),
    ("How do I set a system prompt?", "Chat options and presets"),
    ("what does temperature do", "Chat options and presets"),
    ("How do I save a preset?", "Chat options and presets"),
    ("How do I choose another model?", "Choosing a chat model"),
    ("my model is gone", "Choosing a chat model"),
    ("can I use a model that is not in the list?", "Choosing a chat model"),
    ("How do I search my chats?", "Finding and keeping chats"),
    ("How do I find an old conversation?", "Finding and keeping chats"),
    ("how do I archive a chat", "Finding and keeping chats"),
    ("Can I restore a deleted chat?", "Finding and keeping chats"),
    ("I deleted a chat by mistake", "Finding and keeping chats"),
    ("where is the trash?", "Finding and keeping chats"),
    ("How do I export a chat as PDF?", "Export and import"),
    ("how do I make a backup", "Export and import"),
    ("how do I move my chats to another computer?", "Export and import"),
    ("how do I put chats into a folder?", "Finding and keeping chats"),
    ("Can I import my ChatGPT history?", "Export and import"),
    ("How do I open the library?", "The library"),
    ("how do I make the text larger?", "Size, contrast, motion and screen readers"),
    ("is there a high contrast theme?", "Size, contrast, motion and screen readers"),
    ("How do I make a playlist?", "The library"),
    ("can I convert a song to FLAC?", "The library"),
    ("where is the list of my uploaded files?", "The library"),
    ("can I get deleted songs back?", "The library"),
    ("how do I compare two songs", "The player"),
    ("can I repeat a part of a song?", "The player"),
    ("How do I play several songs one after the other?", "The player"),
    ("What does the activity centre show?", "Activity and pausing"),
    ("How do I pause everything?", "Activity and pausing"),
    ("Can I set a daily limit?", "Activity and pausing"),
    ("What happens when I am offline?", "Activity and pausing"),
    ("how do I make several variations of a song", "Variations, turns and presets"),
    ("How do I keep a music preset?", "Variations, turns and presets"),
    ("can I change the order of waiting songs?", "Variations, turns and presets"),
]
CHINESE_QUESTIONS = [
    ("beatra 是什么？", "beatra 是什么"),
    ("beatra 现在能做什么？哪些功能还在预览？", "现已支持的功能"),
    ("现在能做什么", "现已支持的功能"),
    ("能生成图片吗？", "现已支持的功能"),
    ("怎么添加 API 密钥？", "密钥和服务配置"),
    ("我的密钥存在哪里？", "密钥和服务配置"),
    ("会不会重复付费？", "不会重复付费"),
    ("什么是幂等键", "不会重复付费"),
    ("为什么回答不完整？", "不完整的回答"),
    ("文件最大可以多大？", "上传和素材"),
    ("买来的歌可以当参考吗", "参考音频的权利"),
    ("怎么做一首歌？", "制作音乐"),
    ("怎么写音乐提示词", "制作音乐"),
    ("怎么上传文件？", "上传和素材"),
    ("你好，怎么上传文件？", "上传和素材"),
    ("哪些模型能做音乐？", "模型和选项"),
    ("style_weight 是什么", "模型和选项"),
    ("怎么写带副歌的歌词", "歌词和结构标签"),
    ("排队中是什么意思", "任务和队列"),
    ("我的歌保存在哪里？", "曲目和保存"),
    ("一首歌多少钱？", "价格和积分"),
    ("失败了会退积分吗", "价格和积分"),
    ("rate_limited 是什么意思", "错误和重试"),
    ("没有网络能用吗？", "错误和重试"),
    ("沙盒是什么？", "沙盒"),
    ("如何连接我的 beatra 账户？", "切换到正式服务"),
    ("键盘快捷键", "快捷键"),
    ("怎么修改快捷键？", "快捷键"),
    ("支持报告在哪里", "隐私"),
    ("哪些内容会离开我的电脑？", "隐私"),
    ("回答的时候能排队下一条消息吗？", "书写和发送"),
    ("草稿会保存吗？", "书写和发送"),
    ("怎么编辑问题？", "版本和分支"),
    ("什么是分支？", "版本和分支"),
    ("怎么重新生成回答", "版本和分支"),
    ("怎么设置系统提示词？", "对话选项和预设"),
    ("温度是什么意思", "对话选项和预设"),
    ("如何保存预设？", "对话选项和预设"),
    ("怎么换一个模型？", "选择聊天模型"),
    ("模型不可用怎么办", "选择聊天模型"),
    ("怎么搜索对话？", "查找和保存对话"),
    ("怎么归档一个对话", "查找和保存对话"),
    ("误删的对话能恢复吗？", "查找和保存对话"),
    ("回收站在哪里？", "查找和保存对话"),
    ("如何把对话放进文件夹", "查找和保存对话"),
    ("怎么把对话导出成 PDF？", "导出和导入"),
    ("怎么备份", "导出和导入"),
    ("能导入 ChatGPT 的记录吗？", "导出和导入"),
    ("怎么打开资料库？", "资料库"),
    ("如何创建播放列表？", "资料库"),
    ("可以把歌曲转换成 FLAC 吗？", "资料库"),
    ("怎么对比两首歌", "播放器"),
    ("能循环一段吗？", "播放器"),
    ("活动页面显示什么？", "活动和暂停"),
    ("怎么全部暂停？", "活动和暂停"),
    ("可以设置每日上限吗？", "活动和暂停"),
    ("如何一次生成多个变体", "变体、顺序和预设"),
    ("怎么保存音乐预设？", "变体、顺序和预设"),
    ("能改变等待中歌曲的顺序吗？", "变体、顺序和预设"),
]


@pytest.mark.parametrize(("question", "article"), QUESTIONS)
def test_finds_the_article(question: str, article: str) -> None:
    assert f"From **{article}**:" in answer_question(question).partition("\n")[0]


@pytest.mark.parametrize(("question", "article"), CHINESE_QUESTIONS)
def test_finds_the_article_in_chinese(question: str, article: str) -> None:
    assert f"以下内容来自**{article}**：" in answer_question(question).partition("\n")[0]


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "How do I bake bread?", "asdf qwer", "", "2+2"]
)
def test_says_so_when_nothing_fits(question: str) -> None:
    answer = answer_question(question)
    assert answer.startswith(ENGLISH.no_answer.partition("\n")[0][:40])
    assert "- Making music" in answer


@pytest.mark.parametrize("question", ["法国的首都是哪里？", "怎么烤面包？", "写一首关于春天的诗"])
def test_says_so_in_chinese_when_nothing_fits(question: str) -> None:
    answer = answer_question(question)
    assert answer.startswith(CHINESE.no_answer.partition("\n")[0][:20])
    assert "- 制作音乐" in answer


@pytest.mark.parametrize("question", ["Hi!", "hello", "Good morning"])
def test_greets(question: str) -> None:
    assert answer_question(question) == ENGLISH.welcome


def test_greets_and_is_thanked_in_chinese() -> None:
    assert answer_question("你好！") == CHINESE.welcome
    assert answer_question("谢谢你的帮助！") == CHINESE.you_are_welcome
    assert "### 如何上传文件" in answer_question("你好，怎么上传文件？")


def test_short_follow_up_is_read_with_the_question_before() -> None:
    answer = answer_question("and minimax?", earlier=["How long may lyrics be?"])
    assert "**Models and options**" in answer


def test_short_follow_up_in_chinese() -> None:
    assert "**模型和选项**" in answer_question("那 MiniMax 呢？", earlier=["歌词可以有多长？"])


def test_answer_quotes_the_section_and_offers_more() -> None:
    answer = answer_question("How to cancel a task?")
    assert "### How to cancel a task" in answer
    assert "A queued task stops at once." in answer
    assert "You could go on with" in answer


@pytest.mark.parametrize("language", ["", "zh_CN"])
def test_help_is_complete_and_short(language: str) -> None:
    sections = help_index(language).sections
    articles = {section.article for section in sections}
    assert len(articles) == 29
    assert all(section.text and len(section.text) < 2000 for section in sections)


def test_rare_words_weigh_more() -> None:
    sections = [
        Section("A", "Colours", "A song can be blue, a song can be red."),
        Section("B", "Sizes", "A song can be long."),
    ]
    assert Index(sections).search("long song")[0].section.article == "B"


def test_article_is_read_by_headings() -> None:
    found = read_article("# Title\n\nIntro\n\n## One\n\nText 1\n\n## Two\n\nText 2\n")
    assert found == [Section("Title", "One", "Text 1"), Section("Title", "Two", "Text 2")]


def test_terms_drop_what_carries_no_meaning() -> None:
    assert terms("What is the Songs’ price?") == ["music", "pric"]


def test_terms_of_chinese_are_pairs_of_what_carries_meaning() -> None:
    assert terms("请问如何重新下载 PDF？") == ["pdf", "重新", "新下", "下载"]
    assert terms("它收费吗") == terms("价格")
