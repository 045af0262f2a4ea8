"""From a file to JSON values, within limits: compression, frames, parsing, and saying what is wrong with the bytes.

What the values mean as a workflow is `reading`.
"""
