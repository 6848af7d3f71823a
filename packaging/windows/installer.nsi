; The installer: for this user alone, no administrator is asked. Its words are Chinese.
; build.py gives VERSION, PROGRAM (the folder to install), TARGET (the installer), SIZE in KB.
Unicode true
Target amd64-unicode
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
!include "MUI2.nsh"

!define NAME "督办填报"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\edu-sheet"
Name "${NAME} ${VERSION}"
OutFile "${TARGET}"
InstallDir "$LOCALAPPDATA\Programs\edu-sheet"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

!define MUI_ICON "${PROGRAM}\图标.ico"
!define MUI_UNICON "${PROGRAM}\图标.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\pythonw.exe"
!define MUI_FINISHPAGE_RUN_PARAMETERS "-m edu_sheet screen"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${NAME}"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; While the screen runs, its files cannot be replaced: half of an old version would stay.
!macro REFUSE_WHILE_IT_RUNS
again:
  IfFileExists "$INSTDIR\pythonw.exe" 0 free
  ClearErrors
  FileOpen $0 "$INSTDIR\pythonw.exe" a
  IfErrors 0 closed
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${NAME}正在运行：请先在它的页面上点“退出”，再点“重试”。" /SD IDCANCEL IDRETRY again
  Abort
closed:
  FileClose $0
free:
!macroend

Function .onInit
  !insertmacro REFUSE_WHILE_IT_RUNS
FunctionEnd

Function un.onInit
  !insertmacro REFUSE_WHILE_IT_RUNS
FunctionEnd

Section
  SetOutPath "$INSTDIR"
  ; What an older version had and this one has not must not be imported.
  RMDir /r "$INSTDIR\site-packages"
  File /r "${PROGRAM}\*"
  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${NAME}.lnk" "$INSTDIR\pythonw.exe" "-m edu_sheet screen" "$INSTDIR\图标.ico"
  CreateShortcut "$SMPROGRAMS\${NAME}\卸载.lnk" "$INSTDIR\卸载.exe"
  CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\pythonw.exe" "-m edu_sheet screen" "$INSTDIR\图标.ico"
  WriteUninstaller "$INSTDIR\卸载.exe"
  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\图标.ico"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\卸载.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\卸载.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
SectionEnd

; Workspaces lie elsewhere: what a clerk has made is not touched.
Section "Uninstall"
  Delete "$DESKTOP\${NAME}.lnk"
  RMDir /r "$SMPROGRAMS\${NAME}"
  RMDir /r "$INSTDIR\site-packages"
  RMDir /r "$INSTDIR\许可"
  Delete "$INSTDIR\*.dll"
  Delete "$INSTDIR\*.pyd"
  Delete "$INSTDIR\*.exe"
  Delete "$INSTDIR\python*.*"
  Delete "$INSTDIR\启动.vbs"
  Delete "$INSTDIR\图标.ico"
  RMDir "$INSTDIR"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
