"""The acts, one file for each area of what a person does in the window."""
