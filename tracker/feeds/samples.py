"""The smallest feed of each format, as one would write it by hand."""

RSS = (
    "<rss version='2.0'><channel><title>Wire</title><link>https://wire.example/</link><item><title>One flew</title>"
    "<link>https://wire.example/1</link><pubDate>Mon, 02 Nov 2026 10:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;It came down.&lt;/p&gt;</description></item></channel></rss>"
)
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title><id>urn:wire</id><entry><id>urn:wire:1</id>"
    "<title>One flew</title><link href='https://wire.example/1'/><updated>2026-11-02T10:00:00Z</updated></entry></feed>"
)
JSON = (
    '{"version": "https://jsonfeed.org/version/1.1", "title": "Wire", "home_page_url": "https://wire.example/", "items": '
    '[{"id": "1", "url": "https://wire.example/1", "title": "One flew", "date_published": "2026-11-02T10:00:00Z", '
    '"content_html": "<p>It came down.</p>"}]}'
)
SITEMAP = (
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'>"
    "<url><loc>https://wire.example/1</loc><news:news><news:title>One flew</news:title>"
    "<news:publication_date>2026-11-02</news:publication_date></news:news></url></urlset>"
)
LISTING = (
    "<html><title>Press releases</title><ul><li>2 November 2026 <a href='/releases/2026/1'>One flew and came down</a></li></ul>"
    "</html>"
)
SAMPLES = (RSS, ATOM, JSON, SITEMAP, LISTING)
