"""The result of an analysis as values, and as text, rows and JSON. Whole files are `casare.profiling.exports`."""
