"""What guards and acts speak of: facts, derived facts, parameters, rules and roles."""

from __future__ import annotations

import attrs

from enforceflow.definitions.facts import FactType, FactValue, as_fact_type
from enforceflow.definitions.fields import LOCAL, SOURCED, TITLED, VERIFIED, written
from enforceflow.definitions.periods import Dated, Period
from enforceflow.texts import Title


@attrs.frozen
class Fact:
    """Typed data of a track, carried by its acts."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    type: FactType = attrs.field(
        metadata=written("type", "类型", "the type"),
        kw_only=True,
        converter=as_fact_type,
    )
    personal: bool = attrs.field(
        metadata=written("flag", "个人信息，可以删除", "personal data, which may be erased"),
        kw_only=True,
        default=False,
    )


@attrs.frozen
class Derived:
    """A fact computed from others by an expression of the guard language."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    value: str = attrs.field(metadata=written("expression", "算式", "the expression that computes it"), kw_only=True)
    source: str = attrs.field(metadata=SOURCED, kw_only=True, default="")


@attrs.frozen
class Parameter:
    """A number of law or policy with its source and its values by date of effect."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    values: Dated[FactValue | Period] = attrs.field(
        metadata=written("values", "数值，或按生效日期列出的数值", "the value, or values by date of effect"),
        kw_only=True,
    )
    source: str = attrs.field(metadata=SOURCED, kw_only=True, default="")
    verified: bool = attrs.field(metadata=VERIFIED, kw_only=True, default=True)
    local: bool = attrs.field(metadata=LOCAL, kw_only=True, default=False)


@attrs.frozen
class Rule:
    """A question that the host application answers with yes or no."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
    source: str = attrs.field(metadata=SOURCED, kw_only=True, default="")


@attrs.frozen
class Role:
    """Somebody who may record acts."""

    name: str
    title: Title = attrs.field(metadata=TITLED, kw_only=True)
