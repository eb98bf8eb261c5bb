"""Statements."""

from __future__ import annotations

import ast
from functools import partial

from collectors.lineage.calls import entered
from collectors.lineage.definitions import class_of, function_of
from collectors.lineage.elements import elements
from collectors.lineage.folding import compared, computed
from collectors.lineage.machine import MOST_TURNS, Flow, Run, branches, evaluate, execute, statement
from collectors.lineage.modules import brought_in, from_import
from collectors.lineage.targets import assign
from collectors.lineage.telling import joined, options, taint, truth
from collectors.lineage.values import NONE, Const, Names, Scope, Unknown, Value

_ENDS = {("sys", "exit"), ("", "exit"), ("", "quit"), ("os", "_exit"), ("os", "abort")}
_WHILE_TURNS = 3


@statement(ast.Expr)
def expression(run: Run, scope: Scope, node: ast.Expr) -> Flow:
    evaluate(run, scope, node.value)
    return Flow.OUT if isinstance(node.value, ast.Call) and _ends(node.value.func) else Flow.ON


def _ends(node: ast.expr) -> bool:
    if isinstance(node, ast.Attribute):
        return isinstance(node.value, ast.Name) and (node.value.id, node.attr) in _ENDS
    return isinstance(node, ast.Name) and ("", node.id) in _ENDS


@statement(ast.Assign)
def assignment(run: Run, scope: Scope, node: ast.Assign) -> Flow:
    value = evaluate(run, scope, node.value)
    for target in node.targets:
        assign(run, scope, target, value)
    return Flow.ON


@statement(ast.AnnAssign)
def annotated(run: Run, scope: Scope, node: ast.AnnAssign) -> Flow:
    if node.value is not None:
        assign(run, scope, node.target, evaluate(run, scope, node.value))
    return Flow.ON


@statement(ast.AugAssign)
def augmented(run: Run, scope: Scope, node: ast.AugAssign) -> Flow:
    before = evaluate(run, scope, node.target)
    value = evaluate(run, scope, node.value)
    if run.unsure and any(isinstance(one, Const) and isinstance(one.value, int | float) for one in options(before)):
        after: Value = Unknown("it is counted", taint=taint(before, value))  # how often is not known
    else:
        after = joined(computed(type(node.op), one, other) for one in options(before) for other in options(value))
    assign(run, scope, node.target, after)
    return Flow.ON


@statement(ast.If)
def condition(run: Run, scope: Scope, node: ast.If) -> Flow:
    said = truth(evaluate(run, scope, node.test))
    if said is not None:
        return execute(run, scope, node.body if said else node.orelse)
    return branches(run, scope, partial(execute, run, scope, node.body), partial(execute, run, scope, node.orelse))


@statement(ast.For, ast.AsyncFor)
def loop(run: Run, scope: Scope, node: ast.For | ast.AsyncFor) -> Flow:
    values, rest = elements(run, scope, evaluate(run, scope, node.iter))
    if len(values) > MOST_TURNS:
        values, rest = [], joined([*values, *([rest] if rest is not None else [])])
    for value in values:
        assign(run, scope, node.target, value)
        flow = execute(run, scope, node.body)
        if flow is Flow.OUT:
            return flow
        if flow is Flow.LOOP and _breaks(node.body):
            return Flow.ON
    if rest is not None:
        _perhaps(run, scope, node.target, rest, node.body)
    return execute(run, scope, node.orelse)


def _breaks(body: list[ast.stmt]) -> bool:
    return any(isinstance(inner, ast.Break) for inner in body)


def _perhaps(run: Run, scope: Scope, target: ast.expr, value: Value, body: list[ast.stmt]) -> None:
    """A turn that may happen, or not."""

    def turn() -> Flow:
        _uncounted(run, scope, body)
        assign(run, scope, target, value)
        execute(run, scope, body)
        return Flow.ON

    branches(run, scope, turn, lambda: Flow.ON)


def _uncounted(run: Run, scope: Scope, body: list[ast.stmt], test: ast.expr | None = None) -> None:
    """What a loop counts is any number in a turn that stands for all of them, but for what its condition looks at."""
    looked_at = (
        {ast.unparse(part) for part in ast.walk(test) if isinstance(part, ast.Name | ast.Attribute)} if test else set()
    )
    for target in run.project.counted(body):
        if looked_at and ast.unparse(target) in looked_at:
            continue
        value = evaluate(run, scope, target)
        if any(isinstance(one, Const) and type(one.value) in {int, float} for one in options(value)):
            assign(run, scope, target, Unknown("it is counted", taint=taint(value)))


@statement(ast.While)
def repeated(run: Run, scope: Scope, node: ast.While) -> Flow:
    _uncounted(run, scope, node.body, node.test)
    for _ in range(_WHILE_TURNS):
        said = truth(evaluate(run, scope, node.test))
        if said is False:
            break
        if said is None:
            branches(run, scope, partial(_once, run, scope, node.body), lambda: Flow.ON)
            break
        flow = execute(run, scope, node.body)
        if flow is Flow.OUT:
            return flow
        if flow is Flow.LOOP:
            break
    return execute(run, scope, node.orelse)


def _once(run: Run, scope: Scope, body: list[ast.stmt]) -> Flow:
    execute(run, scope, body)
    return Flow.ON


@statement(ast.Try, ast.TryStar)
def attempt(run: Run, scope: Scope, node: ast.Try | ast.TryStar) -> Flow:
    flow = execute(run, scope, node.body)
    if flow is Flow.ON:
        flow = execute(run, scope, node.orelse)
    ways = [partial(_handled, run, scope, handler) for handler in node.handlers]
    if ways:
        flow = branches(run, scope, lambda: flow, *ways)
    last = execute(run, scope, node.finalbody)
    return last if last is not Flow.ON else flow


def _handled(run: Run, scope: Scope, handler: ast.ExceptHandler) -> Flow:
    if handler.name:
        scope.names[handler.name] = Unknown("it is an error")
    return execute(run, scope, handler.body)


@statement(ast.With, ast.AsyncWith)
def context(run: Run, scope: Scope, node: ast.With | ast.AsyncWith) -> Flow:
    for item in node.items:
        value = entered(run, scope, evaluate(run, scope, item.context_expr), node.lineno)
        if item.optional_vars is not None:
            assign(run, scope, item.optional_vars, value)
    return execute(run, scope, node.body)


@statement(ast.Return)
def returned(run: Run, scope: Scope, node: ast.Return) -> Flow:
    scope.returns.append(NONE if node.value is None else evaluate(run, scope, node.value))
    return Flow.OUT


@statement(ast.Raise)
def raised(run: Run, scope: Scope, node: ast.Raise) -> Flow:
    if node.exc is not None:
        evaluate(run, scope, node.exc)
    return Flow.OUT


@statement(ast.Break, ast.Continue)
def left(run: Run, scope: Scope, node: ast.Break | ast.Continue) -> Flow:
    return Flow.LOOP


@statement(ast.FunctionDef, ast.AsyncFunctionDef)
def function(run: Run, scope: Scope, node: ast.FunctionDef | ast.AsyncFunctionDef) -> Flow:
    scope.elsewhere.get(node.name, scope.names)[node.name] = function_of(run, scope, node)
    return Flow.ON


@statement(ast.ClassDef)
def definition(run: Run, scope: Scope, node: ast.ClassDef) -> Flow:
    scope.names[node.name] = class_of(run, scope, node)
    return Flow.ON


@statement(ast.Import)
def imported(run: Run, scope: Scope, node: ast.Import) -> Flow:
    for alias in node.names:
        whole = brought_in(run, scope, alias.name)
        if alias.asname:
            scope.names[alias.asname] = whole
        else:
            top = alias.name.partition(".")[0]
            scope.names[top] = brought_in(run, scope, top)
    return Flow.ON


@statement(ast.ImportFrom)
def imported_from(run: Run, scope: Scope, node: ast.ImportFrom) -> Flow:
    names: Names = from_import(run, scope, node)
    scope.names.update(names)
    return Flow.ON


@statement(ast.Global)
def worldwide(run: Run, scope: Scope, node: ast.Global) -> Flow:
    scope.elsewhere.update(dict.fromkeys(node.names, scope.module.names))
    return Flow.ON


@statement(ast.Nonlocal)
def outside(run: Run, scope: Scope, node: ast.Nonlocal) -> Flow:
    for name in node.names:
        place = scope.outer
        while place is not None and name not in place.names:
            place = place.outer
        if place is not None:
            scope.elsewhere[name] = place.names
    return Flow.ON


@statement(ast.Assert)
def asserted(run: Run, scope: Scope, node: ast.Assert) -> Flow:
    evaluate(run, scope, node.test)
    return Flow.ON


@statement(ast.Delete, ast.Pass)
def nothing(run: Run, scope: Scope, node: ast.Delete | ast.Pass) -> Flow:
    return Flow.ON


@statement(ast.Match)
def matched(run: Run, scope: Scope, node: ast.Match) -> Flow:
    subject = evaluate(run, scope, node.subject)
    open_: list[partial[Flow]] = []
    for case in node.cases:
        said = _fits(run, scope, case.pattern, subject)
        if said is False:
            continue
        if case.guard is not None:
            said = None
        open_.append(partial(_case, run, scope, case, subject))
        if said is True:
            break
    else:
        open_.append(partial(execute, run, scope, []))
    return open_[0]() if len(open_) == 1 else branches(run, scope, *open_)


def _fits(run: Run, scope: Scope, pattern: ast.pattern, subject: Value) -> bool | None:
    match pattern:
        case ast.MatchAs(pattern=None):
            return True
        case ast.MatchValue(value=value):
            return compared(ast.Eq, subject, evaluate(run, scope, value))
        case ast.MatchOr(patterns=parts):
            said = [_fits(run, scope, part, subject) for part in parts]
            return True if True in said else None if None in said else False
        case ast.MatchSingleton(value=value):
            return compared(ast.Is, subject, Const(value))
        case _:
            pass
    return None


def _case(run: Run, scope: Scope, case: ast.match_case, subject: Value) -> Flow:
    for pattern in ast.walk(case.pattern):
        if isinstance(pattern, ast.MatchAs | ast.MatchStar) and pattern.name:
            is_whole = pattern is case.pattern
            scope.names[pattern.name] = subject if is_whole else Unknown("it is matched", taint=taint(subject))
    return execute(run, scope, case.body)
