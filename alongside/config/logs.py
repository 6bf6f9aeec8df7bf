"""JSON log lines that hold where and what kind, never a value: no locals, no request body, no exception text."""

import logging
import traceback
from typing import Any

import structlog


class NoValues(logging.Filter):
    """Drops what could carry a value: arguments of database errors, request objects, messages of exceptions."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and record.exc_info[0] is not None:
            kind, _, trace = record.exc_info
            places = [
                f"{frame.filename.rsplit('/alongside/')[-1]}:{frame.lineno}" for frame in traceback.extract_tb(trace)
            ]
            record.msg, record.args = f"{kind.__name__} at {' < '.join(reversed(places[-6:]))}", ()
            record.exc_info, record.exc_text = None, None
        record.__dict__.pop("request", None)
        return True


def handlers(log_to: str) -> dict[str, dict[str, Any]]:
    """Where the log goes: to standard error and, where `log_to` names one, to a syslog as well, so that who takes over
    this machine does not have the only copy. `log_to`: a socket (`/dev/log`) or `host:port`. The same lines both ways.
    """
    lines: dict[str, Any] = {"formatter": "json", "filters": ["no_values"]}
    found: dict[str, dict[str, Any]] = {"stderr": {"class": "logging.StreamHandler", **lines}}
    if log_to:
        host, _, port = log_to.rpartition(":")
        address = log_to if log_to.startswith("/") else (host, int(port))
        found["elsewhere"] = {"class": "logging.handlers.SysLogHandler", "address": address, **lines}
    return found


def formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.JSONRenderer(),
        ],
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
        ],
    )
