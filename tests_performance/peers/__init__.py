"""Other node editors building the graph that casare builds, each in an environment of its own.

Lives here: making those environments, one script for each editor (run by its own interpreter, so it may import neither
casare nor another editor), and reading what they print. Does not live here: judging the figures, which the report does.
"""
