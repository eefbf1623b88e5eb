"""The control API: orders to a running press from another process, on a virtual host of its own.

``curl -H 'Host: press.test' 127.0.0.1:PORT/state`` and so on:

* ``GET /state``: edition, address, expected numbers. ``GET /log``: the requests so far. ``GET /truth``: the records.
* ``POST /edition`` ``{"edition": 2}``; ``POST /fail`` ``{"path": "/x.html", "fault": {"kind": "status", "status": 503},
  "times": 2}``; ``POST /heal``: no more faults; ``POST /forget``: an empty log.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from tests.site import faults
from tests.site.truth import expected, truth

if TYPE_CHECKING:
    from tests.site.press import Press

HOST = "press.test"


def order(press: Press, method: str, path: str, body: bytes) -> tuple[int, Any]:
    """Carry out one order; gives the status and what to answer as JSON."""
    try:
        data = json.loads(body) if body else {}
        return _order(press, f"{method} {path}", data)
    except (ValueError, KeyError, TypeError) as error:
        return 400, {"error": f"{type(error).__name__}: {error}"}


def _order(press: Press, what: str, data: dict[str, Any]) -> tuple[int, Any]:
    if what == "GET /state":
        return 200, {"edition": press.edition, "address": press.address, "expected": asdict(expected())}
    if what == "GET /log":
        return 200, [{**asdict(request), "time": request.time.isoformat()} for request in press.log]
    if what == "GET /truth":
        return 200, truth(press.edition)
    if what == "POST /edition":
        press.edition = data["edition"]
    elif what == "POST /fail":
        press.fail(data["path"], faults.from_json(data["fault"]), data.get("times"))
    elif what == "POST /heal":
        press.heal()
    elif what == "POST /forget":
        press.forget()
    else:
        return 404, {"error": f"no order {what!r}"}
    return 200, {"done": what}
