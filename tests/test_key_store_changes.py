"""A real key store that changes while the app runs: gone, back, locked, emptied, shared."""

from pathlib import Path
from typing import Final

import pytest

from tests.key_box import Box

OWN_DAEMON: Final = """
import os
from pathlib import Path
from tests.secret_service import WRONG, key_store
with key_store(Path.home() / "keys") as store:
    os.environ |= store.variables
    store.start()
"""


@pytest.fixture
def box(tmp_path: Path) -> Box:
    return Box(tmp_path)


def test_a_daemon_that_goes_and_comes_back_is_noticed_both_ways(box: Box) -> None:
    told = box.run(
        OWN_DAEMON
        + """
    await ring.put("p", KEY)
    store.stop()
    tell((await ring.get("p")) == KEY)
    await tell_failure(OsKeyring().get("p"))
    await tell_failure(ring.put("p", KEY))
    tell_info(ring.describe())
    store.start()
    tell((await OsKeyring().get("p")) == KEY, await ring.get("other"))
    tell_info(await ring.probe())
"""
    )
    assert told[:3] == [["True"], *[["CredentialsUnavailable", "no_service"]] * 2]
    assert told[3] == ["Secret Service", "no_service", "install_keyring"]
    assert told[4:] == [["True", None], ["Secret Service", "ok", "none"]]


def test_a_bus_that_goes_in_mid_session_is_a_missing_service(box: Box) -> None:
    told = box.run(
        OWN_DAEMON.replace("    store.start()", "    store.start()\n    await ring.put('p', KEY)")
        + """
await tell_failure(ring.put("p", KEY))
tell_info(ring.describe())
"""
    )
    assert told[0] == ["CredentialsUnavailable", "no_service"]
    assert told[1] == ["Secret Service", "no_service", "install_keyring"]


def test_a_keyring_deleted_in_mid_session_leaves_what_was_read(box: Box) -> None:
    told = box.run(
        OWN_DAEMON
        + """
    await ring.put("p", KEY)
    import secretstorage
    secretstorage.get_default_collection(secretstorage.dbus_init()).delete()
    tell((await ring.get("p")) == KEY)
    await tell_failure(ring.put("p", KEY))
    tell_info(ring.describe())
    await tell_failure(ring.delete("p"))
"""
    )
    assert told[0] == ["True"]
    assert told[1] == ["CredentialsUnavailable", "refused"]
    assert told[2] == ["Secret Service", "refused", "set_up_keyring"]
    assert told[3] == ["CredentialsUnavailable", "refused"]


def test_a_store_that_is_locked_in_mid_session_and_unlocked_again(box: Box) -> None:
    told = box.run(
        OWN_DAEMON
        + """
    await ring.put("p", KEY)
    store.stop()
    store.start(WRONG)
    tell((await ring.get("p")) == KEY)
    await tell_failure(OsKeyring().get("p"))
    await tell_failure(ring.put("p", ApiKey("another-key")))
    store.stop()
    store.start()
    tell((await OsKeyring().get("p")) == KEY)
"""
    )
    assert told[0] == ["True"]
    assert told[1:3] == [["CredentialsUnavailable", "locked"]] * 2
    assert told[3] == ["True"]


def test_two_apps_share_a_key_and_see_a_change_when_they_read_again(box: Box) -> None:
    told = box.run(
        """
other = OsKeyring()
await ring.put("p", KEY)
tell((await other.get("p")) == KEY)
await ring.put("p", ApiKey("a-newer-key"))
tell((await other.get("p")) == KEY)
other.reread("p")
tell((await other.get("p")).reveal())
await asyncio.gather(*(each.put("p", ApiKey(f"key-of-{name}")) for name, each in
                       (("one", ring), ("two", other))), return_exceptions=True)
tell((await OsKeyring().get("p")).reveal() in ("key-of-one", "key-of-two"))
await other.delete("p")
ring.reread("p")
tell(await ring.get("p"))
other.close()
""",
        session=box.unlocked(),
    )
    assert told == [["True"], ["True"], ["a-newer-key"], ["True"], [None]]


def test_the_longest_key_and_the_oddest_are_kept_whole(box: Box) -> None:
    told = box.run(
        """
for text in ("x" * MAX_KEY_CHARS, "".join(map(chr, range(0x21, 0x7f)))):
    await ring.put("p", ApiKey(text))
    tell((await OsKeyring().get("p")).reveal() == text)
""",
        session=box.unlocked(),
    )
    assert told == [["True"], ["True"]]
