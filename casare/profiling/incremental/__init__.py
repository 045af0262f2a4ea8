"""After an edit, only what hangs on it is worked out again; the result is that of a full analysis, to the digest."""
