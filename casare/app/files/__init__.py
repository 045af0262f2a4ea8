"""Workflow files as a person meets them: opening, saving, recents, previews, folders searched, templates.

Bytes are `casare.storage`; the open document is `documents`.
"""
