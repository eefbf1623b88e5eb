"""What a clone must bring along: the lock, the make targets, hardened settings."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from scrapy.settings import Settings

from crawler.contact import UserAgent, user_agent
from tests.conftest import PROJECT, RunScrapy

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (PROJECT / "requirements.txt").read_text(encoding="utf-8").splitlines()
RUNTIME = [Requirement(line) for line in PYPROJECT["project"]["dependencies"]]
DEV = [Requirement(line) for line in PYPROJECT["dependency-groups"]["dev"]]


def locked() -> dict[str, list[Requirement]]:
    pins: dict[str, list[Requirement]] = {}
    for line in LOCK:
        pin = Requirement(line)
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    return pins


@pytest.mark.parametrize("needed", RUNTIME + DEV, ids=lambda needed: needed.name)
def test_the_lock_satisfies_the_project_file(needed: Requirement) -> None:
    for pin in locked()[canonicalize_name(needed.name)]:
        (version,) = pin.specifier
        assert version.operator == "=="
        assert needed.specifier.contains(version.version)


def test_the_lock_names_versions_only() -> None:
    for line in LOCK:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; .+)?", line), line
        assert "/" not in line


def test_the_lock_is_complete_for_this_python() -> None:
    """Whatever a locked package needs here is locked too."""
    pins = locked()
    for name, (pin, *_) in pins.items():
        if pin.marker is None or pin.marker.evaluate():
            for line in importlib.metadata.requires(name) or []:
                needed = Requirement(line)
                if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                    assert canonicalize_name(needed.name) in pins, f"{name} needs {line}"


def test_every_imported_package_is_named_in_the_project_file() -> None:
    names = {canonicalize_name(requirement.name) for requirement in RUNTIME}
    provided = importlib.metadata.packages_distributions()
    ours = {"crawler", "pipelines"} | set(sys.stdlib_module_names)
    for file in [*PROJECT.glob("crawler/**/*.py"), *PROJECT.glob("pipelines/*.py")]:
        for module in imported(file) - ours:
            distributions = {canonicalize_name(name) for name in provided.get(module, [module])}
            # the press, for the demo; a part of Python from 3.14 on; scrapy brings both extras along
            if module not in ("tests", "compression"):
                assert distributions & names, f"{file.relative_to(PROJECT)} imports {module}"


def imported(file: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def test_make_without_a_target_explains_every_target() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    done = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True, timeout=30)
    for target in set(phony.split()) - {"help"}:
        assert re.search(rf"^make {target}\s{{2,}}\S", done.stdout, re.MULTILINE), target


def test_an_old_python_is_refused_in_words(tmp_path: Path) -> None:
    for file in ("Makefile", "requirements.txt"):
        (tmp_path / file).write_bytes((PROJECT / file).read_bytes())
    old = tmp_path / "python2"
    old.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    old.chmod(0o755)
    done = subprocess.run(
        ["make", "install", f"PYTHON={old}"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert done.returncode == 2
    assert f"{old} does not run or is older than Python 3.11" in done.stdout
    assert not (tmp_path / ".venv").exists()


def test_ci_can_be_run_and_keeps_exit_codes(tmp_path: Path) -> None:
    """A failing ``make test`` must not be hidden by what comes after it."""
    project = tmp_path / "project"
    (project / ".ci").mkdir(parents=True)
    (project / ".ci" / "run").write_bytes((PROJECT / ".ci" / "run").read_bytes())
    (project / ".ci" / "run").chmod(0o755)
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
    makefile = (
        "test:\n\t@echo '===== 3 passed in 0.01s ====='\n\t@exit {}\n"
        "test-slow:\n\t@exit {}\naccuracy:\n\t@echo {}; exit {}\n"
    )
    (tmp_path / "shared" / "pages").mkdir(parents=True)
    for codes, passes in (
        ((0, 0, "scored", 0), True),
        ((1, 0, "scored", 0), False),
        ((0, 1, "scored", 0), False),
        ((0, 0, "scored", 1), False),
    ):
        (project / "Makefile").write_text(makefile.format(*codes), encoding="utf-8")
        done = subprocess.run(
            [project / ".ci" / "run"], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=30
        )
        assert (done.returncode == 0) == passes
        assert ("scored" in done.stdout) == (codes[:2] == (0, 0))
        if passes:
            assert done.stdout.splitlines()[-1] == "===== 3 passed in 0.01s ====="


def test_dangerous_defaults_of_scrapy_are_off() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    for name in ("TELNETCONSOLE_ENABLED", "REMOTE_CONTROL_ENABLED", "HTTPPROXY_ENABLED", "COOKIES_ENABLED"):
        assert not settings.getbool(name), name
    assert settings.getbool("ROBOTSTXT_OBEY")
    assert settings.getbool("DOWNLOAD_VERIFY_CERTIFICATES")
    handlers = settings.getwithbase("DOWNLOAD_HANDLERS")
    assert {name for name, handler in handlers.items() if handler} == {"http", "https"}
    assert settings.getint("DOWNLOAD_MAXSIZE") == 32 * 1024 * 1024
    assert settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN") == 1
    shortest = settings.getfloat("DOWNLOAD_DELAY") * (1 - settings.getfloat("DOWNLOAD_DELAY_JITTER"))
    assert shortest >= 1
    assert settings.getfloat("DOWNLOAD_DELAY_JITTER") > 0


def test_the_contact_is_told_in_the_user_agent() -> None:
    settings = Settings()
    settings.setmodule("crawler.settings")
    settings.set("CONTACT", "https://example.org/\r\nX-Other: 1", priority="cmdline")
    UserAgent().update_settings(settings)
    agent = settings["USER_AGENT"]
    assert agent == user_agent("https://example.org/ X-Other: 1")
    assert agent.startswith("BaoTinh/")
    assert agent.endswith("; https://example.org/ X-Other: 1)")
    assert user_agent("").startswith("BaoTinh/")
    settings.set("USER_AGENT", "Mine/1", priority="cmdline")
    UserAgent().update_settings(settings)
    assert settings["USER_AGENT"] == "Mine/1"


def test_the_archive_is_in_the_project_folder_unless_named(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    inside = PROJECT / "crawler"
    unnamed = run_scrapy("settings", "--get", "ARCHIVE", cwd=inside, BAOTINH_ARCHIVE="")
    assert unnamed.stdout.strip() == str(PROJECT / "archive.db")
    named = run_scrapy("settings", "--get", "ARCHIVE", cwd=inside, BAOTINH_ARCHIVE=str(tmp_path / "x.db"))
    assert named.stdout.strip() == str(tmp_path / "x.db")
