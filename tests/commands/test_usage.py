"""What every command of ours refuses and explains."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawler.cli import join_leading_options, wrong_value
from tests.conftest import PROJECT, RunScrapy

# Each of our commands, with a word or two that it needs to be complete.
COMMANDS = {
    "outlets": [],
    "extract": ["page.html"],
    "replay": ["page.html"],
    "search": ["tin"],
    "show": ["1"],
    "status": [],
    "pages": ["check"],
    "crawl": ["news"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_an_unknown_option_is_refused(run_scrapy: RunScrapy, command: str) -> None:
    run = run_scrapy(command, *COMMANDS[command], "--loglevle=INFO")
    assert run.returncode == 2
    assert run.stdout == ""
    assert run.stderr.splitlines() == [
        f"scrapy {command}: unknown option --loglevle, did you mean --loglevel?; see: scrapy {command} --help"
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["extract", "--ulr", "x", "page.html"], "unknown option --ulr, did you mean --url?"),
        (["extract", "page.html", "-x"], "unknown option -x"),
        (["extract"], "expected PATH…"),
        (["outlets", "--chekc"], "unknown option --chekc, did you mean --check?"),
        (["outlets", "--che"], "unknown option --che, did you mean --check?"),
        (["status", "now"], "unexpected argument 'now'"),
        (["search"], "expected QUERY"),
        (["show"], "expected ARTICLE"),
        (["show", "1", "2"], "unexpected argument '2'"),
        (["crawl"], "expected SPIDER"),
        (["crawl", "news", "baocantho"], "unexpected argument 'baocantho'"),
        (["outlets", "-s", "ARCHVE=x.db"], "unknown setting ARCHVE, did you mean ARCHIVE?"),
        (["outlets", "-s", "ARCHIVE"], "Invalid -s value, use -s NAME=VALUE"),
        (["extract", "--format", "xml", "page.html"], "invalid choice: 'xml'"),
        (["search", "tin", "--limit", "many"], "expected a number from 1 to 1000000, found 'many'"),
        (["search", "tin", "--limit", "0"], "expected a number from 1 to 1000000, found '0'"),
        (["search", "tin", "--limit", "9" * 30], "expected a number from 1 to 1000000"),
        (["-L", "NOPE", "status"], "log level: expected one of DEBUG, INFO"),
        (["status", "--logfile", "/nowhere/x.log"], "/nowhere/x.log cannot be written"),
        (["status", "--pidfile", "/nowhere/x.pid"], "/nowhere/x.pid: No such file or directory"),
        (["crawl", "news", "-s", "RECHECK_HOURS=abc"], "setting RECHECK_HOURS: expected 1,6,24,…, each from 0 to"),
        (["crawl", "replay"], "use: scrapy replay PATH"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_clear(run_scrapy: RunScrapy, arguments: list[str], message: str) -> None:
    run = run_scrapy(*arguments)
    assert run.returncode == 2
    assert message in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_help_explains_with_examples(run_scrapy: RunScrapy, command: str) -> None:
    run = run_scrapy(command, "--help")
    assert run.returncode == 0
    assert f"  scrapy {command} " in run.stdout
    assert "Examples\n========\n  " in run.stdout
    assert run.stdout.index(f"scrapy {command}", run.stdout.index("Examples")) > 0
    assert run.stderr == ""


def test_the_list_of_commands_tells_them_all(run_scrapy: RunScrapy) -> None:
    run = run_scrapy()
    listed = {line.split()[0] for line in run.stdout.splitlines() if line.startswith("  ") and line.strip()}
    assert set(COMMANDS) <= listed
    assert "cli" not in listed


@pytest.mark.parametrize(
    "arguments",
    [
        ["-s", "LOG_LEVEL=DEBUG", "outlets", "baocantho"],
        ["-sLOG_LEVEL=DEBUG", "outlets", "baocantho"],
        ["--set", "LOG_LEVEL=DEBUG", "-L", "DEBUG", "outlets", "baocantho"],
        ["--set=LOG_LEVEL=DEBUG", "--nolog", "outlets", "baocantho"],
        ["outlets", "-s", "LOG_LEVEL=DEBUG", "baocantho"],
        ["outlets", "baocantho", "-L", "DEBUG"],
        ["outlets", "--", "baocantho"],
    ],
)
def test_global_options_before_and_after_the_command(run_scrapy: RunScrapy, arguments: list[str]) -> None:
    run = run_scrapy(*arguments)
    assert (run.returncode, run.stderr) == (0, "")
    assert "baocantho.com.vn" in run.stdout
    assert "baoangiang" not in run.stdout


def test_a_setting_before_the_command_is_used(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    """The archive named there is the one that is looked for, relative to the caller's folder."""
    for arguments in (["-s", "ARCHIVE=x/y.db", "status"], ["status", "-s", "ARCHIVE=x/y.db"]):
        run = run_scrapy(*arguments, cwd=PROJECT / "crawler")
        assert run.returncode == 1
        assert str(PROJECT / "crawler" / "x" / "y.db") in run.stderr or "x/y.db" in run.stderr


def test_the_log_goes_to_the_file_named_in_the_callers_folder(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets", "--logfile", os.devnull, "baocantho")
    assert (run.returncode, run.stderr) == (0, "")


def test_outside_the_project_with_the_settings_named(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    run = run_scrapy(
        "outlets",
        "baocantho",
        cwd=tmp_path,
        SCRAPY_SETTINGS_MODULE="crawler.settings",
        PYTHONPATH=str(PROJECT),
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "baocantho.com.vn" in run.stdout


def test_a_misspelt_command(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("serch", "lúa")
    assert (run.returncode, run.stderr) == (2, "scrapy: unknown command serch, did you mean search?\n")
    assert run_scrapy("-L", "INFO", "version").stderr == ""


@pytest.mark.parametrize(
    ("name", "text", "default", "said"),
    [
        ("RECHECK_HOURS", "1, 1.5,24", [1, 6], None),
        ("RECHECK_HOURS", "", [1, 6], None),
        ("RECHECK_HOURS", "1,,6", [1, 6], "expected 1,6,24"),
        ("RECHECK_HOURS", "1e9", [1, 6], "from 0 to 876000"),
        ("RECHECK_HOURS", "nan", [1, 6], "from 0 to 876000"),
        ("RECHECK_HOURS", "-1", [1, 6], "from 0 to 876000"),
        ("LIST_HOURS", "0,0", [0.5, 11], None),
        ("LIST_HOURS", "1", [0.5, 11], "the least and the most"),
        ("LIST_HOURS", "2,1", [0.5, 11], "the least and the most"),
        ("REVISIT_ALL", "maybe", False, "expected True or False"),
        ("DOWNLOAD_DELAY", "1.5", 3, None),
        ("DOWNLOAD_DELAY", "0", 2.0, None),
        ("DOWNLOAD_DELAY", "-1", 2.0, "of at least 0"),
        ("DOWNLOAD_DELAY", "abc", 2.0, "expected a number"),
        ("CONCURRENT_REQUESTS", "0", 16, "a whole number of at least 1"),
        ("CONCURRENT_REQUESTS", "1.5", 16, "a whole number"),
        ("DEPTH_PRIORITY", "-1", 0, None),
        ("SUMMARY", "0", True, None),
        ("SUMMARY", "maybe", True, "expected True or False"),
        ("RETRY_HTTP_CODES", "500,503", [500], None),
        ("RETRY_HTTP_CODES", "5xx", [500], "expected 500,503"),
        ("CONTACT", "abc", "", None),
        ("SOMETHING_ELSE", "abc", None, None),
    ],
)
def test_values_of_settings(name: str, text: str, default: object, said: str | None) -> None:
    problem = wrong_value(name, text, default)
    assert (problem is None) == (said is None)
    assert said is None or said in (problem or "")


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m scrapy outlets --json | head -c 10"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    assert len(done.stdout) == 10


@pytest.mark.parametrize(
    ("typed", "joined"),
    [
        (["scrapy"], ["scrapy"]),
        (["scrapy", "-s", "A=B", "outlets"], ["scrapy", "-sA=B", "outlets"]),
        (["scrapy", "--set", "A=B", "-L", "INFO", "x"], ["scrapy", "--set=A=B", "-LINFO", "x"]),
        (["scrapy", "--nolog", "--logfile", "a", "x"], ["scrapy", "--nolog", "--logfile=a", "x"]),
        (["scrapy", "outlets", "-s", "A=B"], ["scrapy", "outlets", "-s", "A=B"]),
        (["scrapy", "-s"], ["scrapy", "-s"]),
    ],
)
def test_leading_options_are_joined_with_their_values(typed: list[str], joined: list[str]) -> None:
    join_leading_options(typed)
    assert typed == joined
