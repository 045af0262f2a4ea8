"""Nothing a person did is lost: journals of unsaved work, what they give back after a crash, files changed by others.

- `Journals` writes down each edit of each open document, on a thread, in the user's data folder.
- `find_lost` lists what an earlier, dead process left there; `Lost.recover` gives the document back.
- `Differences` says in words how two states of a workflow differ.
- `Versions` keeps earlier generations of each saved file.

Does not live here: the bytes of journals and generations (`storage`), banners and sheets (`ui`).
"""
