"""``scrapy outlets``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from crawler.registry import default_registry
from tests.conftest import PROJECT, RunScrapy

NEW = """\
name = "baomau"
title = "Báo Mẫu"
province = "Tỉnh Mẫu"
home = "https://baomau.test/"
hosts = ["baomau.test"]
family = "onecms"
evidence = "none"
urls = [{ space = "html", path = '-(?P<id>\\d+)\\.html$' }]
"""


def test_the_table_shows_every_outlet_and_what_it_rests_on(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets")
    assert (run.returncode, run.stderr) == (0, "")
    lines = run.stdout.splitlines()
    assert lines[0].split() == ["name", "title", "province", "family", "evidence", "hosts"]
    for outlet in default_registry():
        (line,) = [line for line in lines if line.startswith(f"{outlet.name} ")]
        for cell in (outlet.title, outlet.province, outlet.family or "its own", outlet.evidence, *outlet.hosts):
            assert cell in line
        note = f"* {outlet.name}: {outlet.evidence_note}"
        assert (note in lines) == (outlet.evidence_note is not None)


def test_json_holds_what_the_files_say(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets", "baotayninh", "baocantho", "--json")
    tayninh, cantho = json.loads(run.stdout)
    assert (tayninh["name"], tayninh["evidence"]) == ("baotayninh", "real pages")
    assert [url["space"] for url in tayninh["urls"]] == ["longan", "html", "a"]
    assert cantho["feeds"] == ["/rss/cate/thoi-su/", "/rss/subcate/can-tho/"]
    assert "Cần Thơ" in run.stdout


def test_markdown_is_the_table_of_the_readme(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets", "--markdown")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout in (PROJECT / "README.md").read_text(encoding="utf-8")
    assert len(run.stdout.splitlines()) == len(default_registry()) + 2


def test_an_unknown_name(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets", "baocanto")
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr == "scrapy outlets: unknown outlet 'baocanto', did you mean baocantho?\n"


def test_check_finds_the_project_in_order(run_scrapy: RunScrapy) -> None:
    run = run_scrapy("outlets", "--check")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == f"{len(default_registry())} outlet files, no problems\n"


def test_check_of_a_new_file_from_its_own_folder(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    file = tmp_path / "baomau.toml"
    file.write_text(NEW, encoding="utf-8")
    outside = {"SCRAPY_SETTINGS_MODULE": "crawler.settings", "PYTHONPATH": str(PROJECT)}
    assert run_scrapy("outlets", "--check", "baomau.toml", cwd=tmp_path, **outside).returncode == 0
    file.write_text(NEW.replace("onecms", "wordpress") + "pages = 3\n", encoding="utf-8")
    run = run_scrapy("outlets", "--check", "baomau.toml", cwd=tmp_path, **outside)
    assert (run.returncode, run.stderr) == (1, "")
    unknown, family, count = run.stdout.splitlines()
    assert unknown.startswith("baomau.toml: pages: unknown key, expected one of name, title")
    assert family.startswith("baomau.toml: family: expected one of 'onecms', ")
    assert count.endswith("outlet files, 2 problems")


def test_a_broken_file_of_the_project_is_told_by_every_command(run_scrapy: RunScrapy, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    shutil.copy(PROJECT / "scrapy.cfg", project)
    shutil.copytree(PROJECT / "crawler", project / "crawler", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "pipelines", project / "pipelines")
    file = project / "crawler" / "outlets" / "baolaocai.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("family", "familie"), encoding="utf-8")
    checked = run_scrapy("outlets", "--check", cwd=project)
    assert (checked.returncode, checked.stderr) == (1, "")
    assert "baolaocai.toml: familie: unknown key" in checked.stdout
    assert "baolaocai.toml: family: expected one of" in checked.stdout
    for arguments in (["outlets"], ["extract", "page.html"]):
        run = run_scrapy(*arguments, cwd=project)
        assert (run.returncode, run.stdout) == (1, "")
        assert run.stderr.splitlines()[0].startswith(f"scrapy {arguments[0]}: baolaocai.toml: familie: unknown key")
        assert "Traceback" not in run.stderr
