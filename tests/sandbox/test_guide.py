"""`sandbox-guide` finds the right help, and says so when there is none."""

import pytest

from beatra_desktop.sandbox.guide import NO_ANSWER, WELCOME, answer_question
from beatra_desktop.sandbox.retrieval import Index, Section, help_index, read_article, terms

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


@pytest.mark.parametrize(("question", "article"), QUESTIONS)
def test_finds_the_article(question: str, article: str) -> None:
    assert f"From **{article}**:" in answer_question(question).partition("\n")[0]


@pytest.mark.parametrize(
    "question", ["What is the capital of France?", "How do I bake bread?", "asdf qwer", "", "2+2"]
)
def test_says_so_when_nothing_fits(question: str) -> None:
    answer = answer_question(question)
    assert answer.startswith(NO_ANSWER.partition("\n")[0][:40])
    assert "- Making music" in answer


@pytest.mark.parametrize("question", ["Hi!", "hello", "Good morning"])
def test_greets(question: str) -> None:
    assert answer_question(question) == WELCOME


def test_short_follow_up_is_read_with_the_question_before() -> None:
    answer = answer_question("and minimax?", earlier=["How long may lyrics be?"])
    assert "**Models and options**" in answer


def test_answer_quotes_the_section_and_offers_more() -> None:
    answer = answer_question("How to cancel a task?")
    assert "### How to cancel a task" in answer
    assert "A queued task stops at once." in answer
    assert "You could go on with" in answer


def test_help_is_complete_and_short() -> None:
    sections = help_index().sections
    articles = {section.article for section in sections}
    assert len(articles) == 28
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
