"""From JSON values to a graph, in one structural pass whose findings travel with it.

Every shape of the family is understood here, and what is not understood is kept.
"""
