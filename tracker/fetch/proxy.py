"""The proxy through which everything goes, if the rules name one; the environment is not asked."""

from yarl import URL

from tracker.errors import ConfigError


def proxy_url(text: str | None) -> URL | None:
    """Return the proxy that the rules name, None for none. Raises ConfigError for what is no http(s) address."""
    if text is None:
        return None
    try:
        url = URL(text)
    except ValueError:
        url = URL()
    if url.scheme not in {"http", "https"} or not url.raw_host:
        raise ConfigError("fetch proxy", "not a proxy that can be used; write http://host:port")
    return url
