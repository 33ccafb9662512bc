"""Pictures: Graphviz lays them out, as an SVG with its words or a PNG; where it cannot, that is said."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from chain_rules import links_of
from guiju.checker.chains.draw import actors, dot, events, picture
from guiju.checker.chains.draw.wanted import Wanted

drawn = pytest.mark.skipif(not picture.available(), reason="pictures need guiju[draw]")


@pytest.fixture(scope="module")
def source() -> str:
    """A drawing as DOT."""
    return dot.write(actors.draw(links_of(), Wanted()), "zh")


@drawn
def test_an_svg_has_every_label(source: str) -> None:
    """As text that can be searched, in families with Chinese characters."""
    svg = picture.draw(source, "svg")
    tree = ET.fromstring(svg)
    said = "".join("".join(each.itertext()) for each in tree.iter("{http://www.w3.org/2000/svg}text"))
    for label in re.findall(r' label="(.*?)"', source):
        assert label.replace(r"\n", "").strip() in said
    families = {each.get("font-family") for each in tree.iter("{http://www.w3.org/2000/svg}text")}
    assert families == {dot.FONTS}


@drawn
def test_the_same_source_gives_the_same_svg(source: str) -> None:
    """Byte for byte, on one machine."""
    assert picture.draw(source, "svg") == picture.draw(source, "svg")


@drawn
def test_a_png_is_one(source: str) -> None:
    """By its first bytes, and of some size."""
    png = picture.draw(source, "png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(png[16:20], "big") > 500


@drawn
def test_events_are_laid_out() -> None:
    """The other graph, too."""
    assert (
        picture.draw(dot.write(events.draw(links_of(), Wanted()), "en"), "svg").rstrip().endswith(b"</svg>")
    )


@drawn
@pytest.mark.parametrize("wrong", ["", "digraph {", "no dot at all"])
def test_what_is_no_dot_fails(wrong: str) -> None:
    """With what Graphviz said, and without a picture."""
    with pytest.raises(picture.Failed, match=r"\w"):
        picture.draw(wrong, "svg")
