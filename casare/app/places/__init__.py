"""Where a person has been in a workflow, where they want to get back to, and which workflows were open.

Lives here: places of a view, the history of them, bookmarks, and what of all that is remembered from one run to the
next. It is kept in the user's own data folder by the path of the file, not in the file: where somebody looks is no part
of the workflow, and a file must not differ because it was looked at. Does not live here: moving a view (`ui.canvas`).
"""

from casare.app.places.history import PlaceHistory
from casare.app.places.open_tabs import OpenTabs, Tabs
from casare.app.places.place import Place
from casare.app.places.remembered import Remembered, RememberedViews

__all__ = ["OpenTabs", "Place", "PlaceHistory", "Remembered", "RememberedViews", "Tabs"]
