"""What the form hints at, sends and is told back, with a real sandbox."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from beatra_desktop.domain.failures import Failure, FailureCode
from beatra_desktop.domain.ids import UploadId
from beatra_desktop.domain.music import (
    MusicPrompt,
    Reference,
    SunoOptions,
    TaskStatus,
)
from beatra_desktop.domain.music_rules import PromptField
from beatra_desktop.domain.records import replace
from beatra_desktop.ui.music.music_form import MusicForm
from beatra_desktop.ui.music.preset_panel import PresetPanel
from beatra_desktop.ui.question import Question
from tests.ui.music.forms import CONTROL, SONG, open_form


def _advice(form: MusicForm, field: PromptField) -> str:
    return form.fields.by_field[field].advice.text


def _error(form: MusicForm, field: PromptField) -> str:
    return form.fields.by_field[field].error.text


async def _refused(bench: Any, form: MusicForm) -> None:
    form.submit()
    [task, *_] = bench.services.music.tasks
    tasks = bench.services.music.tasks
    await bench.until(lambda: tasks.get(task.id).status is TaskStatus.REFUSED)


def test_hints_come_and_go_and_never_stand_in_the_way(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            custom = SunoOptions(custom_mode=True, audio_weight=0.5)
            form.fill(replace(SONG, title="", instrumental=False, suno=custom))
            assert "“slow piano waltz” is sent" in _advice(form, PromptField.TITLE)
            assert "needs lyrics" in _advice(form, PromptField.LYRICS)
            assert "reference recording only" in _advice(form, PromptField.AUDIO_WEIGHT)
            form.fields.title.set_text("Lamps")
            form.fields.lyrics.instrumental.click()
            form.fields.suno.audio.reset.click()
            assert not any(field.advice.text for field in form.fields.by_field.values())
            form.fields.suno.custom.click()
            form.fields.suno.style_weight.slider.setValue(70)
            assert "Turn it on" in _advice(form, PromptField.CUSTOM_MODE)
            form.fields.prompt.set_text("x" * 501)
            assert "up to 500 characters" in _advice(form, PromptField.PROMPT)
            assert form.fields.prompt.counter.text() == "501 of 500"
            form.submit()
            [task] = bench.services.music.tasks
            assert task.prompt.prompt == "x" * 501
            assert form.draft.prompt == "x" * 501

    run_on_qt(work)


def test_an_empty_form_is_not_scolded(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, prompt="", title="", suno=SunoOptions(custom_mode=True)))
            assert not any(field.advice.text for field in form.fields.by_field.values())

    run_on_qt(work)


def test_custom_mode_never_goes_out_without_a_title(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            await bench.admin("POST", "settings", {"strict": True})
            form.fill(replace(SONG, title="", suno=SunoOptions(custom_mode=True)))
            form.submit()
            [task] = bench.services.music.tasks
            assert task.prompt.title == "slow piano waltz"
            tasks = bench.services.music.tasks
            await bench.until(lambda: tasks.get(task.id).remote_id)
            assert form.draft.title == ""

    run_on_qt(work)


def test_a_refusal_is_said_beside_the_field_it_names(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, prompt="x" * 501))
            form.fields.sections["lyrics"].set_open(is_open=False)
            await _refused(bench, form)
            assert "The service refused this" in _error(form, PromptField.PROMPT)
            assert "at most 500" in _error(form, PromptField.PROMPT)
            assert not form.fields.prompt.advice.isVisible()
            assert form.draft.prompt == "x" * 501
            QTest.keyClick(form.fields.prompt_box, Qt.Key.Key_Backspace)
            assert _error(form, PromptField.PROMPT) == ""

    run_on_qt(work)


def test_each_field_a_refusal_names_is_marked_and_its_section_opened(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            custom = SunoOptions(custom_mode=True, audio_weight=0.5)
            form.fill(replace(SONG, prompt="x" * 1001, suno=custom))
            form.fields.sections["model"].head.click()
            assert form.fields.sections["model"].summary == "Suno 5.5 · custom · fine-tuned"
            await _refused(bench, form)
            assert "refused this" in _error(form, PromptField.AUDIO_WEIGHT)
            assert _error(form, PromptField.PROMPT) == "The service does not take this as it is."
            assert form.fields.sections["model"].is_open
            assert _error(form, PromptField.TITLE) == ""

    run_on_qt(work)


def test_a_refusal_of_something_without_a_field_is_said_below(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            failure = Failure(
                code=FailureCode.INVALID_REQUEST, param="/metadata", server_message="Too much."
            )
            form.fill(SONG, failure)
            assert form.foot.notice.text() == "The service refused this: Too much."
            form.fields.prompt.set_text("another")
            assert not form.foot.notice.isVisible()

    run_on_qt(work)


def test_variations_are_priced_first_and_made_with_one_click(
    run_on_qt: Any, open_bench: Any
) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(SONG)
            for _ in range(3):
                QTest.mouseClick(form.foot.copies.more, Qt.MouseButton.LeftButton)
            words = "4 songs × 80 = about 320 credits, 8 clips."
            assert form.foot.price.text().startswith(words)
            assert "refunded" in form.foot.price.text()
            QTest.mouseClick(form.foot.generate, Qt.MouseButton.LeftButton)
            tasks = list(bench.services.music.tasks)
            assert len(tasks) == 4
            assert len({task.batch_id for task in tasks}) == 1
            assert len({task.idempotency_key for task in tasks}) == 4
            assert form.foot.copies.copies == 1
            form.fill(replace(SONG, model="auto"))
            form.foot.copies.more.click()
            assert form.foot.price.text().startswith("2 songs, about 100 to 160 credits")

    run_on_qt(work)


def test_the_daily_limit_asks_before_it_is_passed(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            bench.services.settings.change(daily_cap_credits="100")
            form.fill(SONG)
            form.foot.copies.more.click()
            form.submit()
            assert len(bench.services.music.tasks) == 0
            [question] = form.findChildren(Question)
            form.fields.prompt.set_text("changed meanwhile")
            question.verb.click()
            assert [task.prompt.prompt for task in bench.services.music.tasks] == [SONG.prompt] * 2
            form.foot.copies.set_copies(1)
            form.submit()
            form.findChildren(Question)[-1].cancel.click()
            assert len(bench.services.music.tasks) == 2

    run_on_qt(work)


def test_everything_of_an_old_song_is_used_again(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            old = MusicPrompt(
                prompt="bright pop",
                model="suno-5.5",
                title="Lamps",
                lyrics="[Verse]\nLa",
                reference=Reference(upload_id=UploadId("u"), name="take.wav", artifact_id="art_1"),
                suno=SunoOptions(
                    custom_mode=True,
                    negative_tags="choir",
                    vocal_gender="m",
                    style_weight=0.0,
                    weirdness_constraint=0.31,
                    audio_weight=1.0,
                ),
            )
            QTest.keyClicks(form.fields.prompt_box, "my words")
            form.fill(old)
            assert form.prompt == old
            QTest.keyClick(form.fields.prompt_box, Qt.Key.Key_Z, CONTROL)
            assert form.draft.prompt == "my words"

    run_on_qt(work)


def test_ctrl_enter_generates_from_anywhere_in_the_form(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            places = (form.fields.title.editor, form.foot.generate, form.fields.model.select)
            for number, place in enumerate(places, start=1):
                form.fill(replace(SONG, prompt=f"waltz {number}"))
                QTest.keyClick(place, Qt.Key.Key_Return, CONTROL)
                assert len(bench.services.music.tasks) == number

    run_on_qt(work)


def test_tab_goes_through_the_form_from_top_to_bottom(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, instrumental=False))
            assert not form.findChildren(PresetPanel)  # which takes its place though it comes late
            form.head.open_presets.click()
            fields = form.fields
            wanted: list[QWidget] = [
                form.head.open_presets, form.head.presets.name,
                fields.prompt_box, fields.title.editor,
                fields.sections["lyrics"].head, fields.lyrics.instrumental, fields.lyrics.box,
                fields.lyrics.parts["[Intro]"], fields.sections["reference"].head,
                fields.reference.select, fields.reference.choose_file,
                fields.sections["model"].head, fields.model.select, fields.suno.custom,
                fields.suno.negative.editor, fields.suno.style_weight.slider,
                form.foot.copies.more, form.foot.generate,
            ]  # fmt: skip
            order = _tab_order(form)
            assert [widget for widget in order if widget in wanted] == wanted

    run_on_qt(work)


def _tab_order(form: MusicForm) -> list[QWidget]:
    order: list[QWidget] = []
    widget = form.nextInFocusChain()
    while widget is not None and widget is not form:
        order.append(widget)
        widget = widget.nextInFocusChain()
    return order


def test_nothing_is_clipped_in_a_narrow_studio(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench, open_form(bench) as form:
            form.fill(replace(SONG, suno=SunoOptions(custom_mode=True)))
            form.head.open_presets.click()
            assert form.head.presets.isVisible()
            form.resize(320, 700)
            body = form.fields.parentWidget()
            assert body is not None
            assert body.minimumSizeHint().width() <= 308

    run_on_qt(work)
