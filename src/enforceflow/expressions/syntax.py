"""What an expression says, as a tree: no types and no meanings of names yet.

Every node knows where it starts (`offset`) and how deep it is (`height`); operators also where they stand (`at`).
"""

from __future__ import annotations

from typing import Literal

import attrs

from enforceflow.definitions.facts import FactKind, FactValue

Comparison = Literal["==", "!=", "<", "<=", ">", ">="]
Sign = Literal["+", "-", "*"]
Question = Literal["done", "on", "by", "times", "status"]
Gathering = Literal["any", "all", "count", "sum"]


@attrs.frozen(eq=False, repr=False)
class Part:
    """One name of a dotted chain."""

    text: str
    offset: int


@attrs.frozen(eq=False, repr=False)
class Written:
    """A value as written: number, money, days, period, date, text, true or false."""

    offset: int
    value: FactValue
    kind: FactKind
    height: int = 1


@attrs.frozen(eq=False, repr=False)
class Name:
    """`amount`, `case.amount`, `asset.debtor.located`."""

    offset: int
    parts: tuple[Part, ...]
    height: int = 1


@attrs.frozen(eq=False, repr=False)
class Asked:
    """`done(file)`, `case.on(file)`: a question about an act or a limit, of the track that `path` leads to."""

    offset: int
    path: tuple[Part, ...]
    question: Question
    argument: Part
    height: int = 1


@attrs.frozen(eq=False, repr=False)
class Not:
    """`not …`."""

    offset: int
    operand: Node
    height: int


@attrs.frozen(eq=False, repr=False)
class Minus:
    """`-…`."""

    offset: int
    operand: Node
    height: int


@attrs.frozen(eq=False, repr=False)
class Junction:
    """`… and … and …`, or `either` true: `… or … or …`."""

    offset: int
    either: bool
    items: tuple[Node, ...]
    height: int


@attrs.frozen(eq=False, repr=False)
class Compared:
    """`… <= …`."""

    offset: int
    at: int
    sign: Comparison
    left: Node
    right: Node
    height: int


@attrs.frozen(eq=False, repr=False)
class Among:
    """`… in (…, …)`, `… not in (…)`."""

    offset: int
    at: int
    negated: bool
    item: Node
    members: tuple[Node, ...]
    height: int


@attrs.frozen(eq=False, repr=False)
class Within:
    """`… in a_list`, `… not in a_list`."""

    offset: int
    at: int
    negated: bool
    item: Node
    items: Node
    height: int


@attrs.frozen(eq=False, repr=False)
class Computed:
    """`… + …`, `… - …`, `… * …`."""

    offset: int
    at: int
    sign: Sign
    left: Node
    right: Node
    height: int


@attrs.frozen(eq=False, repr=False)
class Gathered:
    """`any(asset where …)`, `count(asset)`, `sum(receipt.amount where …)`."""

    offset: int
    how: Gathering
    track: Part
    field: Part | None
    where: Node | None
    height: int


@attrs.frozen(eq=False, repr=False)
class Called:
    """`execution_fee(…)`, `pro_rata(…, …, …)`: a function of law and what it is given."""

    offset: int
    function: str
    arguments: tuple[Node, ...]
    height: int


Node = Written | Name | Asked | Not | Minus | Junction | Compared | Among | Within | Computed | Gathered | Called
