"""The start page: new, open, templates, and the recent workflows as cards with their pictures.

Lives here: the cards, their model, how they are painted, and the page. Does not live here: reading the files
(`app.files.previews`), the picture itself (a painter is handed in), and what opening a file does (`shell`).
"""

from casare.ui.panels.start.card_delegate import PicturePainter
from casare.ui.panels.start.start_page import StartPage

__all__ = ["PicturePainter", "StartPage"]
