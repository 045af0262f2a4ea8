"""The true order of a workflow: dependencies, regions, cycles broken, and the longest path through them.

How long anything takes is `costs`; who runs when is `schedule`.
"""
