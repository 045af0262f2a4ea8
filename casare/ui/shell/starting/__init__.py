"""The way in and out: the application, what is built ahead, errors nobody caught, Ctrl+C in the terminal.

The window is `frame`.
"""
