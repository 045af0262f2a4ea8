"""What a document's tab shows: its canvases, the way to the level in front, banners, the hint of an empty one.

The canvas itself is `casare.ui.canvas`; opening and saving are `files`.
"""
