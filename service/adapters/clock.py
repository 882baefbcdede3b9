"""The one place that asks what day it is."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


class SystemClock:
    """The date in China, where the documents are from."""

    def today(self) -> date:
        """Return today's date in Asia/Shanghai."""
        return datetime.now(ZoneInfo("Asia/Shanghai")).date()
