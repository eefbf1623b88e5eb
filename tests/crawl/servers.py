"""Plain loopback servers for tests about connections; they remember what they were asked for."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import unquote, urlsplit


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    asked: list[str]


class _V6Server(_Server):
    address_family = socket.AF_INET6


class _Handler(BaseHTTPRequestHandler):
    """``/to/URL`` redirects to URL; anything else is a page saying so."""

    server: _Server

    def do_GET(self) -> None:
        host = self.headers.get("Host", "")
        self.server.asked.append(host + self.path)
        if self.path == "/robots.txt":
            self._answer(404, b"none")
        elif self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("Location", unquote(urlsplit(self.path).path.removeprefix("/to/")))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._answer(200, f"page of {host}".encode())

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(address: str = "127.0.0.1") -> Iterator[tuple[int, list[str]]]:
    """A server on a free port of ``address``: its port, and the list of what it was asked for."""
    kind = _V6Server if ":" in address else _Server
    with kind((address, 0), _Handler) as server:
        server.asked = []
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1], server.asked
        finally:
            server.shutdown()
            thread.join()
