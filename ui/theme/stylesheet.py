"""The one application stylesheet, generated from the tokens. Widgets choose by dynamic properties, never by own QSS.

Properties: `kind` of a push button (primary, ghost, quiet, danger), `tone` of a label (2, 3, accent, ok, warn, bad),
`panel` of a frame (canvas, sidebar, topbar, footer, card, sunken, note-warn ...), `state="problem"` of a field.
"""

from __future__ import annotations

from ui.theme.tokens import RADIUS_CARD, RADIUS_CONTROL, Tokens


def stylesheet(tokens: Tokens, check: str = "", dot: str = "", chevron: str = "") -> str:
    """QSS of one theme. `check`, `dot` and `chevron` are paths of tinted pictures (Qt draws its own without them)."""
    parts = (_panels, _labels, _buttons, _inputs, _indicators, _lists, _menus, _bars)
    pictures = {"check": check, "dot": dot, "chevron": chevron}
    return "\n".join(part(tokens, pictures) for part in parts)


def _panels(t: Tokens, _: dict[str, str]) -> str:
    notes = "".join(
        f'QFrame[panel="note-{tone}"] {{ background: {soft}; border: none; border-radius: 9px; }}\n'
        for tone, soft in (("accent", t.accent_soft), ("ok", t.ok_soft), ("warn", t.warn_soft), ("bad", t.bad_soft))
    )
    return f"""
QMainWindow, QDialog, QWidget[panel="canvas"] {{ background: {t.canvas}; }}
QFrame[panel="sidebar"] {{ background: {t.sidebar}; border: none; border-right: 1px solid {t.line}; }}
QFrame[panel="topbar"] {{ background: {t.canvas}; border: none; border-bottom: 1px solid {t.line}; }}
QFrame[panel="footer"] {{ background: {t.canvas}; border: none; border-top: 1px solid {t.line}; }}
QFrame[panel="card"] {{ background: {t.surface}; border: 1px solid {t.line}; border-radius: {RADIUS_CARD}px; }}
QFrame[panel="popup"] {{ background: {t.surface}; border: 1px solid {t.line_strong}; border-radius: {RADIUS_CARD}px; }}
QFrame[panel="sunken"] {{ background: {t.sunken}; border: none; border-radius: 9px; }}
QFrame[panel="rule"] {{ background: {t.line}; border: none; }}
QFrame[panel="toast"] {{ background: {t.text}; border: none; border-radius: 9px; }}
QFrame[panel="toast"] QLabel {{ color: {t.surface}; }}
QScrollArea, QScrollArea > QWidget > QWidget[panel="clear"], QStackedWidget {{ background: transparent; border: none; }}
QSplitter::handle {{ background: transparent; }}
QSplitter::handle:hover {{ background: {t.line_strong}; }}
{notes}"""


def _labels(t: Tokens, _: dict[str, str]) -> str:
    tones = {"2": t.text2, "3": t.text3, "ok": t.ok, "warn": t.warn, "bad": t.bad, "accent": t.accent_text}
    lines = "\n".join(f'QLabel[tone="{name}"] {{ color: {colour}; }}' for name, colour in tones.items())
    return f"QLabel {{ background: transparent; color: {t.text}; }}\n{lines}"


def _buttons(t: Tokens, _: dict[str, str]) -> str:
    r = RADIUS_CONTROL
    return f"""
QPushButton {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; border-radius: {r}px;
  padding: 0 13px; min-height: 30px; }}
QPushButton:hover, QPushButton:pressed {{ background: {t.sunken}; }}
QPushButton:pressed {{ border-color: {t.control}; }}
QPushButton:focus {{ border: 2px solid {t.focus}; padding: 0 12px; min-height: 28px; }}
QPushButton:disabled {{ color: {t.control}; background: {t.sunken}; border-color: {t.line}; }}
QPushButton[kind="primary"] {{ background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent}; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.accent_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.hover}; color: {t.text3}; border-color: {t.hover}; }}
QPushButton[kind="danger"] {{ color: {t.bad}; }}
QPushButton[kind="danger"]:hover {{ background: {t.bad_soft}; }}
QPushButton[kind="ghost"] {{ background: transparent; border: 1px solid transparent; color: {t.accent_text};
  padding: 0 9px; min-height: 26px; }}
QPushButton[kind="ghost"]:hover {{ background: {t.accent_soft}; }}
QPushButton[kind="ghost"]:focus {{ border: 2px solid {t.focus}; padding: 0 8px; min-height: 24px; }}
QPushButton[kind="ghost"]:disabled {{ color: {t.control}; }}
QPushButton[kind="link"] {{ background: transparent; border: 1px solid transparent; color: {t.text3}; padding: 0 4px;
  min-height: 22px; text-align: left; }}
QPushButton[kind="link"]:hover {{ color: {t.text}; }}
QPushButton[kind="link"]:focus {{ border: 2px solid {t.focus}; padding: 0 3px; min-height: 20px; }}
QPushButton[kind="toast"] {{ background: transparent; border: 1px solid transparent; color: {t.surface};
  font-weight: 600; text-decoration: underline; padding: 0 9px; min-height: 26px; }}
QPushButton[kind="toast"]:focus {{ border: 2px solid {t.surface}; padding: 0 8px; min-height: 24px; }}
QPushButton[kind="toast-close"] {{ background: transparent; border: 1px solid transparent; color: {t.surface};
  padding: 0 6px; min-height: 26px; }}
QPushButton[kind="toast-close"]:focus {{ border: 2px solid {t.surface}; padding: 0 5px; min-height: 24px; }}
QPushButton[kind="mend"] {{ background: transparent; border: 1px solid transparent; color: {t.bad};
  text-decoration: underline; padding: 0; min-height: 20px; text-align: left; }}
QPushButton[kind="mend"]:focus {{ border: 2px solid {t.focus}; min-height: 18px; }}
QPushButton[kind="fact"] {{ background: transparent; border: 1px solid transparent; color: {t.accent_text};
  padding: 0; min-height: 16px; text-align: left; }}
QPushButton[kind="fact"]:hover {{ text-decoration: underline; }}
QPushButton[kind="fact"]:focus {{ border: 2px solid {t.focus}; min-height: 14px; }}
QPushButton[kind="jump"] {{ text-align: left; background: {t.surface}; color: {t.text3}; min-height: 30px; }}
QPushButton[kind="jump"]:focus {{ min-height: 28px; }}
QPushButton::menu-indicator {{ width: 0; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {r}px; color: {t.text2};
  min-width: 30px; min-height: 30px; }}
QToolButton:hover, QToolButton:pressed {{ background: {t.hover}; }}
QToolButton:focus {{ border: 2px solid {t.focus}; min-width: 28px; min-height: 28px; }}
QToolButton::menu-indicator {{ width: 0; }}
QToolButton[kind="inner"] {{ min-width: 22px; min-height: 22px; border-radius: 5px; }}
QToolButton[kind="inner"]:focus {{ min-width: 20px; min-height: 20px; }}"""


def _inputs(t: Tokens, pictures: dict[str, str]) -> str:
    fields = ("QLineEdit", "QPlainTextEdit", "QTextEdit", "QComboBox", "QAbstractSpinBox")

    def each(suffix: str = "") -> str:
        return ", ".join(field + suffix for field in fields)

    arrow = f'image: url("{pictures["chevron"]}"); width: 14px; height: 14px;' if pictures["chevron"] else ""
    problem, disabled = '[state="problem"]', ":disabled"
    return f"""
{each()} {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.control}; border-radius: {RADIUS_CONTROL}px;
  padding: 0 9px; min-height: 30px; selection-background-color: {t.accent}; selection-color: {t.on_accent};
  placeholder-text-color: {t.text3}; }}
QPlainTextEdit, QTextEdit {{ padding: 5px 5px; }}
{each(":focus")} {{ border: 2px solid {t.focus}; padding: 0 8px; min-height: 28px; }}
QPlainTextEdit:focus, QTextEdit:focus {{ padding: 4px 4px; }}
{each(problem)} {{ border: 1px solid {t.bad}; }}
{each(problem + ":focus")} {{ border: 2px solid {t.bad}; }}
{each(disabled)} {{ background: {t.sunken}; color: {t.text3}; border-color: {t.line_strong}; }}
QLineEdit[readOnly="true"] {{ background: {t.sunken}; border-color: {t.line_strong}; }}
QLineEdit[kind="bare"], QLineEdit[kind="bare"]:focus {{ background: transparent; border: none; padding: 0;
  min-height: 30px; }}
QLineEdit[kind="cell"], QLineEdit[kind="cell"]:focus {{ border: 2px solid {t.focus}; border-radius: 6px;
  padding: 0 6px; min-height: 26px; }}
QLineEdit[kind="cell"][state="problem"] {{ border: 2px solid {t.bad}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ {arrow} }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong};
  selection-background-color: {t.accent_soft}; selection-color: {t.text}; outline: 0; padding: 4px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: none; }}"""


def _indicators(t: Tokens, pictures: dict[str, str]) -> str:
    check = f'image: url("{pictures["check"]}");' if pictures["check"] else ""
    dot = f'image: url("{pictures["dot"]}");' if pictures["dot"] else ""
    return f"""
QCheckBox, QRadioButton {{ background: transparent; color: {t.text}; spacing: 8px; min-height: 24px; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: 16px; height: 16px; border: 1px solid {t.control};
  background: {t.surface}; }}
QCheckBox::indicator {{ border-radius: 4px; }}
QRadioButton::indicator {{ border-radius: 9px; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; {check} }}
QRadioButton::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; {dot} }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border: 2px solid {t.focus}; width: 14px; height: 14px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {t.accent_text}; }}
QCheckBox::indicator:checked:focus, QRadioButton::indicator:checked:focus {{ border-color: {t.text}; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.control}; }}
QGroupBox {{ border: none; margin-top: 22px; }}
QGroupBox::title {{ subcontrol-origin: margin; color: {t.text}; }}"""


def _lists(t: Tokens, _: dict[str, str]) -> str:
    return f"""
QTableView, QListView, QTreeView {{ background: transparent; border: none; gridline-color: {t.line}; outline: 0;
  selection-background-color: {t.selected}; selection-color: {t.text}; }}
QListView::item {{ min-height: 30px; border-radius: 6px; padding: 0 8px; }}
QListView::item:hover {{ background: {t.hover}; }}
QListView::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QHeaderView {{ background: {t.sunken}; border: none; border-top: 1px solid {t.line};
  border-bottom: 1px solid {t.line}; }}
QHeaderView::section {{ background: transparent; color: {t.text3}; border: none; padding: 0 12px;
  font: 600 10px "Inter"; letter-spacing: 0.5px; text-transform: uppercase; }}
QHeaderView::section:first {{ padding-left: 16px; }}
QHeaderView::section:hover {{ color: {t.text}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QTableCornerButton::section {{ background: {t.sunken}; border: none; }}
QTabBar::tab {{ background: transparent; color: {t.text2}; padding: 7px 2px; margin-right: 20px; border: none;
  border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {t.text}; border-bottom-color: {t.accent}; }}
QTabBar::tab:focus {{ border-bottom-color: {t.focus}; color: {t.accent_text}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; }}
QCalendarWidget QWidget {{ background: {t.surface}; alternate-background-color: {t.sunken}; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.accent}; selection-color: {t.on_accent};
  color: {t.text}; }}
QCalendarWidget QAbstractItemView:disabled {{ color: {t.control}; }}
QCalendarWidget QToolButton {{ color: {t.text}; font-weight: 600; padding: 0 8px; }}
QCalendarWidget QSpinBox {{ min-height: 24px; }}"""


def _menus(t: Tokens, _: dict[str, str]) -> str:
    return f"""
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.line_strong}; padding: 5px; }}
QMenu::item {{ padding: 6px 24px 6px 10px; border-radius: 6px; }}
QMenu::item:selected {{ background: {t.accent_soft}; color: {t.text}; }}
QMenu::item:disabled {{ color: {t.control}; background: transparent; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 5px 4px; }}
QToolTip {{ background: {t.text}; color: {t.surface}; border: none; padding: 5px 8px; }}"""


def _bars(t: Tokens, _: dict[str, str]) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line_strong}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:hover {{ background: {t.control}; }}
QScrollBar::handle:vertical {{ min-height: 28px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QProgressBar {{ background: {t.line}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QSlider::groove:horizontal {{ background: {t.line}; height: 4px; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {t.accent}; width: 14px; margin: -5px 0; border-radius: 7px; }}"""
