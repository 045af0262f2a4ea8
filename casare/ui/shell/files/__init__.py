"""Files on their way into the window and out of it: dialogs, opening, saving, closing, pictures.

Reading and writing them is `casare.storage`; what keeps work from being lost is `safety`.
"""
