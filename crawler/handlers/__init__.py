"""Download handlers: how the crawler connects, and what it refuses to connect to."""

from __future__ import annotations

from crawler.handlers.addresses import AddressRefused
from crawler.handlers.guarded import GuardedHTTPHandler

__all__ = ["AddressRefused", "GuardedHTTPHandler"]
