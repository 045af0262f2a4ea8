"""Stylesheet of what is pressed, ticked and moved: buttons, check boxes, sliders, progress, scroll bars."""

from typing import Final

CONTROLS: Final = """
QPushButton {
    background: $button; border: 1px solid $button_line; border-radius: 6px; padding: 0 12px; min-height: 26px;
}
QPushButton:hover { background: $button_hover; border-color: $line_strong; }
QPushButton:pressed, QPushButton:checked { background: $button_pressed; }
QPushButton:focus { border: 2px solid $focus_ring; padding: 0 11px; min-height: 24px; }
QPushButton:disabled { background: $field_disabled; border-color: $line; color: $text_disabled; }
QPushButton::menu-indicator { image: $image_chevron_down; width: 10px; height: 10px; right: 8px; }

QPushButton[kind="primary"] {
    background: $accent; border-color: $accent; color: $on_accent; font-weight: 600;
}
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled {
    background: $accent_disabled; border-color: $accent_disabled; color: $text_disabled;
}

QPushButton[kind="danger"] { background: $error_ground; border-color: $error_ground; color: $error; }
QPushButton[kind="danger"]:hover { background: $danger_hover; border-color: $danger_hover; }
QPushButton[kind="danger"]:pressed { background: $danger_pressed; }
QPushButton[kind="danger"]:focus { border: 2px solid $error; }
QPushButton[kind="danger"]:disabled { background: $field_disabled; border-color: $line; color: $text_disabled; }

QPushButton[kind="flat"] { background: transparent; border-color: transparent; padding: 0 8px; }
QPushButton[kind="flat"]:hover { background: $hover; }
QPushButton[kind="crumb"], QPushButton[kind="crumb"]:hover, QPushButton[kind="crumb"]:pressed {
    background: transparent; border-color: transparent; padding: 0 8px; font-weight: 600;
}
QPushButton[kind="flat"]:pressed, QPushButton[kind="flat"]:checked { background: $pressed; }
QPushButton[kind="flat"]:focus { border: 2px solid $focus_ring; padding: 0 7px; }
QPushButton[kind="flat"]:disabled { background: transparent; border-color: transparent; color: $text_disabled; }

QPushButton[kind="link"] {
    background: transparent; border-color: transparent; color: $accent; padding: 0 3px; min-height: 22px;
    text-align: left; border-radius: 4px;
}
QPushButton[kind="link"]:hover { color: $accent_hover; text-decoration: underline; }
QPushButton[kind="link"]:pressed { color: $accent_pressed; }
QPushButton[kind="link"]:focus { border: 2px solid $focus_ring; padding: 0 2px; min-height: 20px; }
QPushButton[kind="link"]:disabled { background: transparent; border-color: transparent; color: $text_disabled; }

QToolButton {
    background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 3px; color: $text_secondary;
}
QToolButton:hover { background: $hover; color: $text; }
QToolButton:pressed { background: $pressed; }
QToolButton:checked { background: $accent_ground; color: $text; }
QToolButton:checked:hover { background: $accent_ground; }
QToolButton:focus { border-color: $focus_ring; }
QToolButton:disabled { color: $text_disabled; }
QToolButton[popupMode="1"] { padding-right: 18px; }
QToolButton[popupMode="2"] { padding-right: 16px; }
QToolButton::menu-button { width: 16px; border: none; border-radius: 4px; }
QToolButton::menu-button:hover { background: $hover; }
QToolButton::menu-arrow { image: $image_chevron_down; width: 10px; height: 10px; }
QToolButton::menu-indicator {
    image: $image_chevron_down; width: 10px; height: 10px; subcontrol-position: right center; right: 4px;
}

QCheckBox, QRadioButton {
    background: transparent; spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px 6px 2px 0;
}
QCheckBox:focus, QRadioButton:focus { border-color: $focus_ring; padding-left: 0; }
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $outline; background: $field;
}
QCheckBox::indicator, QGroupBox::indicator, QAbstractItemView::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 8px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover, QAbstractItemView::indicator:hover {
    border-color: $text_secondary; background: $field_hover;
}
QCheckBox::indicator:pressed, QRadioButton::indicator:pressed { background: $accent_ground; border-color: $accent; }
QCheckBox::indicator:checked, QGroupBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: $image_check;
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent; border-color: $accent; image: $image_minus;
}
QCheckBox::indicator:indeterminate:disabled {
    background: $field_disabled; border-color: $line_strong; image: $image_minus_disabled;
}
QCheckBox::indicator:checked:hover { background: $accent_hover; border-color: $accent_hover; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; background: $on_accent; }
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $field_disabled; border-color: $line_strong;
}
QCheckBox::indicator:checked:disabled {
    background: $field_disabled; border-color: $line_strong; image: $image_check_disabled;
}
QRadioButton::indicator:checked:disabled { border: 5px solid $line_strong; background: $field_disabled; }

QSlider { background: transparent; min-height: 22px; }
QSlider::groove:horizontal { height: 4px; border-radius: 2px; background: $track; }
QSlider::groove:vertical { width: 4px; border-radius: 2px; background: $track; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::add-page:vertical { background: $accent; border-radius: 2px; }
QSlider::handle { background: $accent; border: 2px solid $panel; border-radius: 8px; width: 12px; height: 12px; }
QSlider::handle:horizontal { margin: -6px 0; }
QSlider::handle:vertical { margin: 0 -6px; }
QSlider::handle:hover { background: $accent_hover; }
QSlider::handle:pressed { background: $accent_pressed; }
QSlider::handle:focus { border-color: $text; }
QSlider::handle:disabled { background: $line_strong; }
QSlider::sub-page:horizontal:disabled, QSlider::add-page:vertical:disabled { background: $line_strong; }

QProgressBar { background: $track; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
    color: transparent; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QProgressBar::chunk:disabled { background: $line_strong; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $handle; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 28px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 28px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $handle_hover; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: transparent; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
"""
