"""Where everything on the canvas is, in scene px, without Qt: cards, ports, wires, frames; what lies under a point.

It follows the graph through GraphChanged facts in time proportional to what changed. What things look like is canvas'.
"""
