"""How casare looks: the token table and what is derived from it (stylesheet, palette, fonts, icons).

Lives here: `tokens` (every colour, distance, size and duration; Qt-free), `colour` (arithmetic on them; Qt-free),
`qt_colour`, `stylesheet`, `fonts`, `icons`, `appearance` (which theme is on, and applying it).
Does not live here: widgets, and any knowledge of nodes beyond the names of categories and data types.
"""
