"""Charts drawn on the server as SVG, small enough for a telephone, read in the direction of the page.

Our own because the libraries for it (pygal, leather) write style elements and attributes, which the content
policy refuses, and know no right-to-left axis. Everything is said by presentation attributes, so that the
same drawing stands in a page and in a PDF; two series differ by a pattern and a word, never by colour alone.
A chart's numbers stand in a table beneath it: that is the caller's part.
"""

from core.charts.bars import Bar, bars
from core.charts.columns import Series, columns
from core.charts.drawing import Direction
from core.charts.lines import lines
from core.charts.pyramid import Step, pyramid
from core.charts.tiles import Tile, tiles

__all__ = ["Bar", "Direction", "Series", "Step", "Tile", "bars", "columns", "lines", "pyramid", "tiles"]
