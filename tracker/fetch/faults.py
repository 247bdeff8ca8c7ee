"""What went wrong on the wire, in our words: those of a library may quote what a stranger sent, or a proxy's password."""

import aiohttp

from tracker.fetch.rules import Rules
from tracker.fetch.verdict import named


def too_slow(error: TimeoutError, rules: Rules) -> str:
    """Return which of the limits in time was passed."""
    if isinstance(error, aiohttp.ServerTimeoutError):
        return f"no connection within {rules.connect_s:g} s"
    return f"not done within {rules.deadline_s:g} s"


def fault(error: aiohttp.ClientError | OSError) -> str:
    """Return why there is no answer."""
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return "the certificate of the server does not hold"
        case aiohttp.ClientSSLError():
            return "no secure connection could be agreed on (TLS)"
        case aiohttp.ClientProxyConnectionError():
            return "the proxy cannot be reached"
        case aiohttp.ClientHttpProxyError():
            return f"the proxy answered {named(error.status)}"
        case aiohttp.ClientConnectorError():
            return f"no connection: {error.strerror or 'the server cannot be reached'}"
        case aiohttp.ServerDisconnectedError():
            return "the server closed the connection without an answer"
        case aiohttp.ClientPayloadError():
            return "the answer was cut short"
        case aiohttp.ClientResponseError():
            return "the answer is not HTTP as it should be"
        case aiohttp.ClientOSError():
            return f"the connection broke: {error.strerror or 'for no reason given'}"
        case _:
            return f"the request failed ({type(error).__name__})"
