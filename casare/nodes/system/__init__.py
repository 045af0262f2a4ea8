"""The computer: programs, scripts, processes, its clipboard and its person. A script runs in a process of its own."""
