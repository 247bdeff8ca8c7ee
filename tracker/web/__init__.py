"""The web server: the same services as the command line, asked over HTTP.

Read in this order: `app.py` puts everything together; `desk.py` is what routes work with; `api/` holds the routes, a file for each
noun, and `pages/` what people look at. Around every answer: `access.py` (request ids, logs, headers), `limits.py`, `problems.py`
(errors, RFC 9457), `links.py` (pages of lists, RFC 8288), `conditional.py` (unchanged answers, RFC 9110), `standing.py` (how far log
and views are), `metrics.py` and `description.py` (OpenAPI). `serve.py` runs it.

Nothing here writes: whoever may reach the port may read, and no more.
"""
