"""What guards and acts speak of: facts, derived facts, parameters, rules and roles."""

from __future__ import annotations

import attrs

from enforceflow.definitions.fields import local, source, titled, verified, written
from enforceflow.facts import FactType, FactValue
from enforceflow.periods import Dated, Period
from enforceflow.texts import Title


@attrs.frozen
class Fact:
    """Typed data of a track, carried by its acts."""

    name: str
    title: Title = titled()
    type: FactType = written(
        "type", "类型", "the type", converter=lambda t: t if isinstance(t, FactType) else FactType(t)
    )
    personal: bool = written("flag", "个人信息，可以删除", "personal data, which may be erased", default=False)


@attrs.frozen
class Derived:
    """A fact computed from others by an expression of the guard language."""

    name: str
    title: Title = titled()
    value: str = written("expression", "算式", "the expression that computes it")
    source: str = source()


@attrs.frozen
class Parameter:
    """A number of law or policy with its source and its values by date of effect."""

    name: str
    title: Title = titled()
    values: Dated[FactValue | Period] = written(
        "values", "数值，或按生效日期列出的数值", "the value, or values by date of effect"
    )
    source: str = source()
    verified: bool = verified()
    local: bool = local()


@attrs.frozen
class Rule:
    """A question that the host application answers with yes or no."""

    name: str
    title: Title = titled()
    source: str = source()


@attrs.frozen
class Role:
    """Somebody who may record acts."""

    name: str
    title: Title = titled()
