"""An open workflow: the document with its levels, what is selected, how a node and its parameters look to a person.

Edits are values of `casare.model`; files are `files`.
"""
