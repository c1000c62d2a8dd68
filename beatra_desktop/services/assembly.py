"""Puts the services together, opening what they stand on in order and closing it in reverse.

Kept apart from `app.py` so that everything below the window also runs without Qt.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from beatra_desktop.services import Services, failures, sandbox
from beatra_desktop.services.activity import ActivityService
from beatra_desktop.services.alerts import Alerts
from beatra_desktop.services.backups import BackupService
from beatra_desktop.services.canceling import Canceling
from beatra_desktop.services.charges import ChargesService
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.clients import Clients
from beatra_desktop.services.collection import CollectionService
from beatra_desktop.services.comparing import ComparingService
from beatra_desktop.services.conversations import Conversations
from beatra_desktop.services.converting import ConversionService
from beatra_desktop.services.deliveries import Deliveries
from beatra_desktop.services.downloads import Downloads
from beatra_desktop.services.filenames import clip_name
from beatra_desktop.services.files import FileLibrary
from beatra_desktop.services.folders import Folders
from beatra_desktop.services.following import Following
from beatra_desktop.services.grounds import Grounds, Ways, open_ways, policy_of
from beatra_desktop.services.history import HistoryService
from beatra_desktop.services.leftovers import Leftovers
from beatra_desktop.services.library import LibraryService
from beatra_desktop.services.music import MusicService
from beatra_desktop.services.music_presets import MusicPresetService
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.once import Once
from beatra_desktop.services.playing import PlayingService
from beatra_desktop.services.playlists import PlaylistService
from beatra_desktop.services.presets import PresetService
from beatra_desktop.services.reconciling import Reconciling
from beatra_desktop.services.search import SearchService
from beatra_desktop.services.song_export import SongExport
from beatra_desktop.services.song_search import SongSearch
from beatra_desktop.services.supervisor import Supervisor
from beatra_desktop.services.tasks import Tasks
from beatra_desktop.services.transfer.service import TransferService
from beatra_desktop.services.updates import UpdateService
from beatra_desktop.services.uploading.links import Links
from beatra_desktop.services.uploading.made_files import MadeFiles
from beatra_desktop.services.uploading.rows import UploadRows
from beatra_desktop.services.uploading.sending import Sending
from beatra_desktop.services.uploading.uses import Uses
from beatra_desktop.services.uploads import UploadService
from beatra_desktop.storage.activity import ActivityRepository
from beatra_desktop.storage.charges import ChargesRepository
from beatra_desktop.storage.collection import PlaylistRepository
from beatra_desktop.storage.conversations import ConversationRepository
from beatra_desktop.storage.errors import StorageError
from beatra_desktop.storage.music import MusicRepository
from beatra_desktop.storage.music_presets import MusicPresetRepository
from beatra_desktop.storage.presets import PresetRepository
from beatra_desktop.storage.search import SearchRepository, SongSearchRepository
from beatra_desktop.storage.uploads import UploadRepository


@asynccontextmanager
async def open_services(grounds: Grounds) -> AsyncIterator[Services]:
    """The services of one run; leaving cancels their work, then closes clients and sandbox."""
    notices = Notices()
    process = sandbox.SandboxProcess(grounds.sandbox_command, grounds.sandbox_begun)
    clients = Clients(credentials=grounds.credentials, sandbox=process, timeouts=grounds.timeouts)

    def on_bug(error: BaseException, where: str) -> None:
        if isinstance(error, StorageError):
            notices.warn(failures.from_storage(error))
            return
        grounds.on_bug(error, where)
        notices.bug(error, where)

    try:
        async with clients, Supervisor(on_bug) as supervisor:
            yield _assemble(grounds, clients, supervisor, notices)
    finally:
        process.close()


def _assemble(
    grounds: Grounds, clients: Clients, supervisor: Supervisor, notices: Notices
) -> Services:
    database = grounds.database
    ways = open_ways(grounds, clients=clients, supervisor=supervisor, notices=notices)
    profiles, settings = ways.profiles, ways.settings
    leftovers = Leftovers(settings, durable=database.durable)
    supervisor.start(leftovers.clear(), name="half written files")
    tasks = Tasks(MusicRepository(database))
    playlists = PlaylistService(PlaylistRepository(database), clips=tasks.clips)
    collection = _collection(grounds, ways, tasks, playlists)
    library = LibraryService(clips=tasks.clips, cache=grounds.cache, supervisor=supervisor)
    conversations = Conversations(ConversationRepository(database))
    chat = _chat(ways, conversations)
    uploads, files = _uploads(grounds, ways, tasks)
    music = _music(grounds, ways, tasks)
    return Services(
        profiles=profiles,
        chat=chat,
        history=HistoryService(conversations=conversations, notices=notices, stop=chat.stop),
        presets=PresetService(PresetRepository(database), language=grounds.language),
        uploads=uploads,
        folders=Folders(supervisor),
        music=music,
        files=files,
        traffic=ways.traffic,
        activity=_activity(
            grounds, ways, conversations, tasks, chat=chat, uploads=uploads, music=music
        ),
        backups=BackupService(database, supervisor=supervisor),
        alerts=Alerts(conversations=conversations, tasks=tasks, uploads=uploads.uploads),
        charges=_charges(grounds, ways, conversations, tasks),
        collection=collection,
        playlists=playlists,
        conversions=ConversionService(
            clips=tasks.clips, leftovers=leftovers, supervisor=supervisor
        ),
        library=library,
        playing=PlayingService(clips=tasks.clips, settings=settings),
        comparing=ComparingService(clips=tasks.clips, library=library, rate=collection.rate),
        song_search=SongSearch(
            SongSearchRepository(database),
            clips=tasks.clips,
            supervisor=supervisor,
            notices=notices,
        ),
        music_presets=_music_presets(grounds),
        settings=settings,
        search=SearchService(SearchRepository(database), supervisor=supervisor, notices=notices),
        transfer=_transfer(grounds, ways, conversations, leftovers),
        notices=notices,
        song_export=SongExport(
            tasks=tasks, leftovers=leftovers, supervisor=supervisor, notices=notices
        ),
        updates=UpdateService(
            settings=settings, notices=notices, supervisor=supervisor, traffic=ways.traffic
        ),
    )


def _collection(
    grounds: Grounds, ways: Ways, tasks: Tasks, playlists: PlaylistService
) -> CollectionService:
    return CollectionService(
        tasks,
        playlists=playlists,
        supervisor=ways.supervisor,
        notices=ways.notices,
        durable=grounds.database.durable,
    )


def _music_presets(grounds: Grounds) -> MusicPresetService:
    repository = MusicPresetRepository(grounds.database)
    return MusicPresetService(repository, language=grounds.language)


def _chat(ways: Ways, conversations: Conversations) -> ChatService:
    return ChatService(
        conversations=conversations,
        outbox=ways.outbox,
        clients=ways.clients,
        profiles=ways.profiles,
        settings=ways.settings,
        supervisor=ways.supervisor,
    )


def _activity(
    grounds: Grounds,
    ways: Ways,
    conversations: Conversations,
    tasks: Tasks,
    *,
    chat: ChatService,
    uploads: UploadService,
    music: MusicService,
) -> ActivityService:
    return ActivityService(
        repository=ActivityRepository(grounds.database),
        conversations=conversations,
        tasks=tasks,
        outbox=ways.outbox,
        chat=chat,
        uploads=uploads,
        music=music,
        profiles=ways.profiles,
        traffic=ways.traffic,
        supervisor=ways.supervisor,
        notices=ways.notices,
    )


def _charges(
    grounds: Grounds, ways: Ways, conversations: Conversations, tasks: Tasks
) -> ChargesService:
    return ChargesService(
        repository=ChargesRepository(grounds.database),
        durable=grounds.database.durable,
        conversations=conversations,
        tasks=tasks,
        profiles=ways.profiles,
        settings=ways.settings,
        supervisor=ways.supervisor,
        notices=ways.notices,
    )


def _uploads(grounds: Grounds, ways: Ways, tasks: Tasks) -> tuple[UploadService, FileLibrary]:
    repository = UploadRepository(grounds.database)
    rows = UploadRows(repository)
    links = Links(clients=ways.clients, find_profile=ways.profiles.required)
    sending = Sending(rows=rows, outbox=ways.outbox, clients=ways.clients, profiles=ways.profiles)
    uploads = UploadService(
        rows=rows,
        sending=sending,
        links=links,
        outbox=ways.outbox,
        profiles=ways.profiles,
        settings=ways.settings,
        supervisor=ways.supervisor,
        traffic=ways.traffic,
        made_files=MadeFiles(grounds.cache / "made"),
    )
    files = FileLibrary(
        rows=rows,
        repository=repository,
        uploads=uploads,
        uses=Uses(tasks.tasks),
        links=links,
        supervisor=ways.supervisor,
        notices=ways.notices,
    )
    return uploads, files


def _music(grounds: Grounds, ways: Ways, tasks: Tasks) -> MusicService:
    once = Once(ways.supervisor)
    downloads = Downloads(
        tasks=tasks,
        clients=ways.clients,
        profiles=ways.profiles,
        deliveries=_deliveries(grounds, ways, tasks),
        schedule=grounds.schedule,
        traffic=ways.traffic,
        notices=ways.notices,
        once=once,
    )
    following = Following(
        tasks=tasks,
        clients=ways.clients,
        profiles=ways.profiles,
        downloads=downloads,
        schedule=grounds.schedule,
        traffic=ways.traffic,
        once=once,
    )
    canceling = Canceling(
        tasks=tasks,
        outbox=ways.outbox,
        clients=ways.clients,
        profiles=ways.profiles,
        supervisor=ways.supervisor,
    )
    return MusicService(
        tasks=tasks,
        following=following,
        reconciling=Reconciling(
            tasks=tasks,
            following=following,
            canceling=canceling,
            outbox=ways.outbox,
            clients=ways.clients,
            profiles=ways.profiles,
            once=once,
        ),
        canceling=canceling,
        downloads=downloads,
        outbox=ways.outbox,
        clients=ways.clients,
        profiles=ways.profiles,
        settings=ways.settings,
        supervisor=ways.supervisor,
        traffic=ways.traffic,
        once=once,
    )


def _transfer(
    grounds: Grounds, ways: Ways, conversations: Conversations, leftovers: Leftovers
) -> TransferService:
    return TransferService(
        repository=ConversationRepository(grounds.database),
        conversations=conversations,
        durable=grounds.database.durable,
        profile_id=lambda: ways.profiles.active.value.id,
        leftovers=leftovers,
        supervisor=ways.supervisor,
        notices=ways.notices,
    )


def _deliveries(grounds: Grounds, ways: Ways, tasks: Tasks) -> Deliveries:
    settings = ways.settings
    return Deliveries(
        folder=lambda: settings.settings.value.clips_folder or grounds.clips,
        policy=policy_of(grounds, settings),
        durable=grounds.database.durable,
        clips=tasks.clips,
        traffic=ways.traffic,
        name=lambda clip, task: clip_name(
            clip,
            task,
            template=settings.settings.value.clip_name_template,
            clips=len(tasks.clips_of(task.id)),
        ),
    )
