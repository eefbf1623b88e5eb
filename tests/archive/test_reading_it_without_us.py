"""The tools people have: Datasette, sqlite-utils and the sqlite3 shell read the file as it is."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette

from crawler.archive import Archive
from tests.archive.make import CANAL, RICE, article, reading


@pytest.fixture
def filled(path: Path) -> Path:
    with Archive.open(path) as archive:
        run = archive.start_run("crawl news", {}, ["baosongmay"])
        archive.connection.execute("UPDATE outlets SET title = 'Báo Sông Mây', province = 'Sông Mây'")
        archive.store(reading(article(1, authors=["Lê Thị Sen"], tags=["kênh"])), run)
        archive.store(reading(article(2, RICE, title="Lúa được giá", authors=["Lê Thị Sen"]), at=1), run)
        archive.store(reading(article(1, CANAL, "Thêm một đoạn."), at=2), run)
    return path


def datasette(path: Path, page: str, **query: object) -> Any:
    async def get() -> Any:
        response = await Datasette([str(path)]).client.get(f"/archive/{page}.json?{urlencode(query)}")
        assert response.status_code == 200, response.text
        return response.json()

    return asyncio.run(get())


class TestDatasette:
    def test_the_day_is_the_local_day(self, filled: Path):
        rows = datasette(filled, "articles_latest", _shape="array")

        assert [row["published_day"] for row in rows] == ["2026-11-05", "2026-11-05"]
        assert {row["published_at"] for row in rows} == {"2026-11-05T06:51:00+07:00"}

    @pytest.mark.parametrize(
        ("table", "facet", "values"),
        [
            ("articles_latest", "province", {"Sông Mây": 2}),
            ("articles_latest", "published_day", {"2026-11-05": 2}),
            ("article_authors", "author", {"Lê Thị Sen": 1}),
            ("revisions", "cause", {"first": 2, "edited": 1}),
        ],
    )
    def test_facets(self, filled: Path, table: str, facet: str, values: dict[str, int]):
        answer = datasette(filled, table, _facet=facet)

        results = answer["facet_results"][facet]["results"]
        assert {result["label"]: result["count"] for result in results} == values

    @pytest.mark.parametrize("table", ["article_authors", "fetches", "urls", "revisions"])
    def test_articles_are_called_by_their_title(self, filled: Path, table: str):
        rows = datasette(filled, table, _labels="on", _shape="array", article=2)

        assert [row["article"]["label"] for row in rows] == ["Lúa được giá"]

    @pytest.mark.parametrize("query", ["lua duoc gia", "Lúa được giá", "LÚA đuoc"])
    def test_its_search_box(self, filled: Path, query: str):
        rows = datasette(filled, "articles_fts", _search=query, _shape="array")
        latest = datasette(
            filled, "articles_latest", _search=query, _fts_table="articles_fts", _fts_pk="id", _shape="array"
        )

        assert [row["title"] for row in rows] == [row["title"] for row in latest] == ["Lúa được giá"]


def test_sqlite_utils(filled: Path):
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "sqlite_utils",
            "rows",
            str(filled),
            "articles_latest",
            "-c",
            "title",
            "-c",
            "revisions",
        ],
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(done.stdout) == [
        {"title": "Đoàn viên Bến Lau dọn kênh", "revisions": 2},
        {"title": "Lúa được giá", "revisions": 1},
    ]
