"""The pen: elements of SVG, everything in them escaped."""

import re

from markupsafe import Markup, escape

# XML has no place for these, nor has a page; the marks that turn the direction of text would let a name forge its neighbours.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def tag(name: str, /, *inside: str, **attributes: object) -> Markup:
    """Return an element. `class_` stands for class, `_` in a name for a dash; what is None is left out."""
    given = "".join(
        f' {_name(key)}="{escape(_text(each))}"' for key, each in attributes.items() if each is not None and each != ""
    )
    content = Markup("").join(each if isinstance(each, Markup) else escape(_text(each)) for each in inside)
    return Markup(f"<{name}{given}>{content}</{name}>")  # noqa: S704  (names are ours, all else is escaped above)


def drawing(key: str, width: int, height: int, title: str, description: str, *inside: str) -> Markup:
    """Return a whole picture with its title and description; `key` makes their ids the only ones on the page."""
    return tag(
        "svg",
        tag("title", title, id=f"{key}-title"),
        tag("desc", description, id=f"{key}-desc"),
        *inside,
        role="img",
        aria_labelledby=f"{key}-title {key}-desc",
        viewBox=f"0 0 {width} {height}",
        class_="chart",
    )


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> Markup:
    """Return a straight line."""
    return tag("line", x1=_number(x1), y1=_number(y1), x2=_number(x2), y2=_number(y2), class_=class_)


def box(x: float, y: float, width: float, height: float, class_: str, *inside: str) -> Markup:
    """Return a rectangle."""
    return tag(
        "rect",
        *inside,
        x=_number(x),
        y=_number(y),
        width=_number(width),
        height=_number(height),
        rx=2,
        class_=class_,
    )


def dot(x: float, y: float, radius: float, class_: str, *inside: str) -> Markup:
    """Return a filled circle."""
    return tag("circle", *inside, cx=_number(x), cy=_number(y), r=radius, class_=class_)


def text(x: float, y: float, words: str, class_: str = "", anchor: str | None = None) -> Markup:
    """Return words that begin at a point, or end there (`end`), or stand around it (`middle`)."""
    return tag("text", words, x=_number(x), y=_number(y), class_=class_, text_anchor=anchor)


def note(words: str) -> Markup:
    """Return what a mark of the chart says when it is pointed at."""
    return tag("title", words)


def _name(key: str) -> str:
    return "viewBox" if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _text(value: object) -> str:
    return _CONTROLS.sub(" ", str(value))


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
