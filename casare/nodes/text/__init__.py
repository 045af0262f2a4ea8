"""Texts: change them, take them apart, search them, compare them, regular expressions that cannot hang."""
