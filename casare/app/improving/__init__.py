"""The way to a better grade: what to change, as ordinary edits, with what each would bring worked out beforehand.

What is wrong with a workflow is found in `casare.profiling`; here it becomes an edit that can be applied and undone.
"""
