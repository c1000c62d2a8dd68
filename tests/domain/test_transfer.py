"""The formats of exports."""

from beatra_desktop.domain.transfer import ExportFormat


def test_each_format_has_the_ending_that_other_programs_know() -> None:
    assert [format.ending for format in ExportFormat] == [".md", ".html", ".pdf", ".json"]
