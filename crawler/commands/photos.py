"""``scrapy photos``: the photos of an article as they came, with their captions."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from crawler.archive.photos import KeptPhoto
from crawler.cli import ArchiveCommand, Positionals
from crawler.files import write_whole
from crawler.output import counted, print_json, print_table, print_text


class Command(ArchiveCommand):
    """Shows and writes photos."""

    positionals = Positionals("ARTICLE", least=1, most=1)
    summary = "The photos of an article; --out FOLDER writes them as files"
    description = """
        Show the photos of an article (its id, key or URL) as the archive holds them: size, hash, caption
        and address; --out writes them into a folder, as they came, one file a photo. Those that were not
        fetched say why: pending until a crawl comes to them, gone, failed, excluded (too large or
        forbidden by robots.txt), or not wanted (PHOTOS off, or more than PHOTOS_PER_ARTICLE).
    """
    examples = ("scrapy photos 17", "scrapy photos baocantho/a/196670 --out photos/", "scrapy photos 17 --json")

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Options of this command, then the global ones."""
        parser.add_argument("--out", metavar="FOLDER", type=Path, help="write the photos into this folder")
        parser.add_argument("--json", action="store_true", help="the same as JSON, without the bytes")
        super().add_options(parser)

    def execute(self, args: list[str], opts: argparse.Namespace) -> int:
        """Read, print and write."""
        with self.open_archive() as archive:
            photos = archive.photos_of_article(args[0])
        if opts.json:
            print_json([{key: value for key, value in asdict(photo).items() if key != "body"} for photo in photos])
        elif photos:
            print_table(("photo", "size", "sha256", "caption", "address"), [_row(photo) for photo in photos])
        else:
            print_text("the article has no photo")
        if opts.out:
            self._write(photos, opts.out)
        return 0

    def _write(self, photos: list[KeptPhoto], folder: Path) -> None:
        kept = [photo for photo in photos if photo.body is not None]
        folder.mkdir(parents=True, exist_ok=True)
        for photo in kept:
            assert photo.body is not None
            write_whole(folder / _name(photo), photo.body)
        self.complain(f"{counted(len(kept), 'photo')} of {len(photos)} written into {folder}")


def _row(photo: KeptPhoto) -> tuple[str, ...]:
    size = f"{photo.width} × {photo.height}" if photo.sha256 else _missing(photo)
    return str(photo.position), size, (photo.sha256 or "-")[:16], photo.caption or "-", photo.url


def _missing(photo: KeptPhoto) -> str:
    return f"{photo.state}{f': {photo.reason}' if photo.reason else ''}" if photo.state else "not wanted"


def _name(photo: KeptPhoto) -> str:
    kind = (photo.media_type or "").partition("/")[2] or "bin"
    return f"{photo.position:02d}-{(photo.sha256 or '')[:16]}.{'jpg' if kind == 'jpeg' else kind}"
