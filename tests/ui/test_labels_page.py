"""What works today, with real services on a sandbox of their own."""

from typing import Any

from beatra_desktop.ui.labels import Badge, Text
from beatra_desktop.ui.labels_page import LabelsPage


def test_every_feature_is_listed_under_its_label(run_on_qt: Any, open_bench: Any) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            page = LabelsPage(bench.services.profiles)
            page.show()
            badges = [badge.text() for badge in page.findChildren(Badge)]
            assert badges == ["Available", "Preview", "Planned"]
            words = [label.text() for label in page.findChildren(Text)]
            assert words.index("Chat") < words.index("Music from words") < words.index("Video")

    run_on_qt(work)


def test_what_a_service_does_not_have_is_listed_as_not_offered(
    run_on_qt: Any, open_bench: Any, chat_only_url: str
) -> None:
    async def work() -> None:
        async with open_bench() as bench:
            page = LabelsPage(bench.services.profiles)
            page.show()
            profiles = bench.services.profiles
            profiles.activate(profiles.add("Elsewhere", chat_only_url).id)
            await bench.until(lambda: not profiles.catalog.value.offers_music)
            badges = [badge.text() for badge in page.findChildren(Badge)]
            assert badges[-2:] == ["Available", "Not offered"]
            words = [label.text() for label in page.findChildren(Text) if label.isVisible()]
            meaning = words.index("The service of this profile does not have it.")
            assert words.index("Chat") < meaning < words.index("Uploads")

    run_on_qt(work)
