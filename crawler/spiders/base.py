"""What the spiders of this project have in common: a run in the archive, and an eye on the pipelines' end."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, Self

from scrapy import Spider, signals

from crawler.items import Page, Reading
from crawler.spiders.arguments import INCOMPLETE

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class ArchiveSpider(Spider):
    """A spider whose run is recorded (``crawler.extensions.runs``).

    The command, its arguments and the outlets go into the run's row; ``exit_code`` is what the command ends with.
    """

    # Whether an outlet of which nothing could be read is a failure of the run.
    must_read: ClassVar[bool] = False
    settings_of_all: ClassVar[dict[str, Any]] = {"LOG_FORMATTER": "crawler.extensions.logs.BriefLog"}

    def __init__(
        self, run_command: str, run_arguments: Mapping[str, Any], run_outlets: Sequence[str], **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        self.run_command = run_command
        self.run_arguments = dict(run_arguments)
        self.run_outlets = list(run_outlets)
        self.exit_code = 0
        self.left_alone: set[str] = set()  # outlets of which nothing was to be fetched at the time of this run

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Connect to the end of the pipelines, where a page counts as dealt with."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider._item_done, signal=signals.item_scraped)
        crawler.signals.connect(spider._item_lost, signal=signals.item_dropped)
        crawler.signals.connect(spider._item_lost, signal=signals.item_error)
        return spider

    @abstractmethod
    def dealt_with(self, page: Page) -> None:
        """A page has gone through the pipelines."""

    async def pending(self, outlet: str) -> int | None:
        """How much of the outlet is still to be fetched; ``None`` where nobody can know."""
        return None

    async def prepare(self) -> None:
        """Make ready, before the run is recorded; raises ``CloseSpider`` when there is nothing to do."""

    async def give_back(self) -> None:
        """Leave nothing leased and locked; called once when the spider has closed."""

    def _item_done(self, item: Page | Reading) -> None:
        self.dealt_with(item.page if isinstance(item, Reading) else item)

    def _item_lost(self, item: Page | Reading) -> None:
        """A pipeline let go of a page; ours never do."""
        self.exit_code = INCOMPLETE
        self._item_done(item)
