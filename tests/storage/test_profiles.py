import pytest

from beatra_desktop.domain.ids import ProfileId
from beatra_desktop.domain.profiles import Profile, ProfileKind
from beatra_desktop.domain.records import replace
from beatra_desktop.storage.database import Database
from beatra_desktop.storage.profiles import ProfileRepository

HOME = Profile(
    id=ProfileId("h"), name="Home", kind=ProfileKind.CUSTOM, base_url="http://127.0.0.1:1/v1"
)
WORK = replace(HOME, id=ProfileId("w"), name="Work")


@pytest.fixture
def repository(database: Database) -> ProfileRepository:
    return ProfileRepository(database)


def test_profiles_are_listed_in_the_order_they_were_made(
    database: Database, repository: ProfileRepository
) -> None:
    assert repository.all() == []
    for profile in (WORK, HOME, replace(WORK, name="Office")):
        repository.save(profile)
    database.flush()
    assert repository.all() == [replace(WORK, name="Office"), HOME]


def test_a_deleted_profile_is_gone(database: Database, repository: ProfileRepository) -> None:
    repository.save(HOME)
    repository.save(WORK)
    repository.delete(HOME.id)
    database.flush()
    assert repository.all() == [WORK]


def test_the_active_profile_is_remembered(
    database: Database, repository: ProfileRepository
) -> None:
    assert repository.active_id() is None
    repository.set_active(HOME.id)
    repository.set_active(WORK.id)
    database.flush()
    assert repository.active_id() == WORK.id
