"""``python -m tests.site``: serve the bundled press until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
import threading

from tests.site import addresses
from tests.site.control import HOST
from tests.site.papers import papers
from tests.site.press import Press
from tests.site.stories import EDITIONS


def main(arguments: list[str] | None = None) -> int:
    """Serve and say how to look at it; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.site",
        description="Serve the bundled press, two small invented newspapers, on loopback until Ctrl-C.",
    )
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--edition", type=int, choices=EDITIONS, default=1, help="edition to serve (default: 1)")
    options = parser.parse_args(arguments)
    try:
        press = Press(options.edition, options.port)
    except OSError as error:
        print(f"cannot serve on port {options.port}: {error.strerror}", file=sys.stderr)
        return 1
    with press:
        print(_hello(press), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print()
    return 0


def _hello(press: Press) -> str:
    lines = [f"The bundled press, edition {press.edition}, on {press.address}:"]
    for paper in papers().values():
        lines.append(f"  {paper.title}: {addresses.home(paper)} ({len(press.urls(paper.name))} articles)")
    article = press.urls(press.outlets[0])[0]
    host, path = article.removeprefix("http://").split("/", 1)
    lines += [
        "Look at a page:",
        f"  curl -H 'Host: {host}' http://{press.address}/{path}",
        "Or in a browser that is told where the papers are:",
        f"  chromium --host-resolver-rules='MAP *.test {press.address}' {addresses.home(papers()[press.outlets[0]])}",
        "Crawl it:",
        f"  scrapy crawl news -a outlets={','.join(press.outlets)} -s LOOPBACK={press.address} -s ARCHIVE=press.db",
        "Turn to the second edition:",
        f"  curl -H 'Host: {HOST}' -d '{{\"edition\": 2}}' http://{press.address}/edition",
        "Ctrl-C ends it.",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
