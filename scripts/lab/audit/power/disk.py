"""A disk in memory, of which a power cut leaves what was synced, and at most a part of what was not.

The idea is LazyFS's (https://github.com/dsrhaslab/lazyfs): a file system that keeps what nobody synced to itself. This
one also keeps names to itself: a new file, a new name, or a removal is lost with the power unless its folder was synced,
or the file system wrote it meanwhile. As journals do, it writes the changes of a folder's names in their order; and as
ext4 does, it writes a file's content before it gives the file another's name.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
import errno
import os
from pathlib import Path
from random import Random
import stat
import time

SECTOR = 512

CUT = "user.power.cut"
"""The switch that cuts the power: empty to lose all that isn't synced, or a seed by which a part of it is kept."""
WRITE_BACK = "user.power.write_back"
"""The switch that writes everything to the disk, but files whose name begins with its value."""


@dataclass(slots=True, eq=False)
class Node:
    """A file, folder, or symbolic link: as it reads now, and as it is after a power cut.

    `names` and `data` are what a program sees. `kept_names` and `kept` are on the disk.
    """

    mode: int
    names: dict[str, Node] = field(default_factory=dict)
    kept_names: dict[str, Node] = field(default_factory=dict)
    pending: list[dict[str, Node | None]] = field(default_factory=list)
    """The changes of names that aren't on the disk, oldest first; None is a removal."""
    data: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)
    dirty: set[int] = field(default_factory=set)
    """The sectors that may differ from those on the disk."""
    changed_at: int = field(default_factory=time.time_ns)

    @property
    def is_folder(self) -> bool:
        """Whether it has names."""
        return stat.S_ISDIR(self.mode)

    def write(self, data: bytes, offset: int) -> None:
        """Write data."""
        if offset > len(self.data):
            self.truncate(offset)
        self.data[offset : offset + len(data)] = data
        self._touch(offset, offset + len(data))

    def truncate(self, length: int) -> None:
        """Cut the data off, or fill it up with zeros."""
        before = len(self.data)
        if length < before:
            del self.data[length:]
        else:
            self.data.extend(bytes(length - before))
        self._touch(min(length, before), max(length, before))

    def _touch(self, start: int, end: int) -> None:
        self.dirty.update(range(start // SECTOR, -(-end // SECTOR)))
        self.changed_at = time.time_ns()

    def sync_data(self) -> None:
        """Put the data on the disk."""
        self._keep(self.dirty)
        self.dirty.clear()

    def sync_names(self) -> None:
        """Put the names on the disk."""
        self.pending.clear()
        self.kept_names = dict(self.names)

    def lose(self, random: Random | None) -> None:
        """Lose what isn't on the disk, but for a part that `random` chooses."""
        if random is not None and self.pending:
            for change in self.pending[: random.randint(0, len(self.pending))]:
                _apply(self.kept_names, change)
        if random is not None and self.dirty and random.random() < 0.8:
            share = random.random()
            self._keep(
                {sector for sector in self.dirty if random.random() < share},
                is_longer=random.random() < 0.5,
            )
        self.names, self.pending = dict(self.kept_names), []
        self.data, self.dirty = bytearray(self.kept), set()

    def _keep(self, sectors: set[int], *, is_longer: bool = True) -> None:
        """Put sectors on the disk; the file's length is there before its content, or after it."""
        length = len(self.data)
        if is_longer or length < len(self.kept):
            del self.kept[length:]
            self.kept.extend(bytes(length - len(self.kept)))
        for sector in sectors:
            start = sector * SECTOR
            if start >= len(self.kept):
                continue
            end = min(start + SECTOR, len(self.kept), length)
            self.kept[start:end] = self.data[start:end]


def _apply(names: dict[str, Node], change: dict[str, Node | None]) -> None:
    for name, node in change.items():
        if node is None:
            names.pop(name, None)
        else:
            names[name] = node


class Disk:
    """All files below a root folder, by their paths."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.root = Node(stat.S_IFDIR | 0o755)

    def find(self, path: str) -> Node:
        """Return what is at a path."""
        node = self.root
        for name in path.split("/"):
            if name:
                if (found := node.names.get(name)) is None:
                    raise OSError(errno.ENOENT, path)
                node = found
        return node

    def add(self, path: str, mode: int) -> Node:
        """Make something new."""
        folder, name = self._split(path)
        if name in folder.names:
            raise OSError(errno.EEXIST, path)
        node = Node(mode)
        self._rename(folder, {name: node})
        return node

    def remove(self, path: str) -> None:
        """Remove a file, or an empty folder."""
        folder, name = self._split(path)
        if self.find(path).names:
            raise OSError(errno.ENOTEMPTY, path)
        self._rename(folder, {name: None})

    def rename(self, old: str, new: str) -> None:
        """Give something another name, perhaps that of something else, which is gone then."""
        node, (source, name), (target, taken) = (
            self.find(old),
            self._split(old),
            self._split(new),
        )
        if taken in target.names:
            node.sync_data()
        if source is target:
            self._rename(source, {name: None, taken: node})
        else:
            self._rename(target, {taken: node})
            self._rename(source, {name: None})

    def lose(self, random: Random | None) -> None:
        """Cut the power."""
        for node in list(self.nodes(self.root)):
            node.lose(random)

    def nodes(self, node: Node) -> Iterator[Node]:
        """Yield all that is below a node, and was or may be after a cut."""
        yield node
        below = {id(each): each for each in node.names.values()}
        below |= {id(each): each for each in node.kept_names.values()}
        for change in node.pending:
            below |= {id(each): each for each in change.values() if each is not None}
        for each in below.values():
            yield from self.nodes(each)

    def write_back(self, but: str) -> None:
        """Put everything on the disk, as happens within half a minute, but files whose name begins with `but`."""
        for folder in list(self.nodes(self.root)):
            late = [
                change
                for change in folder.pending
                if any(but and name.startswith(but) for name in change)
            ]
            for name, node in folder.names.items():
                if not but or not name.startswith(but):
                    folder.kept_names[name] = node
                    node.sync_data()
            for name in list(folder.kept_names):
                if name not in folder.names and not (but and name.startswith(but)):
                    del folder.kept_names[name]
            folder.pending = late

    def _split(self, path: str) -> tuple[Node, str]:
        above, _, name = path.rpartition("/")
        return self.find(above), name

    def _rename(self, folder: Node, change: dict[str, Node | None]) -> None:
        _apply(folder.names, change)
        folder.pending.append(change)
        folder.changed_at = time.time_ns()

    def save(self, folder: Path) -> None:
        """Write what reads now into an empty folder of another file system."""
        _save(self.root, folder)

    def load(self, folder: Path) -> None:
        """Read all of a folder, as it is on the disk."""
        _load(self.root, folder)


def _save(node: Node, folder: Path) -> None:
    for name, below in node.names.items():
        path = folder / name
        if stat.S_ISLNK(below.mode):
            path.symlink_to(os.fsdecode(bytes(below.data)))
            continue
        if below.is_folder:
            path.mkdir()
            _save(below, path)
        else:
            path.write_bytes(below.data)
        path.chmod(stat.S_IMODE(below.mode))


def _load(node: Node, folder: Path) -> None:
    for path in folder.iterdir():
        below = Node(path.lstat().st_mode)
        if below.is_folder:
            _load(below, path)
        else:
            is_link = path.is_symlink()
            read = os.fsencode(path.readlink()) if is_link else path.read_bytes()
            below.data.extend(read)
        below.kept = bytearray(below.data)
        node.names[path.name] = below
    node.kept_names = dict(node.names)
