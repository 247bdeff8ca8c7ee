"""The web, asked politely and with suspicion: one request, one typed answer.

Read `answer` for what is asked and what comes back, `rules` for the limits, then `fetcher`, which puts the rest together:
`target` (what a URL means), `addresses` and `names` (what may be dialled), `turns` and `robots` (when, and whether),
`verdict`, `body`, `headers` and `freshness` (what a response means).

    async with Fetcher(Rules(contact="https://example.org/bot")) as fetcher:
        answer = await fetcher.get(Asked("https://www.isro.gov.in/feed.xml"))
"""
