"""Stylesheet of what frames the work: window, menus, tabs, docks, tool bars, status bar, tool tips."""

from typing import Final

WINDOW: Final = """
* { outline: none; }
QWidget { color: $text; selection-background-color: $accent; selection-color: $on_accent; }
QWidget:disabled { color: $text_disabled; }
QMainWindow { background: $panel; }
QDialog, QMessageBox, QWizard { background: $panel; }
QFrame[kind="card"] { background: $raised; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="separator"] { background: $line; border: none; max-height: 1px; min-height: 1px; }

QLabel { background: transparent; }
QLabel[kind="caption"] { color: $text_muted; font-size: 11px; }
QLabel[kind="secondary"] { color: $text_secondary; }
QLabel[kind="muted"] { color: $text_muted; }
QLabel[kind="section"] { color: $text_muted; font-size: 11px; font-weight: 600; }
QLabel[kind="title"] { font-size: 13px; font-weight: 600; }
QLabel[kind="figure"] { font-size: 18px; font-weight: 600; }
QLabel[kind="heading"] { font-size: 24px; font-weight: 600; }
QLabel[kind="ok"] { color: $ok; }
QLabel[kind="warning"] { color: $warning; }
QLabel[kind="error"] { color: $error; }

QMenuBar { background: $panel; border-bottom: 1px solid $line; padding: 2px 4px; }
QMenuBar::item { background: transparent; color: $text_secondary; padding: 5px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; color: $text; }
QMenuBar::item:pressed { background: $pressed; color: $text; }
QMenuBar::item:disabled { color: $text_disabled; }

QMenu { background: $overlay; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 10px; border-radius: 4px; min-height: 16px; }
QMenu::item:selected { background: $accent_ground; color: $text; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::item:disabled:selected { background: transparent; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QMenu::indicator { width: 14px; height: 14px; left: 8px; }
QMenu::indicator:checked { image: $image_check_text; }
QMenu::right-arrow { image: $image_chevron_right; width: 12px; height: 12px; right: 6px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $text_secondary; padding: 6px 12px 4px 12px; border: none;
    border-bottom: 2px solid transparent;
}
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:disabled { color: $text_disabled; }
QTabBar:focus { border: none; }
QTabBar::tab:selected:focus { background: $accent_ground; }
QTabBar::close-button { image: $image_close_small; subcontrol-position: right; margin: 1px; border-radius: 4px; }
QTabBar::close-button:hover { image: $image_close_small_hover; background: $pressed; }
QTabBar::scroller { width: 24px; }
QTabBar QToolButton { background: $panel; border: 1px solid $line; border-radius: 4px; }
QTabBar QToolButton::left-arrow { image: $image_chevron_left; }
QTabBar QToolButton::right-arrow { image: $image_chevron_right; }
QTabBar[kind="document"] { background: $window; }
QTabBar[kind="document"]::tab {
    border: 1px solid transparent; border-top: 2px solid transparent; padding: 6px 12px 6px 12px;
    border-top-left-radius: 6px; border-top-right-radius: 6px; max-width: 220px;
}
QTabBar[kind="document"]::tab:selected {
    background: $canvas; border-color: $line; border-top-color: $accent; border-bottom-color: $canvas;
}
QTabBar[kind="document"]::tab:hover:!selected { background: $hover; }
QTabBar[kind="document"]::tab:selected:focus { background: $accent_ground; }

QDockWidget { color: $text_muted; font-size: 11px; font-weight: 600; titlebar-close-icon: $image_close;
    titlebar-normal-icon: $image_float; icon-size: 16px; }
QDockWidget::title { background: $panel; padding: 7px 12px; text-align: left; border-bottom: 1px solid $line; }
QDockWidget::close-button, QDockWidget::float-button {
    border: none; background: transparent; border-radius: 4px;
}
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $hover; }
QDockWidget::close-button:pressed, QDockWidget::float-button:pressed { background: $pressed; }
QMainWindow::separator { background: $panel; width: 3px; height: 3px; }
QMainWindow::separator:vertical { border-left: 1px solid $line; }
QMainWindow::separator:horizontal { border-top: 1px solid $line; }
QMainWindow::separator:hover { background: $accent; }

QToolBar { background: $panel; border: none; border-bottom: 1px solid $line; padding: 3px 6px; spacing: 2px; }
QToolBar::separator { background: $line; width: 1px; margin: 4px 6px; }
QToolBar::separator:vertical { height: 1px; margin: 6px 4px; }

QStatusBar { background: $panel; border-top: 1px solid $line; color: $text_muted; font-size: 11px; min-height: 22px; }
QStatusBar::item { border: none; }
QStatusBar QLabel { color: $text_muted; font-size: 11px; }
QSizeGrip { width: 0; height: 0; }

QToolTip { background: $overlay; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }

QGroupBox { border: 1px solid $line; border-radius: 8px; margin-top: 20px; padding: 8px; }
QGroupBox::title {
    subcontrol-origin: margin; subcontrol-position: top left; left: 0; padding: 0 0 4px 0; color: $text_muted;
}
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget#content { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover, QSplitter::handle:pressed { background: $accent; }
"""
