"""Carry out what was decided: on this thread, on others, on an event loop, in processes, and in nested workflows.

Limits, attempts and batches belong here; what follows from an outcome is decided in `deciding`.
"""
