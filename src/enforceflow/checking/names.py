"""Names that can be written in guards and on a command line, and titles in both languages."""

from __future__ import annotations

import re
from typing import Final

from enforceflow.checking.findings import Findings, Path, Spot, shown
from enforceflow.checking.views import View
from enforceflow.definitions import ANY, CARRIED_OVER, CARRY_OVER, CASE, PREVIOUS, Fact, Transition
from enforceflow.texts import Phrase, Title

SECTIONS: Final = (
    "roles",
    "facts",
    "derived",
    "parameters",
    "rules",
    "states",
    "transitions",
    "time_limits",
    "nodes",
)
RESERVED: Final = frozenset(
    (
        ANY,
        PREVIOUS,
        CASE,
        CARRIED_OVER,
        CARRY_OVER,
        "this",
        "at",
        "state",
        "kind",
        "true",
        "false",
        "and",
        "or",
        "not",
        "in",
        "where",
        "all",
        "count",
        "sum",
    )
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)
_WORKFLOW: Final = re.compile(r"[a-z][a-z0-9_-]*(/[a-z][a-z0-9_]*)*", re.ASCII)
_LONGEST: Final = 200
_KEY: Final = Spot(of_key=True)
_UNSAID: Final = Title("-", "-")

NOT_A_NAME = Phrase(
    zh="“{name}”不能作名称；名称由小写字母、数字和下划线组成，以字母开头",
    en="{name!s} cannot be a name; a name has small letters, digits and _, and starts with a letter",
)
NOT_A_WORKFLOW = Phrase(
    zh="“{name}”不能作工作流名称；请写作 cn/civil 或 cn-gd/asset/deposit",
    en="{name!s} cannot be the name of a workflow; write it as cn/civil or cn-gd/asset/deposit",
)
IS_RESERVED = Phrase(zh="“{name}”是保留字，不能作名称", en="{name!s} is a reserved word and cannot be a name")
OTHER_NAME = Phrase(zh="键为“{key}”而名称为“{name}”", en="the key is {key!s} but the name is {name!s}")
NO_TITLE = Phrase(zh="名称不能为空", en="the title cannot be empty")
NO_EDITION = Phrase(zh="版本不能为空", en="the edition cannot be empty")


def is_workflow_name(name: str) -> bool:
    """Tell whether `name` can be the name of a workflow."""
    return len(name) <= _LONGEST and _WORKFLOW.fullmatch(name) is not None


def check_names(view: View, findings: Findings) -> None:
    """Check every name and title of a workflow."""
    workflow, path = view.workflow, view.path
    if not is_workflow_name(workflow.name):
        findings.add((*path, "workflow"), NOT_A_WORKFLOW(name=shown(workflow.name)))
    if not workflow.edition.strip():
        findings.add((*path, "edition"), NO_EDITION())
    _check_title(path, workflow.title, findings)
    _check_title((*path, "node_catalogue"), workflow.node_catalogue or _UNSAID, findings)
    for section in SECTIONS:
        for key, thing in getattr(workflow, section).items():
            here = (*path, section, key)
            check_name(here, key, findings)
            if key != thing.name:
                findings.add(here, OTHER_NAME(key=shown(key), name=shown(thing.name)), spot=_KEY)
            _check_title(here, thing.title, findings)
    _check_inner_names(view, findings)


def check_name(path: Path, name: str, findings: Findings) -> None:
    """Check one name, the key at the end of `path`."""
    if _NAME.fullmatch(name) is None:
        findings.add(path, NOT_A_NAME(name=shown(name)), spot=_KEY)
    elif name in RESERVED:
        findings.add(path, IS_RESERVED(name=name), spot=_KEY)


def _check_title(path: Path, title: Title, findings: Findings) -> None:
    for lang, said in (("zh", title.zh), ("en", title.en)):
        if not said.strip():
            findings.add((*path, lang), NO_TITLE())


def _check_inner_names(view: View, findings: Findings) -> None:
    for track, kinds in view.workflow.tracks.items():
        check_name((*view.path, "tracks", track), track, findings)
        for kind in kinds if tuple(kinds) != (track,) else ():
            check_name((*view.path, "tracks", track, kind), kind, findings)
    for name, fact in view.workflow.facts.items():
        _check_choices((*view.path, "facts", name, "choices"), fact, findings)
    for transition in view.workflow.transitions.values():
        _check_words((*view.path, "transitions", transition.name), transition, findings)
    for name, node in view.workflow.nodes.items():
        here = (*view.path, "nodes", name)
        for key, title in (("quality", node.quality), ("hands_over", node.hands_over)):
            _check_title((*here, key), title or _UNSAID, findings)


def _check_choices(path: Path, fact: Fact, findings: Findings) -> None:
    for choice, title in (fact.type.item or fact.type).choices.items():
        if _NAME.fullmatch(choice) is None:
            findings.add((*path, choice), NOT_A_NAME(name=shown(choice)), spot=_KEY)
        _check_title((*path, choice), title, findings)


def _check_words(path: Path, transition: Transition, findings: Findings) -> None:
    event = transition.event
    if event != transition.name and _NAME.fullmatch(event) is None:
        findings.add((*path, "event"), NOT_A_NAME(name=shown(event)))
    elif event != transition.name and event in RESERVED:
        findings.add((*path, "event"), IS_RESERVED(name=event))
    for item, effect in enumerate(transition.then):
        if _NAME.fullmatch(effect) is None:
            findings.add((*path, "then"), NOT_A_NAME(name=shown(effect)), spot=Spot(item=item))
