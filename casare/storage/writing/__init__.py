"""From a graph to a file: the canonical text, compressed if asked for, and put into place as a whole or not at all."""
