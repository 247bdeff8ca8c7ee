"""Logs: events with fields, on standard error, set up once at the door."""

import logging
import sys
from typing import Literal

import structlog


def configure(*, format_: Literal["console", "json"], level: str) -> None:
    """Send logs to standard error, for people or as JSON lines, from a level on."""
    renderer: structlog.typing.Processor
    renderer = (
        structlog.processors.JSONRenderer(sort_keys=True) if format_ == "json" else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
