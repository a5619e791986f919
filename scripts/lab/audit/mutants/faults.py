"""Plants faults into the source of the integration's modules, with mutmut's operators."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

import libcst as cst
from libcst._nodes.internal import CodegenState
from libcst.metadata import (
    MetadataWrapper,
    PositionProvider,
    WhitespaceInclusivePositionProvider,
)
from mutmut.mutation.file_mutation import Mutation, MutationVisitor
from mutmut.mutation.mutators import (
    mutation_operators,
    operator_arg_removal,
    operator_string,
)
from mutmut.mutation.pragma_handling import IgnoredCode

from ...places import INTEGRATION

TYPING: Final = {"cast", "TypeVar", "NewType", "TypedDict", "assert_never"}
"""Calls that only mean something to the type checker."""
OF_PROGRAMMERS: Final = {"ValueError", "TypeError", "RuntimeError", "AssertionError"}
"""Errors that only a mistake in the code raises: nobody depends on their texts."""
NAMES: Final = {"__slots__", "__all__"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module's source with one fault in it."""

    module: str
    """Its path below the integration."""
    function: str
    """The qualified name of the function that has the fault; empty outside of functions."""
    first: int
    last: int
    """The lines of the statement with the fault."""
    line: int
    before: str
    after: str
    """What differs, each on one line."""
    nth: int
    """Which of the function's mutants with this difference, from 1."""
    source: str

    @property
    def folder(self) -> str:
        """Return the folder of the integration that has the module."""
        return self.module.partition("/")[0]

    @property
    def name(self) -> str:
        """Return a name that outlasts changes elsewhere in the module."""
        text = "\0".join(
            [self.module, self.function, self.before, self.after, str(self.nth)]
        )
        return sha256(text.encode()).hexdigest()[:10]

    @property
    def difference(self) -> str:
        """Return the whole of what names it, for people, without its line."""
        again = f" ({self.nth})" if self.nth > 1 else ""
        change = f"{self.before} → {self.after or '(nothing)'}"
        return f"{self.module} {self.function or 'module'}: {change}{again}"

    def __str__(self) -> str:
        module, rest = self.difference.split(" ", 1)
        return f"{module}:{self.line} {rest}"


def mutants(module: str, source: str | None = None) -> list[Mutant]:
    """Return all mutants of a module, in the order of its source."""
    if source is None:
        source = (INTEGRATION / module).read_text()
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = _Visitor()
    tree = wrapper.visit(visitor)
    spans = wrapper.resolve(WhitespaceInclusivePositionProvider)
    starts = [0]
    for each in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(each))
    found: list[Mutant] = []
    sources = {source}
    seen: Counter[tuple[str, str, str]] = Counter()
    for planted in visitor.planted:
        old, new = planted.mutation.original_node, planted.mutation.mutated_node
        span = spans[old]
        begin = starts[span.start.line - 1] + span.start.column
        end = starts[span.end.line - 1] + span.end.column
        if _code(tree, old, planted.depth) == source[begin:end]:
            mutated = _code(tree, new, planted.depth)
            changed = source[:begin] + mutated + source[end:]
        else:
            # It has lines of its own, with their indentation.
            replaced = tree.deep_replace(old, new)
            assert isinstance(replaced, cst.Module)
            changed = replaced.code
        if changed in sources:
            continue
        sources.add(changed)
        line, before, after = _difference(source, changed)
        difference = planted.function, before, after
        seen[difference] += 1
        lines = planted.first, planted.last, line
        found.append(
            Mutant(
                module,
                planted.function,
                *lines,
                before,
                after,
                seen[difference],
                changed,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Planted:
    mutation: Mutation
    function: str
    first: int
    last: int
    depth: int
    """In how many indented blocks it is."""


def _code(tree: cst.Module, node: cst.CSTNode, depth: int) -> str:
    """Return a node's source, as `Module.code_for_node` does for what isn't indented."""
    state = CodegenState(tree.default_indent, tree.default_newline)
    for _ in range(depth):
        state.increase_indent(tree.default_indent)
    node._codegen(state)  # noqa: SLF001 - libcst has no public way at a depth
    return "".join(state.tokens)


class _Visitor(MutationVisitor):
    """Visits decorated functions, too, and leaves out what no test should look at."""

    METADATA_DEPENDENCIES = MutationVisitor.METADATA_DEPENDENCIES

    def __init__(self) -> None:
        super().__init__(
            [
                (kind, _FEWER.get(operator, operator))
                for kind, operator in mutation_operators
            ],
            IgnoredCode(set(), set(), set()),
        )
        self.planted: list[_Planted] = []
        self._scopes: list[str] = []
        self._functions: list[str] = []
        self._statements: list[cst.CSTNode] = []
        self._depth = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        match node:
            case cst.IndentedBlock():
                self._depth += 1
            case cst.FunctionDef():
                self._scopes.append(node.name.value)
                self._functions.append(".".join(self._scopes))
                self._scopes.append("<locals>")
            case cst.ClassDef():
                self._scopes.append(node.name.value)
            case cst.Parameters():
                # The defaults are evaluated where the function is defined.
                self._functions.append(
                    self._functions[-2] if self._functions[1:] else ""
                )
        if isinstance(node, cst.BaseSmallStatement | cst.BaseCompoundStatement):
            self._statements.append(node)
        known = len(self.mutations)
        into = super().on_visit(node)
        if into:
            for old, new in _more(node):
                self.mutations.append(Mutation(old, new, None))
        for mutation in self.mutations[known:]:
            first, last = self._lines(mutation.original_node)
            function = self._functions[-1] if self._functions else ""
            self.planted.append(_Planted(mutation, function, first, last, self._depth))
        return into

    def on_leave(self, original_node: cst.CSTNode) -> None:
        super().on_leave(original_node)
        match original_node:
            case cst.IndentedBlock():
                self._depth -= 1
            case cst.FunctionDef():
                del self._scopes[-2:]
                self._functions.pop()
            case cst.ClassDef():
                self._scopes.pop()
            case cst.Parameters():
                self._functions.pop()
        if self._statements and self._statements[-1] is original_node:
            self._statements.pop()

    def _lines(self, node: cst.CSTNode) -> tuple[int, int]:
        """Return the lines of the statement around a node, or those of a compound one's head."""
        whole = self._statements[-1]
        position = self.get_metadata(PositionProvider, whole)
        first, last = position.start.line, position.end.line
        if isinstance(whole, cst.BaseCompoundStatement):
            own = self.get_metadata(PositionProvider, node, None)
            if own is None:
                return first, first
            if isinstance(whole, cst.FunctionDef | cst.ClassDef):
                return own.start.line, own.end.line
            # Python has no line of its own for a constant.
            return first, own.end.line
        return first, last

    def _skip_node_and_children(self, node: cst.CSTNode) -> bool:
        match node:
            case cst.FunctionDef(decorators=[_, *_]):
                return False
            case cst.Decorator() | cst.Annotation() | cst.TypeAlias():
                return True
            case cst.Expr(value=cst.SimpleString()):
                return True
            case cst.If(test=cst.Name(value="TYPE_CHECKING")):
                return True
            case cst.Call(func=cst.Name(value=name)) if name in TYPING:
                return True
            case cst.Raise(exc=cst.Call(args=[cst.Arg(keyword=None, value=message)])):
                # Its words are for developers; what users see has a key.
                if isinstance(message, cst.SimpleString | cst.FormattedString):
                    return True
            case cst.Call(
                func=cst.Attribute(value=cst.Name(value="_LOGGER" | "LOGGER"))
            ):
                return True
            case cst.Raise(exc=cst.Call(func=cst.Name(value=name))) if (
                name in OF_PROGRAMMERS
            ):
                return True
            case cst.Assign(targets=[cst.AssignTarget(target=cst.Name(value=name))]):
                if name in NAMES or _is_logger(node.value):
                    return True
        return super()._skip_node_and_children(node)


def _is_logger(value: cst.BaseExpression) -> bool:
    match value:
        case cst.Call(func=cst.Attribute(attr=cst.Name(value="getLogger"))):
            return True
    return False


def _more(node: cst.CSTNode) -> Iterator[tuple[cst.BaseExpression, cst.BaseExpression]]:
    """Yield changes that mutmut doesn't make: plain conditions are negated, calls that are statements dropped."""
    match node:
        case cst.If(test=test) | cst.While(test=test) if isinstance(
            test, cst.Name | cst.Attribute | cst.Call | cst.Await
        ):
            yield test, cst.UnaryOperation(cst.Not(), test)
        case cst.Expr(
            value=cst.Call(
                func=cst.Attribute(value=cst.Name(value="_LOGGER" | "LOGGER"))
            )
        ):
            return
        case cst.Expr(value=(cst.Call() | cst.Await(expression=cst.Call())) as call):
            yield call, cst.Ellipsis()


def _fewer_arguments(node: cst.Call) -> Iterable[cst.Call]:
    """Leave out of the positional arguments only the last: without an earlier one, nearly each call fails."""
    last = max(
        (at for at, argument in enumerate(node.args) if argument.keyword is None),
        default=-1,
    )
    for changed in operator_arg_removal(node):
        if len(changed.args) == len(node.args):
            yield changed
            continue
        at = next(
            (
                at
                for at, (old, new) in enumerate(
                    zip(node.args, changed.args, strict=False)
                )
                if old is not new
            ),
            len(changed.args),
        )
        if at >= last:
            yield changed


def _once(node: cst.BaseString) -> Iterable[cst.BaseString]:
    """Change a string in one way, not in three."""
    yield from list(operator_string(node))[:1]


_FEWER: Final[dict[object, Callable[..., Iterable[cst.CSTNode]]]] = {
    operator_string: _once,
    operator_arg_removal: _fewer_arguments,
}


def _difference(source: str, changed: str) -> tuple[int, str, str]:
    """Return the first line that differs, what it was, and what became of it."""
    old, new = source.splitlines(), changed.splitlines()
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    return (
        first + 1,
        _folded(old[first : len(old) - last]),
        _folded(new[first : len(new) - last]),
    )


def _folded(lines: Sequence[str]) -> str:
    return " ".join(" ".join(lines).split())
