@rem Opens the screen; no console stays. Where VBScript is gone, this stands in for the other way.
@start "" "%~dp0pythonw.exe" -m edu_sheet screen
