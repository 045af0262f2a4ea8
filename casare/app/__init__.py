"""Use cases, free of Qt: what a person can do with casare, whether by hand or from a script.

A Document (`documents`) is one open workflow: graph, history, selection, problems. A Session holds the open documents.
`commands` names all that can be done; `editing`, `arranging`, `adding` and `subgraphs` turn intentions ("delete these",
"wire this to that") into Change values. `files`, `recovery` and `running` are what their names say, `serving` hosts
triggers, `profiler` keeps the analysis true and `improving` makes edits of it. What a change is belongs to model, what
a file looks like to storage, what anything looks like on screen to ui.
"""
