"""Use cases, free of Qt: what a person can do with casare, whether by hand or from a script.

A Document is one open workflow: graph, history, selection, problems. A Session holds the open documents. `editing`
turns intentions ("delete these", "wire this to that") into Change values. What a change is belongs to model, what a
file looks like to storage, what anything looks like on screen to ui.
"""
