"""What every chart needs: axes, days on them, and a font with Chinese glyphs.

Any of FONTS will do; Noto Sans CJK SC (Debian: fonts-noto-cjk) has them all. Without one a chart is drawn all the same,
with boxes for characters, and a warning says what to install.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    import matplotlib.pyplot as plt
    from matplotlib import font_manager, rcParams
    from matplotlib.dates import date2num
except ImportError:
    raise ImportError("charts need matplotlib, which is not installed: pip install 'policykg[notebook]'") from None

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Families with Chinese glyphs, simplified forms first: Linux, Windows, macOS. matplotlib before 3.11 sees only the
# first family of a collection, which for Noto is the Japanese one.
FONTS = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei", "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC", "Noto Sans CJK JP",
    "Noto Serif CJK SC", "Noto Serif CJK JP", "SimSun", "Arial Unicode MS",
)  # fmt: skip
NO_FONT = "no font with Chinese glyphs was found: install Noto Sans CJK SC (Debian: apt install fonts-noto-cjk)"


@cache
def chinese_font() -> str | None:
    """The first of FONTS that is installed, or None."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    if not known.intersection(FONTS):  # installed since matplotlib made its list
        for path in font_manager.findSystemFonts():
            if "CJK" in Path(path).name:
                font_manager.fontManager.addfont(path)
        known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in FONTS if name in known), None)


@contextmanager
def chinese() -> Iterator[None]:
    """What is drawn here has Chinese glyphs, and no $ in a name is taken for mathematics."""
    family = chinese_font()
    if family is None:
        warnings.warn(NO_FONT, stacklevel=4)
    families = [family, "DejaVu Sans"] if family else ["DejaVu Sans"]
    wanted: Any = {"font.family": families, "axes.unicode_minus": False, "text.parse_math": False}
    before: Any = {name: rcParams[name] for name in wanted}
    rcParams.update(wanted)
    try:
        yield
    finally:  # rc_context would take back what the backend sets when it draws for the first time: no second chart shows
        rcParams.update(before)


def axes_of(ax: Axes | None, width: float, height: float) -> Axes:
    """The axes given, or new ones of so many inches."""
    return plt.subplots(figsize=(width, height), layout="constrained")[1] if ax is None else ax


def at(day: date) -> float:
    """Where a day stands on an axis of days."""
    return float(date2num(day))
