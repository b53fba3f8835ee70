"""The host's answers to the rules that workflows ask: checked when the engine is built, asked when acts are."""

from __future__ import annotations

import inspect
import typing
from collections.abc import Callable, Iterable, Mapping

from enforceflow.definitions import Rule
from enforceflow.errors import Problem, RuleFailed, RulesError, nearest
from enforceflow.programs.scenes import Question
from enforceflow.texts import Bilingual, Phrase

Asker = Callable[[Question], bool]

UNANSWERED = Phrase(zh="规则“{rule}”（{title}）没有人回答", en="nothing answers the rule {rule!s} ({title})")
ADD_METHOD = Phrase(
    zh="请给 {owner} 加上方法 def {rule}(self, ask) -> bool", en="add to {owner!s}: def {rule}(self, ask) -> bool"
)
RENAME = Phrase(zh="{owner} 有 {near}，是否应改名为 {rule}？", en="{owner!s} has {near}: should it be called {rule}?")
NOT_CALLABLE = Phrase(zh="{owner}.{rule} 不是方法", en="{owner!s}.{rule} is no method")
WRONG_SIGNATURE = Phrase(
    zh="{owner}.{rule} 应能以一个参数 ask 调用", en="{owner!s}.{rule} must be callable with one argument, ask"
)
NOT_BOOL = Phrase(
    zh="{owner}.{rule} 声明返回 {returns}，应为 bool", en="{owner!s}.{rule} is declared to return {returns}, not bool"
)


def askers(host: object, rules: Mapping[str, Rule]) -> dict[str, Asker]:
    """Return the host's method for each rule.

    Raises `RulesError` with every rule that is missing, is no method, takes the wrong arguments or is declared to
    return anything but `bool`.
    """
    problems = [problem for rule in rules.values() for problem in _problems(host, rule)]
    if problems:
        raise RulesError(problems)
    return {name: getattr(host, name) for name in rules}


def _problems(host: object, rule: Rule) -> Iterable[Problem]:
    owner = type(host).__name__ if host is not None else "rules"
    method = getattr(host, rule.name, None)
    parts = {"owner": owner, "rule": rule.name}
    path = ("rules", rule.name)
    if method is None:
        near = (
            nearest(rule.name, [name for name in dir(host) if not name.startswith("_")]) if host is not None else None
        )
        hint: Bilingual = ADD_METHOD(**parts) if near is None else RENAME(near=near, **parts)
        yield Problem(UNANSWERED(rule=rule.name, title=rule.title), hint, path)
    elif not callable(method):
        yield Problem(NOT_CALLABLE(**parts), ADD_METHOD(**parts), path)
    else:
        yield from _signature_problems(method, parts, path)


def _signature_problems(
    method: Callable[..., object], parts: Mapping[str, str], path: tuple[str, ...]
) -> Iterable[Problem]:
    try:
        inspect.signature(method).bind(object())
    except TypeError:
        yield Problem(WRONG_SIGNATURE(**parts), ADD_METHOD(**parts), path)
    except ValueError:  # a built-in without a signature: known only when it is asked
        return
    returns = _declared(method)
    if returns not in (bool, None):
        yield Problem(NOT_BOOL(returns=getattr(returns, "__name__", str(returns)), **parts), None, path)


def _declared(method: Callable[..., object]) -> object:
    try:
        return typing.get_type_hints(method).get("return")
    except Exception:  # noqa: BLE001  hints that cannot be resolved say nothing
        return None


def ask(asker: Asker, question: Question) -> bool:
    """Return the host's answer; raise `RuleFailed` if the host raises or answers anything but yes or no."""
    try:
        answer = asker(question)
    except Exception as error:
        raise RuleFailed(question.event, question.rule, f"{type(error).__name__}: {error}") from error
    if not isinstance(answer, bool):
        raise RuleFailed(question.event, question.rule, f"it returned {answer!r:.60}, not True or False")
    return answer
