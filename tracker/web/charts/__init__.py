"""Charts as SVG inside a page: pure functions from answers to markup, without scripts, styled by the page's own sheet.

`svg.py` is the pen, `scale.py` places days on a line, and each chart has a file. Every chart has a title and a description for
those who cannot see it, and the page that shows it gives the same figures in a table.
"""
