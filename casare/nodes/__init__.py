"""The built-in nodes: plugins like any other, a folder per field, a module per theme, importing `casare.sdk` and the standard library.

Nobody imports this package; the catalog finds its modules by name and reads `manifest.json` instead of them. After a
change of a declaration here, write the manifest again with `python -m casare.catalog.manifest`.
"""
