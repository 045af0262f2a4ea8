"""Values and what becomes of them: lists, dicts, tables, numbers, dates, JSON, comparison and conversion."""
