"""The bundled press: two small invented newspapers on a real HTTP server on loopback.

``baosongmay.test`` has the markup of OneCMS, ``baonuibiec.test`` that of the ``content-fck`` CMS. Both are virtual
hosts of one port; their addresses carry no port, so a client has to connect ``*.test`` to :attr:`Press.address`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from types import TracebackType
from urllib.parse import unquote

from tests.site import addresses
from tests.site.faults import Fault
from tests.site.papers import VIETNAM, papers
from tests.site.server import Request, Server
from tests.site.stories import EDITIONS, stories
from tests.site.truth import Expected, Record, expected, truth

Match = str | Callable[[Request], bool]


@dataclass(slots=True)
class _Order:
    """A fault that waits for its requests; ``left`` is how many times more it strikes, ``None`` for always."""

    match: Match
    fault: Fault
    left: int | None


class Press:
    """Both papers, served while the ``with`` block lasts (or from :meth:`start` to :meth:`close`).

    ``edition`` may be changed at any time; the next request gets the other one. ``port`` 0 takes a free one.
    ``times`` is how often over the papers have each of their articles, which :meth:`truth` does not tell.
    """

    def __init__(self, edition: int = 1, port: int = 0, times: int = 1) -> None:
        self.times = times
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._orders: list[_Order] = []
        self._log: list[Request] = []
        self._edition = 0
        self._made_at: dict[int, datetime] = {}
        self.edition = edition
        self._server = Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="press", daemon=True)

    # -- running ----------------------------------------------------------------------------------------------

    def start(self) -> Press:
        """Begin to serve, in a thread of its own."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Stop serving; answers that are still on their way are cut off."""
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)

    def __enter__(self) -> Press:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- what is served ---------------------------------------------------------------------------------------

    @property
    def port(self) -> int:
        """The port of all virtual hosts."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """``127.0.0.1:PORT``, the value for the setting ``LOOPBACK``."""
        return f"127.0.0.1:{self.port}"

    @property
    def edition(self) -> int:
        """The edition being served, 1 or 2."""
        return self._edition

    @edition.setter
    def edition(self, edition: int) -> None:
        if edition not in EDITIONS:
            raise ValueError(f"there is no edition {edition!r}, only {EDITIONS}")
        stories(edition)
        # A second apart, since HTTP dates have no finer moments.
        newest = max(self._made_at.values(), default=datetime.min.replace(tzinfo=VIETNAM))
        self._made_at.setdefault(edition, max(datetime.now(VIETNAM), newest + timedelta(seconds=1)))
        self._edition = edition

    @property
    def made_at(self) -> datetime:
        """When the edition being served was first put together; its pages state this time, as those of a cache do."""
        return self._made_at[self._edition]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The registry names of the papers."""
        return tuple(papers())

    def urls(self, outlet: str, edition: int | None = None) -> list[str]:
        """The address of every article of a paper in an edition (the served one), newest first."""
        told = stories(edition or self.edition)
        return [addresses.article(story) for story in told if story.paper.name == outlet]

    def truth(self, edition: int | None = None) -> dict[str, Record]:
        """What extraction must give for every article of an edition (the served one), by key."""
        return truth(edition or self.edition)

    def expected_outcome(self) -> Expected:
        """What crawling edition 1 and then edition 2 must find."""
        return expected()

    # -- misbehaving ------------------------------------------------------------------------------------------

    def fail(self, match: Match, fault: Fault, times: int | None = None) -> None:
        """Let requests fail: all that ``match``, or only the first ``times`` of them.

        ``match`` is a path (``/x.html``; ``*`` stands for anything; with ``?`` the query counts too), an
        address with its host (``http://baosongmay.test/*``), or a predicate of the :class:`Request`. Of
        several that match, the one ordered first strikes.
        """
        with self._lock:
            self._orders.append(_Order(match, fault, times))

    def heal(self) -> None:
        """Forget all faults."""
        with self._lock:
            self._orders.clear()

    def strike(self, request: Request) -> Fault | None:
        """The fault for a request, counted; called by the server."""
        with self._lock:
            for order in self._orders:
                if order.left != 0 and _matches(order.match, request):
                    if order.left is not None:
                        order.left -= 1
                    return order.fault
        return None

    def wait(self, seconds: float) -> None:
        """Wait, but not longer than the press lives; called by the server."""
        self._ended.wait(seconds)

    # -- remembering ------------------------------------------------------------------------------------------

    @property
    def log(self) -> list[Request]:
        """Every request so far, in the order of their answers; orders to the press itself are not in it."""
        with self._lock:
            return list(self._log)

    def record(self, request: Request) -> None:
        """Log a request; called by the server."""
        with self._lock:
            self._log.append(request)

    def forget(self) -> None:
        """Empty the log."""
        with self._lock:
            self._log.clear()


def _matches(match: Match, request: Request) -> bool:
    if not isinstance(match, str):
        return match(request)
    asked = request.url if match.startswith("http") else request.path
    asked = unquote(asked if "?" in match else asked.partition("?")[0])
    if "*" not in match:
        return asked == unquote(match)
    # Only "*" is special: "?" and "[" are ordinary in addresses.
    pattern = unquote(match).replace("[", "[[]").replace("?", "[?]")
    return fnmatchcase(asked, pattern)
