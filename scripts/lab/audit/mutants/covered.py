"""Knows which tests run which lines of the integration, and how long each test takes."""

import ast
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache
from hashlib import sha256
import heapq
import math
from pathlib import Path
import pickle
from typing import Any, Final

from ...places import INTEGRATION, ROOT
from .running import file_of

BESIDES: Final = 0.3
"""Seconds that each test takes besides its own time."""


@dataclass(slots=True)
class Covered:
    """Lines and their tests, as they were measured."""

    tests: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Of the files of the tests, and of folders of the code, when they were measured."""
    sources: dict[str, list[str]] = field(default_factory=dict)
    """The lines of the integration's modules that the numbers mean."""
    lines: dict[str, dict[int, int]] = field(default_factory=dict)
    """By module and line, a bit for each test."""
    at_import: dict[str, set[int]] = field(default_factory=dict)
    _orders: dict[str, dict[str, int]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Covered:
        """Read what was written, with the numbers that the lines have now."""
        if not path.exists():
            return cls()
        covered = pickle.loads(path.read_bytes())  # noqa: S301 - our own
        assert isinstance(covered, cls)
        covered.renumber()
        return covered

    def write(self, path: Path) -> None:
        """Keep what was measured."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(pickle.dumps(self))

    def forget(self, files: Collection[str]) -> None:
        """Forget the tests of some files: they are gone, or measured again."""
        gone = 0
        for at, test in enumerate(self.tests):
            if file_of(test) in files:
                gone |= 1 << at
                self.seconds.pop(test, None)
        for lines in self.lines.values():
            for line, tests in lines.items():
                lines[line] = tests & ~gone
        for name in files:
            self.digests.pop(name, None)

    def add(self, measured: Iterable[Mapping[str, Any]]) -> None:
        """Note how long tests took that aren't known, and what they ran."""
        bits = {test: 1 << at for at, test in enumerate(self.tests)}
        for test in measured:
            name = test["name"]
            if name not in bits:
                bits[name] = 1 << len(bits)
                self.tests.append(name)
            self.seconds[name] = test["seconds"]
            for module, numbers in test["lines"].items():
                lines = self.lines.setdefault(module, {})
                for number in numbers:
                    lines[number] = lines.get(number, 0) | bits[name]

    def of(self, module: str, numbers: Iterable[int]) -> Iterator[str]:
        """Yield the tests that run one of the lines."""
        lines = self.lines.get(module, {})
        bits = 0
        for number in numbers:
            bits |= lines.get(number, 0)
        while bits:
            lowest = bits & -bits
            yield self.tests[lowest.bit_length() - 1]
            bits ^= lowest

    def order(self, module: str, own: str) -> dict[str, int]:
        """Return a place for each test that runs a module: each next one runs most new lines in its time.

        Tests of the module's own folder count three times.
        """
        if module not in self._orders:
            self._orders[module] = self._ordered(module, own)
        return self._orders[module]

    def _ordered(self, module: str, own: str) -> dict[str, int]:
        ran: dict[str, int] = {}
        for at, those in enumerate(self.lines.get(module, {}).values()):
            bits = those
            while bits:
                lowest = bits & -bits
                test = self.tests[lowest.bit_length() - 1]
                ran[test] = ran.get(test, 0) | 1 << at
                bits ^= lowest
        order: dict[str, int] = {}
        while len(order) < len(ran):
            known = 0
            # A test never gains while others are chosen: only the first must be counted again.
            heap = [(-math.inf, test) for test in sorted(ran) if test not in order]
            while heap:
                gain, test = heap[0]
                weight = 3 if test.startswith(own) else 1
                new = weight * (ran[test] & ~known).bit_count()
                now = -new / (self.seconds[test] + BESIDES)
                if now != gain:
                    heapq.heapreplace(heap, (now, test))
                    continue
                if not new:
                    break
                heapq.heappop(heap)
                known |= ran[test]
                order[test] = len(order)
        return order

    def renumber(self) -> None:
        """Give the lines the numbers that they have now."""
        for path in sorted(INTEGRATION.rglob("*.py")):
            module = str(path.relative_to(INTEGRATION))
            now = path.read_text().splitlines()
            before = self.sources.get(module, now)
            self.sources[module] = now
            if before == now:
                continue
            moved: dict[int, int] = {}
            matcher = SequenceMatcher(None, before, now, autojunk=False)
            for tag, old, old_end, new, new_end in matcher.get_opcodes():
                for offset in range(max(old_end - old, new_end - new)):
                    if tag == "equal":
                        moved[new + offset + 1] = old + offset + 1
                    else:
                        # New lines have the tests of those that they replace, or follow.
                        moved[min(new + offset, new_end - 1) + 1] = (
                            max(old, min(old + offset, old_end - 1)) + 1
                        )
            lines = self.lines.get(module, {})
            self.lines[module] = {
                number: lines.get(old, 0) for number, old in moved.items()
            }
            imported = self.at_import.get(module, set())
            self.at_import[module] = {
                number for number, old in moved.items() if old in imported
            }


def digest(name: str) -> str:
    """Return the digest of a file, or of all modules in a folder."""
    path = ROOT / name
    if path.is_dir():
        every = [_digest(module) for module in sorted(path.rglob("*.py"))]
        return sha256("".join(every).encode()).hexdigest()
    return _digest(path)


def stamp(module: str, function: str, tests: Iterable[str]) -> str:
    """Return a digest of a function and of tests, which a result is about.

    Of a file of tests, all but its other tests and its imports counts: a new test
    changes nothing for those beside it. Without a function, the whole module counts.
    """
    names: dict[str, set[str]] = {}
    for test in tests:
        file, *parts = test.split("::")
        own = {part.partition("[")[0] for part in parts}
        names.setdefault(file, set()).update(own)
    path = INTEGRATION / module
    source = path.read_text() if path.exists() else ""
    outermost = function.partition(".<locals>")[0]
    every = [_functions(source).get(outermost, source)]
    for file, named in sorted(names.items()):
        path = ROOT / file
        code = _code(path.read_text()) if path.exists() else {}
        every += [
            each
            for name, each in code.items()
            if not name.startswith("test_") or name in named
        ]
    return sha256("\0".join(every).encode()).hexdigest()[:16]


@cache
def _functions(source: str) -> dict[str, str]:
    """Return the code of a module's functions, by their qualified names."""
    code: dict[str, str] = {}

    def collect(body: Sequence[ast.stmt], prefix: str) -> None:
        for node in body:
            match node:
                case ast.FunctionDef() | ast.AsyncFunctionDef():
                    name = prefix + node.name
                    code[name] = code.get(name, "") + ast.dump(node)
                case ast.ClassDef():
                    collect(node.body, f"{prefix}{node.name}.")

    collect(ast.parse(source).body, "")
    return code


@cache
def _code(source: str) -> dict[str, str]:
    """Return the code of a file's functions by their names, and of the rest without imports."""
    code: dict[str, str] = {}
    for node in ast.parse(source).body:
        match node:
            case ast.Import() | ast.ImportFrom():
                continue
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                code[name] = ast.dump(node)
            case _:
                code[""] = code.get("", "") + ast.dump(node)
    return code


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest() if path.exists() else ""
