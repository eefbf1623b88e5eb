"""``scrapy schedule``: units and lines that the programs they are for accept."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.scheduling import EVERY, Plan, cron, systemd
from tests.conftest import PROJECT, RunScrapy

ODD = "mail -s \"Báo $HOME 5% 'x'\" me@example.org"


def test_systemd_accepts_the_units(tmp_path: Path, run_scrapy: RunScrapy) -> None:
    units = tmp_path / "units"
    done = run_scrapy("schedule", "systemd", "baosongmay", "--every", "6", "--notify", ODD, "--out", units)
    assert done.returncode == 0, done.stderr
    files = sorted(units.iterdir())
    assert [str(file) for file in files] == sorted(done.stdout.split())
    assert {file.name for file in files} >= {"baotinh-update.service", "baotinh-update.timer", "baotinh-alarm.service"}
    update = (units / "baotinh-update.service").read_text(encoding="utf-8")
    assert f"WorkingDirectory={PROJECT}" in update
    assert f"ExecStart={Path(sys.executable).parent}/scrapy update --notify" in update
    assert "TimeoutStartSec=350min" in update
    timer = (units / "baotinh-update.timer").read_text(encoding="utf-8")
    assert len(re.findall(r"\d\d,", timer)) == 3  # four times a day
    for file in files:
        parser = configparser.ConfigParser(interpolation=None, strict=False)
        parser.optionxform = str  # type: ignore[assignment,method-assign]
        parser.read_string(file.read_text(encoding="utf-8"))
        assert parser["Unit"]["Description"]
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not there: units were checked for their form only")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True, check=False, timeout=60
    )
    said = [line for line in checked.stderr.splitlines() if "baotinh" in line]
    assert (checked.returncode, said) == (0, []), checked.stderr


@pytest.mark.parametrize("every", EVERY)
def test_cron_runs_what_is_meant(every: int, tmp_path: Path) -> None:
    """The shell that cron would start runs the command with these words, ``%`` and quotes included."""
    program = tmp_path / "bin" / "scrapy"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$PWD" "$BAOTINH_ARCHIVE" "$@" > {tmp_path}/ran\n')
    program.chmod(0o755)
    folder = tmp_path / "báo tỉnh"
    folder.mkdir()
    plan = Plan(program, folder, folder / "kho 1.db", ("baosongmay",), every, ODD)
    line, check = (line for line in cron(plan).splitlines() if not line.startswith("#"))
    minute, hours, *stars, rest = line.split(" ", 5)
    assert stars == ["*", "*", "*"]
    assert int(minute) == plan.minute
    assert [int(hour) for hour in hours.split(",")] == plan.hours
    assert len(plan.hours) == 24 // every
    assert not re.search(r"(?<!\\)%", rest)
    subprocess.run(["/bin/sh", "-c", rest.replace("\\%", "%")], check=True, timeout=30)
    expected = [str(folder), str(folder / "kho 1.db"), "update", "--notify", ODD, "baosongmay"]
    assert (tmp_path / "ran").read_text().splitlines() == expected
    assert check.split()[:2] == [str(plan.minute), "7"]


def test_crontab_takes_the_lines(tmp_path: Path, run_scrapy: RunScrapy) -> None:
    done = run_scrapy("schedule", "cron", "--notify", ODD)
    assert done.returncode == 0
    assert "weekly" in done.stdout
    if not shutil.which("crontab"):
        pytest.skip("crontab is not there: the lines were run by a shell only")
    file = tmp_path / "tab"
    file.write_text(done.stdout)
    for option in ("-T", "-n"):  # of cronie and of Debian's cron: check, install nothing
        checked = subprocess.run(["crontab", option, file], capture_output=True, text=True, check=False, timeout=30)
        if checked.returncode == 0:
            return
    pytest.fail(checked.stderr)


def test_archives_call_at_different_minutes() -> None:
    minutes = {Plan(Path("scrapy"), Path(), Path(f"/srv/{number}/archive.db")).minute for number in range(100)}
    assert len(minutes) > 30


def test_a_unit_says_what_it_runs_word_by_word() -> None:
    """Read back by the rules of systemd: quotes, backslashes, ``%%`` and ``$$``."""
    plan = Plan(Path("/opt/báo tỉnh/scrapy"), Path("/srv"), Path("/srv/a.db"), (), 4, ODD)
    line = re.search(r"^ExecStart=(.*)$", systemd(plan)["baotinh-update.service"], re.MULTILINE)
    assert line is not None
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(line[1])]
    assert words == ["/opt/báo tỉnh/scrapy", "update", "--notify", ODD]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("at",), "expected systemd or cron, found 'at'"),
        (("cron", "--out", "x"), "--out goes with systemd"),
        (("cron", "baosongmai"), "baosongmay"),
        (("cron", "--every", "5"), "--every"),
        ((), "expected systemd|cron"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], said: str, run_scrapy: RunScrapy) -> None:
    done = run_scrapy("schedule", *arguments)
    assert (done.returncode, said in done.stderr) == (2, True), done.stderr
