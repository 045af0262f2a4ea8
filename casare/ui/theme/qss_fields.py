"""Stylesheet of what is typed into or chosen from: text fields, spin boxes, combo boxes."""

from typing import Final

FIELDS: Final = """
QLineEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QTimeEdit, QDateTimeEdit, QComboBox, QKeySequenceEdit {
    background: $field; border: 1px solid $line; border-radius: 6px; padding: 0 6px; min-height: 26px;
}
QPlainTextEdit, QTextEdit, QTextBrowser {
    background: $field; border: 1px solid $line; border-radius: 6px; padding: 3px 6px;
}
QLineEdit:hover, QSpinBox:hover, QDoubleSpinBox:hover, QDateEdit:hover, QTimeEdit:hover, QDateTimeEdit:hover,
QComboBox:hover, QKeySequenceEdit:hover, QPlainTextEdit:hover, QTextEdit:hover { border-color: $line_strong; }
QLineEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QDateEdit:focus, QTimeEdit:focus, QDateTimeEdit:focus,
QComboBox:focus, QComboBox:on, QKeySequenceEdit:focus {
    border: 2px solid $focus_ring; padding: 0 5px; min-height: 24px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $focus_ring; padding: 2px 5px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only { background: $field_disabled; }
QLineEdit:disabled, QSpinBox:disabled, QDoubleSpinBox:disabled, QDateEdit:disabled, QTimeEdit:disabled,
QDateTimeEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QTextEdit:disabled {
    background: $field_disabled; border-color: $field_disabled; color: $text_disabled;
}
*[state="error"] { border-color: $error; }
*[state="warning"] { border-color: $warning; }
QAbstractItemView QLineEdit, QAbstractItemView QLineEdit:focus {
    border-width: 1px; border-radius: 4px; padding: 0 3px; min-height: 0;
}
QKeySequenceEdit QLineEdit, QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    background: transparent; border: none; padding: 0; min-height: 0;
}

QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: border; width: 18px; border: none; background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; border-top-right-radius: 6px; margin: 2px 2px 0 0; }
QAbstractSpinBox::down-button {
    subcontrol-position: bottom right; border-bottom-right-radius: 6px; margin: 0 2px 2px 0;
}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: $pressed; }
QAbstractSpinBox::up-arrow { image: $image_chevron_up; width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: $image_chevron_down; width: 10px; height: 10px; }
QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::up-arrow:off { image: $image_chevron_up_disabled; }
QAbstractSpinBox::down-arrow:disabled, QAbstractSpinBox::down-arrow:off { image: $image_chevron_down_disabled; }

QComboBox { combobox-popup: 0; padding: 0 24px 0 8px; }
QComboBox:focus, QComboBox:on { padding: 0 23px 0 7px; }
QComboBox:editable { padding-left: 6px; }
QComboBox:editable:focus { padding-left: 5px; }
QComboBox::drop-down {
    subcontrol-origin: border; subcontrol-position: center right; width: 24px; border: none; background: transparent;
}
QComboBox::down-arrow { image: $image_chevron_down; width: 12px; height: 12px; }
QComboBox::down-arrow:disabled { image: $image_chevron_down_disabled; }
QComboBoxPrivateContainer { background: $overlay; border: 1px solid $line_strong; }
QComboBox QAbstractItemView {
    background: $overlay; border: 1px solid $line_strong; border-radius: 0; padding: 3px;
    selection-background-color: $accent_ground; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: 24px; padding: 0 6px; border: none; border-radius: 4px; }
QComboBox QAbstractItemView::item:focus { border: none; }
QComboBox QAbstractItemView::item:selected, QComboBox QAbstractItemView::item:hover {
    background: $accent_ground; color: $text;
}
"""
