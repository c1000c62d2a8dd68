"""Files of the app's own: each can have any name, and only they are discarded."""

from pathlib import Path

from beatra_desktop.services.uploading.made_files import MadeFiles


def test_two_files_of_one_name_do_not_meet(tmp_path: Path) -> None:
    files = MadeFiles(tmp_path / "made")
    one, other = files.place("a.png"), files.place("a.png")
    files.write(one, b"one")
    files.write(other, b"other")
    assert (one.name, other.name) == ("a.png", "a.png")
    assert (one.read_bytes(), other.read_bytes()) == (b"one", b"other")


def test_only_what_was_made_is_discarded(tmp_path: Path) -> None:
    files = MadeFiles(tmp_path / "made")
    made = files.place("a.png")
    files.write(made, b"one")
    own = tmp_path / "folder" / "own.png"
    own.parent.mkdir()
    own.write_bytes(b"mine")
    for path in (made, own, files.place("never written.png")):
        files.discard(path)
    assert [files.holds(path) for path in (made, own)] == [True, False]
    assert not made.parent.exists()
    assert own.read_bytes() == b"mine"
