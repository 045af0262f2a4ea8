"""Runs in the window: what a person does about them, the bar below the canvas, the states brought to it.

The runs themselves are `casare.app.running`.
"""
