"""The text of units for systemd and of lines for cron that call ``scrapy update``. No I/O."""

from __future__ import annotations

import shlex
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = (1, 2, 3, 4, 6, 8, 12, 24)  # hours between two runs that divide a day
CHECKED_AT = 7  # o'clock, local time: whether the timer has died
OLDEST = "26h"  # so old may the last crawl be then, whatever the hours between two: a day and what a run takes


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be run: by which ``program`` (scrapy), in which ``folder``, on which ``archive``, how often.

    ``outlets`` none: all. ``notify`` is a shell command that takes the summary, ``contact`` what newspapers are told.
    """

    program: Path
    folder: Path
    archive: Path
    outlets: tuple[str, ...] = ()
    every: int = 4
    notify: str | None = None
    contact: str | None = None

    @property
    def minute(self) -> int:
        """Of the hour: another for every archive, so that not all who run this call on the hour."""
        return zlib.crc32(str(self.archive).encode()) % 60

    @property
    def hours(self) -> list[int]:
        """Hours of the day, beginning with another one for every archive."""
        first = zlib.crc32(str(self.archive).encode()) // 60 % self.every
        return list(range(first, 24, self.every))

    @property
    def timeout(self) -> int:
        """Minutes after which a run is ended: a little before the next begins."""
        return self.every * 60 - 10

    def update(self, *options: str) -> list[str]:
        """The command that crawls."""
        notify = ["--notify", self.notify] if self.notify else []
        return [str(self.program), "update", *options, *notify, *self.outlets]

    def check(self) -> list[str]:
        """The command that tells a dead timer."""
        return [str(self.program), "status", "--max-age", OLDEST]


def systemd(plan: Plan) -> dict[str, str]:
    """Unit files by their names, for ``/etc/systemd/system`` or ``~/.config/systemd/user``."""
    alarm = "OnFailure=baotinh-alarm.service\n" if plan.notify else ""
    told = "# An alarm of a newspaper's health, which --notify has told.\nSuccessExitStatus=4\n" if plan.notify else ""
    hours = ",".join(f"{hour:02d}" for hour in plan.hours)
    units = {
        "baotinh-update.service": f"""\
[Unit]
Description=Bao Tinh: crawl the newspapers into {_plain(plan.archive)}
Wants=network-online.target
After=network-online.target
{alarm}
[Service]
Type=oneshot
{_where(plan)}ExecStart={_exec(plan.update())}
# Ends the page in hand and leaves a consistent archive; the next run goes on.
KillSignal=SIGTERM
KillMode=mixed
TimeoutStartSec={plan.timeout}min
TimeoutStopSec=2min
{told}Nice=10
""",
        "baotinh-update.timer": f"""\
[Unit]
Description=Bao Tinh: every {plan.every} hours

[Timer]
OnCalendar=*-*-* {hours}:{plan.minute:02d}:00
RandomizedDelaySec=5min
# A run that was missed while the machine was off is made up for.
Persistent=true

[Install]
WantedBy=timers.target
""",
        "baotinh-check.service": f"""\
[Unit]
Description=Bao Tinh: has a crawl ended lately?
{alarm}
[Service]
Type=oneshot
{_where(plan)}ExecStart={_exec(plan.check())}
TimeoutStartSec=5min
""",
        "baotinh-check.timer": f"""\
[Unit]
Description=Bao Tinh: look every morning whether crawls still run

[Timer]
OnCalendar=*-*-* {CHECKED_AT:02d}:{plan.minute:02d}:00
Persistent=true

[Install]
WantedBy=timers.target
""",
    }
    if plan.notify:
        asked = shlex.join([*plan.check(), "--health"])
        whole = f"(echo 'Bao Tinh: a run failed, or none has ended lately'; {asked}) 2>&1 | ({plan.notify})"
        units["baotinh-alarm.service"] = f"""\
[Unit]
Description=Bao Tinh: tell that a run failed, or that none has ended lately

[Service]
Type=oneshot
{_where(plan)}ExecStart={_exec(["/bin/sh", "-c", whole])}
TimeoutStartSec=5min
"""
    return units


def cron(plan: Plan) -> str:
    """Lines for ``crontab -e``. Cron mails what a command prints: with ``--quiet`` only what is wrong."""
    place = f"cd {shlex.quote(str(plan.folder))} &&"
    place += "".join(f" export {name}={shlex.quote(value)} &&" for name, value in _environment(plan))
    log = shlex.quote(str(plan.archive.with_name("update.log")))
    update = f"timeout --signal=TERM --kill-after=2m {plan.timeout}m {shlex.join(plan.update())} 2>>{log}"
    failed = f'|| echo "scrapy update ended with exit code $?: see {plan.archive.with_name("update.log")}"'
    hours = ",".join(map(str, plan.hours))
    check = shlex.join(plan.check())
    notified = f" || {check} 2>&1 | ({plan.notify})" if plan.notify else ""
    return f"""\
# Bao Tinh: crawl every {plan.every} hours; cron mails the line that a run failed or has an alarm
{plan.minute} {hours} * * * {_cron(f"{place} {update} {failed}")}
# every morning: has a crawl ended lately?
{plan.minute} {CHECKED_AT} * * * {_cron(f"{place} {check}{notified}")}
"""


def logrotate(plan: Plan) -> str:
    """A file for ``/etc/logrotate.d``, for the log that the line of cron writes."""
    return f"""\
{_quoted(plan.archive.with_name("update.log"))} {{
    weekly
    rotate 8
    compress
    missingok
    notifempty
}}
"""


def _environment(plan: Plan) -> list[tuple[str, str]]:
    values = [("BAOTINH_ARCHIVE", str(plan.archive))]
    return values + ([("BAOTINH_CONTACT", plan.contact)] if plan.contact else [])


def _where(plan: Plan) -> str:
    """Working directory and environment of a unit."""
    lines = [f"WorkingDirectory={_percent(str(plan.folder))}"]
    lines += [f"Environment={_quoted(f'{name}={value}')}" for name, value in _environment(plan)]
    return "\n".join(lines) + "\n"


def _exec(words: Sequence[str]) -> str:
    """A command line of systemd: its own quotes, ``%`` and ``$`` doubled."""
    return " ".join(_quoted(word).replace("$", "$$") for word in words)


def _quoted(value: object) -> str:
    text = _percent(str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n"))
    return f'"{text}"' if not text or set(text) & set(" \t'\";\\") else text


def _percent(text: str) -> str:
    return text.replace("%", "%%")


def _plain(value: object) -> str:
    return _percent(str(value).replace("\n", " "))


def _cron(line: str) -> str:
    """Cron takes a bare ``%`` for a line break."""
    return line.replace("%", "\\%")
