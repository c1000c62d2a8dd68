; Inno Setup 6: makes a per-user installer out of the one-folder build.
;   iscc /DVersion=0.1.0 packaging\windows\beatra.iss
#ifndef Version
  #error say which version: iscc /DVersion=X.Y.Z
#endif

[Setup]
AppId={{7A0C3C52-6C0B-4B53-9B56-6A1E5C0B7F11}
AppName=Beatra Desktop
AppVersion={#Version}
AppPublisher=Beatra Desktop contributors
DefaultDirName={autopf}\Beatra Desktop
DefaultGroupName=Beatra Desktop
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
DisableProgramGroupPage=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\build
OutputBaseFilename=beatra-desktop-{#Version}-setup
SetupIconFile=..\icons\app.ico
UninstallDisplayIcon={app}\beatra-desktop.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
; the app holds this name while it runs, so that nothing is replaced under it
CloseApplications=yes

[Files]
Source: "..\..\build\dist\beatra-desktop\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Beatra Desktop"; Filename: "{app}\beatra-desktop.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\beatra"; ValueType: string; ValueData: "URL:Beatra Desktop"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\beatra"; ValueName: "URL Protocol"; ValueType: string; ValueData: ""
Root: HKA; Subkey: "Software\Classes\beatra\shell\open\command"; ValueType: string; ValueData: """{app}\beatra-desktop.exe"" ""%1"""

[Run]
Filename: "{app}\beatra-desktop.exe"; Description: "Open Beatra Desktop"; Flags: nowait postinstall skipifsilent
