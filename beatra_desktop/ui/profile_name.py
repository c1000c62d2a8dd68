"""What a profile is called: what its user calls it, and the sandbox in the window's language."""

from PySide6.QtCore import QCoreApplication

from beatra_desktop.domain.profiles import Profile, ProfileKind


def profile_name(profile: Profile) -> str:
    if profile.kind is ProfileKind.SANDBOX:
        return QCoreApplication.translate("profile_name", "Sandbox")
    return profile.name
