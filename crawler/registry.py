"""The newspapers the project knows: one TOML file each in ``crawler/outlets``."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from crawler.outlet import Outlet, UrlPattern, host_of
from crawler.outlet_file import read_outlet

__all__ = [
    "OUTLETS_FOLDER",
    "Outlet",
    "Registry",
    "RegistryError",
    "UnknownOutlet",
    "UrlPattern",
    "default_registry",
    "host_of",
    "outlet_folders",
    "use_folders",
]

OUTLETS_FOLDER = Path(__file__).parent / "outlets"


class RegistryError(ValueError):
    """Outlet files that cannot be used; ``problems`` holds every problem of every file, one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(self.problems))


class UnknownOutlet(KeyError):
    """A name no outlet has; the message suggests the nearest names."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name = name
        near = difflib.get_close_matches(name.lower(), sorted(known), n=3, cutoff=0.8)  # most begin with "bao"
        hint = f", did you mean {' or '.join(near)}?" if near else ", see: scrapy outlets"
        self.message = f"unknown outlet {name!r}{hint}"
        super().__init__(self.message)

    def __str__(self) -> str:
        return self.message  # KeyError would print it in quotes


class Registry:
    """Outlets by name and by host."""

    def __init__(self, outlets: Iterable[Outlet]) -> None:
        self._by_name = {outlet.name: outlet for outlet in sorted(outlets, key=lambda outlet: outlet.name)}
        self._by_host = {host: outlet for outlet in self for host in outlet.all_hosts}

    @classmethod
    def load(cls, folders: Sequence[Path]) -> Registry:
        """All ``*.toml`` files of the folders; raises ``RegistryError`` when any of them has a problem."""
        files, problems = [], []
        for folder in folders:
            found = sorted(folder.glob("*.toml"))
            if not found:
                problems.append(f"{folder}: expected outlet files (*.toml), found none")
            files += found
        return cls.load_files(files, problems)

    @classmethod
    def load_files(cls, files: Sequence[Path], problems: Sequence[str] = ()) -> Registry:
        """The given files together, as ``load``; ``problems`` are those already known."""
        problems = list(problems)
        outlets: list[Outlet] = []
        for file in files:
            outlet, found = read_outlet(file)
            problems += found
            if outlet is not None:
                problems += _clashes(file.name, outlet, outlets)
                outlets.append(outlet)
        if problems:
            raise RegistryError(problems)
        return cls(outlets)

    def __iter__(self) -> Iterator[Outlet]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def get(self, name: str) -> Outlet:
        """The outlet of that name; raises ``UnknownOutlet``."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownOutlet(name, self._by_name) from None

    def for_url(self, url: str) -> Outlet | None:
        """The outlet a URL belongs to by its host, ``None`` when no outlet has it."""
        host = host_of(url)
        return self._by_host.get(host) if host else None


def _clashes(file: str, outlet: Outlet, others: Iterable[Outlet]) -> Iterator[str]:
    for other in others:
        if other.name == outlet.name:
            yield f"{file}: name: expected a name of its own, {outlet.name!r} stands in another folder too"
        for host in sorted(set(outlet.all_hosts) & set(other.all_hosts)):
            yield f"{file}: hosts: expected hosts of its own, {host!r} is one of {other.name}.toml too"


_folders: list[Path] = [OUTLETS_FOLDER]


def use_folders(folders: Iterable[Path | str]) -> None:
    """Take the outlets from these folders for the rest of the process (setting ``OUTLETS_FOLDERS``)."""
    _folders[:] = [Path(folder).expanduser().absolute() for folder in folders]
    default_registry.cache_clear()


def outlet_folders() -> list[Path]:
    """The folders that the outlets are taken from."""
    return list(_folders)


@cache
def default_registry() -> Registry:
    """The registry of the process, ``crawler/outlets`` unless told otherwise, read once; raises ``RegistryError``."""
    return Registry.load(_folders)
