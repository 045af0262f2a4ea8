"""Colour arithmetic on the token strings, without Qt: parsing, mixing, contrast."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def channels(colour: str) -> tuple[int, int, int, int]:
    """Return red, green, blue and alpha (0-255 each) of `#rrggbb` or `#rrggbbaa`."""
    digits = colour.removeprefix("#")
    if not colour.startswith("#") or len(digits) not in (6, 8):
        raise ValueError(f"{colour!r} is not a colour of the form #rrggbb or #rrggbbaa")
    red, green, blue = (int(digits[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue, int(digits[6:8], 16) if len(digits) == 8 else 255


def mix(ground: str, colour: str, share: float) -> str:
    """Return `ground` with `share` (0 to 1) of `colour` laid over it, as `#rrggbb`."""
    pairs = zip(channels(ground)[:3], channels(colour)[:3], strict=True)
    return "#" + "".join(f"{round(below + (above - below) * share):02x}" for below, above in pairs)


def over(ground: str, colour: str) -> str:
    """Return what `colour`, which may have an alpha, looks like on the opaque `ground`."""
    return mix(ground, colour, channels(colour)[3] / 255)


def with_alpha(colour: str, share: float) -> str:
    """Return `colour` at `share` (0 to 1) opacity, as `#rrggbbaa`."""
    red, green, blue, _ = channels(colour)
    return f"#{red:02x}{green:02x}{blue:02x}{round(share * 255):02x}"


def luminance(colour: str) -> float:
    """Return the relative luminance (0 black to 1 white) as WCAG 2.2 defines it, ignoring alpha."""
    linear = [_linear(channel / 255) for channel in channels(colour)[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    """Return the contrast ratio (1 to 21) of two opaque colours.

    The formula is that of WCAG 2.2, "contrast ratio": (L1 + 0.05) / (L2 + 0.05), L1 the relative luminance of the
    lighter colour and L2 that of the darker one (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio).
    """
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
