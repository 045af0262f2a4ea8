"""Files and folders: read and write, move, look at, archives, tables and JSON in a file, and where nodes may go."""
