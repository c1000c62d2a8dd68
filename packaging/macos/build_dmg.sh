#!/bin/sh
# Signs the bundle PyInstaller made, has it notarised, and puts it into a disk image.
#   packaging/macos/build_dmg.sh "Developer ID Application: NAME (TEAM)" NOTARY_PROFILE
# NOTARY_PROFILE is what `xcrun notarytool store-credentials` was given.
set -eu
identity="$1"
profile="$2"
root="$(cd "$(dirname "$0")/../.." && pwd)"
app="$root/build/dist/Beatra Desktop.app"
image="$root/build/Beatra Desktop.dmg"

codesign --force --deep --options runtime --timestamp \
    --entitlements "$root/packaging/macos/entitlements.plist" --sign "$identity" "$app"
codesign --verify --deep --strict "$app"
hdiutil create -volname "Beatra Desktop" -srcfolder "$app" -ov -format UDZO "$image"
xcrun notarytool submit "$image" --keychain-profile "$profile" --wait
xcrun stapler staple "$image"
