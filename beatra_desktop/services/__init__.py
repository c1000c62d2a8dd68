"""Use cases: synchronous commands in, observables out. The only place that starts asyncio tasks."""

from msgspec import Struct

from beatra_desktop.services.activity import ActivityService
from beatra_desktop.services.alerts import Alerts
from beatra_desktop.services.backups import BackupService
from beatra_desktop.services.charges import ChargesService
from beatra_desktop.services.chat import ChatService
from beatra_desktop.services.collection import CollectionService
from beatra_desktop.services.comparing import ComparingService
from beatra_desktop.services.converting import ConversionService
from beatra_desktop.services.files import FileLibrary
from beatra_desktop.services.folders import Folders
from beatra_desktop.services.history import HistoryService
from beatra_desktop.services.library import LibraryService
from beatra_desktop.services.music import MusicService
from beatra_desktop.services.music_presets import MusicPresetService
from beatra_desktop.services.notices import Notices
from beatra_desktop.services.playing import PlayingService
from beatra_desktop.services.playlists import PlaylistService
from beatra_desktop.services.presets import PresetService
from beatra_desktop.services.profiles import ProfilesService
from beatra_desktop.services.search import SearchService
from beatra_desktop.services.settings import SettingsService
from beatra_desktop.services.song_export import SongExport
from beatra_desktop.services.song_search import SongSearch
from beatra_desktop.services.traffic import Traffic
from beatra_desktop.services.transfer.service import TransferService
from beatra_desktop.services.updates import UpdateService
from beatra_desktop.services.uploads import UploadService


class Services(Struct, frozen=True, kw_only=True):
    """Everything the window can ask for."""

    profiles: ProfilesService
    chat: ChatService
    history: HistoryService
    presets: PresetService
    uploads: UploadService
    folders: Folders
    files: FileLibrary
    music: MusicService
    music_presets: MusicPresetService
    library: LibraryService
    collection: CollectionService
    playlists: PlaylistService
    conversions: ConversionService
    playing: PlayingService
    comparing: ComparingService
    song_search: SongSearch
    settings: SettingsService
    traffic: Traffic
    activity: ActivityService
    backups: BackupService
    alerts: Alerts
    charges: ChargesService
    search: SearchService
    transfer: TransferService
    notices: Notices
    song_export: SongExport
    updates: UpdateService

    def resume(self) -> None:
        """Go on with what an earlier run, or a lost connection, left unfinished."""
        self.chat.resume()
        self.history.resume()
        self.uploads.resume()
        self.files.resume()
        self.music.resume()
        self.activity.start()
        self.charges.start()
        self.collection.resume()
        self.updates.start()
