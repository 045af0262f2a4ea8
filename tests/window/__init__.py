"""The real program under a real X server, driven from outside by real mouse and keyboard events.

`make drive` runs it; `python -m tests.window adding wires` runs some areas only. It needs Xvfb, openbox, xdotool and
ImageMagick's `import`; without one of them it says which and ends with exit code 2, having checked nothing.

Lives here: the screen, the hand that moves on it, the eye that tells where things are, and one file for each area with
its acts. Does not live here: anything that pytest collects; the same claims are tested without a screen beside the code
they are about.
"""
