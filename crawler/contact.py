"""Who we say we are: the ``User-Agent`` of every request."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from crawler import __version__


def user_agent(contact: str) -> str:
    """``BaoTinh/VERSION (…)`` with the contact, so that a newspaper can find and address the operator."""
    about = "archive of Vietnamese provincial newspapers"
    return f"BaoTinh/{__version__} ({about}; {contact})" if contact else f"BaoTinh/{__version__} ({about})"


class UserAgent:
    """Scrapy add-on: makes ``USER_AGENT`` from ``CONTACT``, wherever that was set."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Set ``USER_AGENT`` unless a setting of higher priority names it."""
        contact = " ".join(str(settings.get("CONTACT") or "").split())  # no line break into a header
        settings.set("USER_AGENT", user_agent(contact), priority="addon")
