"""The command line: words into use cases, results into tables or JSON, errors into what, where and how to mend.

`entry` decides what is meant and what the exit code is; `commands` holds one file for each command; `outputs` the
models of their JSON. No rule of the domain lives here, and nothing heavy is imported before a command needs it:
`--version` answers without typer, and no command but the editor and `render` touches Qt.
"""
