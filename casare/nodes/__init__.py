"""The built-in nodes: plugins like any other, a folder per field, a module per theme.

They import `casare.sdk`, the standard library, and the library of their field when it is first needed.

Nobody imports this package; the catalog finds its modules by name and reads `manifest.json` instead of them. After a
change of a declaration here, write the manifest again with `python -m casare.catalog.manifest`.
"""
