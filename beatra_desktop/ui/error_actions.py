"""What the words for a failure are made of, and what can be done about one."""

from enum import StrEnum

from msgspec import Struct


class ErrorAction(StrEnum):
    """What the button beside an error does; each place offers those it can do."""

    NONE = "none"
    RETRY = "retry"
    ENTER_KEY = "enter_key"
    CHOOSE_MODEL = "choose_model"
    EDIT = "edit"
    CHOOSE_FILE = "choose_file"
    ADD_AGAIN = "add_again"
    CONTINUE = "continue"
    DOWNLOAD_AGAIN = "download_again"
    CHANGE_PROFILE = "change_profile"
    CHANGE_FOLDER = "change_folder"
    SHOW_DETAILS = "show_details"
    UNDO = "undo"
    SHOW_FOLDER = "show_folder"
    SHOW_SONGS = "show_songs"
    SHOW_NOTES = "show_notes"


class Wording(Struct, frozen=True):
    title: str
    sentence: str
    action: ErrorAction = ErrorAction.NONE
