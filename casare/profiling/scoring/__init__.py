"""From what is known to points: the ledger, grades, chosen rules, budgets, and the compatible score of nodetool.

The rules themselves are `casare.profiling.rules`.
"""
