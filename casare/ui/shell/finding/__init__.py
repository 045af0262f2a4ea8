"""Getting somewhere: the find bar and its marks, places been to and bookmarks, the popup that adds a node.

What a query means is `casare.app.finding`.
"""
