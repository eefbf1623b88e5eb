"""Files are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler.files import write_whole


def test_what_was_there_stays_when_writing_fails(tmp_path: Path) -> None:
    file = tmp_path / "baomau.toml"
    write_whole(file, "một")
    with pytest.raises(UnicodeEncodeError):
        write_whole(file, "hai \ud800" * 100_000)
    assert file.read_text(encoding="utf-8") == "một"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    link, file = tmp_path / "link.toml", tmp_path / "file.toml"
    file.touch()
    link.symlink_to(file)
    write_whole(link, "ba")
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8") == "ba"
