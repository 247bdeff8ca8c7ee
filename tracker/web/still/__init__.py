"""A site of files: every page, feed and calendar as the server would show it now, for any web server, or for none.

`site.py` walks from page to page and writes each; `inside.py` asks the web without a network, `paths.py` says which file an address
becomes, `page.py` leads links there and leaves out what only a server can answer, and `folder.py` puts the whole in its place.
"""
