"""What every layer may stand on, without one word of the domain: errors, signals, rectangles, folders, atomic writes.

A closed list, never a drawer: a new file here needs a reason why it knows nothing of workflows.
"""
