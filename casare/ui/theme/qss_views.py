"""Stylesheet of lists, trees and tables with their headers."""

from typing import Final

VIEWS: Final = """
QAbstractItemView {
    background: $panel; alternate-background-color: $raised; border: none; color: $text;
    selection-background-color: $accent_ground; selection-color: $text; show-decoration-selected: 1;
}
QTreeView::item, QListView::item { min-height: 22px; padding: 0 4px; border: 1px solid transparent; }
QTreeView::item:hover, QListView::item:hover, QTableView::item:hover { background: $hover; }
QTreeView::item:selected, QListView::item:selected, QTableView::item:selected {
    background: $accent_ground; color: $text;
}
QTreeView::item:focus, QListView::item:focus, QTableView::item:focus { border: 1px solid $focus_ring; }
QTreeView::item:disabled, QListView::item:disabled, QTableView::item:disabled { color: $text_disabled; }
QListView::item { border-radius: 4px; }
QTreeView::branch { background: transparent; }
QTreeView::branch:hover { background: $hover; }
QTreeView::branch:selected { background: $accent_ground; }
QTreeView::branch:has-children:closed { image: $image_chevron_right; padding: 5px; }
QTreeView::branch:has-children:open { image: $image_chevron_down; padding: 5px; }

QFrame[kind="view"] { background: $panel; border: 1px solid $line; border-radius: 6px; }
QFrame[kind="view"][focused="true"] { border-color: $focus_ring; }
QFrame[kind="view"][state="error"] { border-color: $error; }

QTableView { gridline-color: $line; }
QTableView::item { padding: 0 8px; border: 1px solid transparent; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section {
    background: $panel; color: $text_muted; border: none; border-bottom: 1px solid $line; padding: 4px 8px 4px 12px;
    font-size: 11px; font-weight: 400; min-height: 18px;
}
QHeaderView::section:hover { background: $panel_hover; color: $text; }
QHeaderView::section:vertical { border-bottom: none; border-right: 1px solid $line; }
QHeaderView::up-arrow { image: $image_chevron_up; width: 10px; height: 10px; subcontrol-position: center right;
    right: 6px; }
QHeaderView::down-arrow { image: $image_chevron_down; width: 10px; height: 10px; subcontrol-position: center right;
    right: 6px; }
QTableCornerButton::section { background: $panel; border: none; border-bottom: 1px solid $line; }
"""
