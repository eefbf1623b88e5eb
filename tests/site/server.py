"""The press's HTTP server: asks :mod:`pages` what to answer, spoils it where a fault says so, logs every request."""

from __future__ import annotations

import contextlib
import gzip
import json
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.site import control
from tests.site.faults import Fault, recoded
from tests.site.pages import HTML, Response, respond
from tests.site.validators import conditional, lying, marked

if TYPE_CHECKING:
    from tests.site.press import Press


_CONDITIONS = ("If-None-Match", "If-Modified-Since")


@dataclass(frozen=True, slots=True)
class Request:
    """One request as logged: ``time`` aware UTC, ``path`` with its query, ``fault`` the kind that struck, if any.

    ``status`` and ``size`` (bytes of the body) are those that were sent, or meant to be sent when the fault kept the
    answer from going out whole. ``conditional``: it was to be answered only if the document had changed.
    """

    time: datetime
    method: str
    host: str
    path: str
    status: int
    user_agent: str
    fault: str | None = None
    conditional: bool = False
    size: int = 0

    @property
    def url(self) -> str:
        """The address asked for."""
        return f"http://{self.host}{self.path}"


class Server(ThreadingHTTPServer):
    """One thread a connection; threads that hang in a fault do not hold up the end."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, press: Press, port: int) -> None:
        self.press = press
        super().__init__(("127.0.0.1", port), Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away is no error of the press; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers one connection's requests."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "BundledPress/1"
    timeout = 60

    def do_GET(self) -> None:
        """Answer a GET request."""
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        if host == control.HOST:
            self._control(b"")
            return
        press = self.server.press
        made_at = press.made_at
        answer = marked(respond(host, self.path, press.edition, made_at, press.times), made_at)
        agent = self.headers.get("User-Agent", "")
        asked = {name: value for name in _CONDITIONS if (value := self.headers.get(name))}
        request = Request(datetime.now(UTC), self.command, host, self.path, answer.status, agent)
        fault = press.strike(request)
        if fault is not None and fault.kind == "lie":
            answer = lying(answer, asked, fault)
        elif fault is not None:
            answer = _changed(answer, fault, self.path)
        else:
            answer = conditional(answer, asked)
        kind = fault.kind if fault else None
        size = len(answer.body)
        press.record(replace(request, status=answer.status, fault=kind, conditional=bool(asked), size=size))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._send(answer, fault)

    do_HEAD = do_GET  # noqa: N815

    def do_POST(self) -> None:
        """Take an order of the control API; the papers themselves take no POST."""
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if (self.headers.get("Host") or "").partition(":")[0].lower() == control.HOST:
            self._control(body)
        else:
            self._send(Response(405, b""), None)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing on standard error; :attr:`Press.log` holds the requests."""

    def _control(self, body: bytes) -> None:
        code, answer = control.order(self.server.press, self.command, self.path, body)
        text = json.dumps(answer, ensure_ascii=False, indent=1).encode() + b"\n"
        self._send(Response(code, text, "application/json; charset=utf-8"), None)

    def _send(self, answer: Response, fault: Fault | None) -> None:
        kind = fault.kind if fault else ""
        if fault and kind == "reset":
            self._reset()
            return
        if fault and kind == "delay":
            self.server.press.wait(fault.seconds)
        body = answer.body
        length = len(body)
        if fault and kind == "truncate":
            body = body[: int(length * fault.share)]
            length = len(body) if fault.honest else length
        elif fault and kind == "length":
            length = max(0, length + fault.by)
        self.send_response(answer.status)
        if answer.content_type:
            self.send_header("Content-Type", answer.content_type)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(length))
        if length != len(body):
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self._body(body, fault if kind == "drip" else None)

    def _body(self, body: bytes, drip: Fault | None) -> None:
        if drip is None:
            self.wfile.write(body)
            return
        for start in range(0, len(body), drip.size):
            self.wfile.write(body[start : start + drip.size])
            self.wfile.flush()
            self.server.press.wait(drip.seconds)

    def _reset(self) -> None:
        """End the connection with RST: closing with a linger time of zero does that."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # The handler's files hold the socket open until they are closed too.
        self.rfile.close()
        self.connection.close()


def _changed(answer: Response, fault: Fault, path: str) -> Response:
    """The answer as a fault changes it, where the fault is about what is sent and not how."""
    change: Callable[[], Response] | None = {
        "status": lambda: Response(fault.status, _error_page(fault.status), HTML, fault.headers),
        "redirect": lambda: Response(fault.status, b"", HTML, (("Location", fault.to), *fault.headers)),
        "loop": lambda: Response(fault.status, b"", HTML, (("Location", _next_turn(path)),)),
        "charset": lambda: Response(answer.status, recoded(answer.body, fault), _labelled(fault), answer.headers),
        "bomb": lambda: Response(200, _packed(fault.size), HTML, (("Content-Encoding", "gzip"),)),
        "headers": lambda: replace(answer, headers=tuple((f"X-Header-{n}", "x" * 20) for n in range(fault.size))),
        "empty": lambda: Response(200, b"", answer.content_type),
    }.get(fault.kind)
    return change() if change else answer


def _error_page(status: int) -> bytes:
    if status == 304:  # the one answer that has no body
        return b""
    return f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>".encode()


def _packed(size: int) -> bytes:
    return gzip.compress(b"<html><body>" + b" " * size)


def _next_turn(path: str) -> str:
    base, _, query = path.partition("?")
    turn = int(query.removeprefix("vong=")) if query.removeprefix("vong=").isdigit() else 0
    return f"{base}?vong={turn % 2 + 1}"


def _labelled(fault: Fault) -> str:
    return "text/html" if fault.label is None else f"text/html; charset={fault.label}"
