"""Facts: what is read as which type, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pendulum
import pytest

from enforceflow.definitions.facts import FactKind, FactType, as_fact_type, coerce, is_address
from enforceflow.definitions.periods import Period, Unit
from enforceflow.errors import InvalidValue
from enforceflow.texts import Title

K = FactKind
CHOICE = FactType(K.CHOICE, choices={"poor": Title("无财产", "Poor"), "dead": Title("死亡", "Dead")})
ASSET = FactType(K.TRACK, track="asset")
SUMS = FactType(K.LIST, item=FactType(K.MONEY))


@pytest.mark.parametrize(
    ("kind", "value", "read"),
    [
        (K.TEXT, "王法官\n第二行", "王法官\n第二行"),
        (K.NUMBER, 5, Decimal(5)),
        (K.NUMBER, "-5.25", Decimal("-5.25")),
        (K.NUMBER, Decimal("1E+3"), Decimal(1000)),
        (K.MONEY, "1,000.50 yuan", Decimal("1000.50")),
        (K.MONEY, " 5元 ", Decimal(5)),
        (K.MONEY, 5, Decimal(5)),
        (K.BOOL, "true", True),
        (K.BOOL, False, False),
        (K.DATE, "2026-01-05", date(2026, 1, 5)),
        (K.DATE, pendulum.date(2026, 1, 5), date(2026, 1, 5)),
        (K.DATETIME, "2026-01-05T10:30+00:00", datetime(2026, 1, 5, 10, 30, tzinfo=UTC)),
        (K.DATETIME, pendulum.datetime(2026, 1, 5, 10, 30), datetime(2026, 1, 5, 10, 30, tzinfo=UTC)),
        (K.DAYS, 15, 15),
        (K.DAYS, "15", 15),
        (K.DAYS, "15 days", 15),
        (K.DAYS, Period(15, Unit.DAY), 15),
        (K.PERIOD, "6 months", Period(6, Unit.MONTH)),
        (CHOICE, "poor", "poor"),
        (ASSET, "asset/A1", "asset/A1"),
        (K.TRACK, "order/1", "order/1"),
        (SUMS, ["5 yuan", 6], (Decimal(5), Decimal(6))),
    ],
)
def test_a_value_is_read_by_its_type(kind: FactKind | FactType, value: object, read: object) -> None:
    found = coerce(value, as_fact_type(kind))
    assert found == read
    assert type(found) is type(read)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (K.TEXT, 5),
        (K.TEXT, "x" * 10_001),
        (K.TEXT, "a\x00b"),
        (K.NUMBER, True),
        (K.NUMBER, 0.5),
        (K.NUMBER, "1e5"),
        (K.NUMBER, "5,000"),
        (K.NUMBER, 10**24),
        (K.NUMBER, Decimal("NaN")),
        (K.NUMBER, Decimal("1E-13")),
        (K.NUMBER, Decimal("1E+30")),
        (K.MONEY, "5 dollars"),
        (K.MONEY, 0.5),
        (K.BOOL, "yes"),
        (K.BOOL, 1),
        (K.DATE, datetime(2026, 1, 5, tzinfo=UTC)),
        (K.DATE, "2026-1-5"),
        (K.DATE, "1899-12-31"),
        (K.DATE, 5),
        (K.DATETIME, date(2026, 1, 5)),
        (K.DATETIME, "2026-01-05"),
        (K.DATETIME, datetime(2200, 1, 1, tzinfo=UTC)),
        (K.DAYS, True),
        (K.DAYS, -1),
        (K.DAYS, "2 months"),
        (K.DAYS, 50_000),
        (K.PERIOD, 15),
        (CHOICE, "rich"),
        (ASSET, "order/1"),
        (ASSET, "asset/A 1"),
        (ASSET, 5),
        (SUMS, "5 yuan"),
        (SUMS, ["x"]),
        (SUMS, [1] * 1001),
        (K.LIST, [1]),
    ],
)
def test_anything_else_is_refused_with_what_was_wanted(kind: FactKind | FactType, value: Any) -> None:
    with pytest.raises(InvalidValue) as caught:
        coerce(value, as_fact_type(kind))
    assert " is not " in str(caught.value)
    assert "不是" in caught.value.text("zh")


def test_a_number_too_long_to_show_is_not_shown() -> None:
    with pytest.raises(InvalidValue, match=r"^… is not a number"):
        coerce(10**5000, FactType(K.NUMBER))


def test_the_choices_are_told() -> None:
    with pytest.raises(InvalidValue, match="'rich' is not one of poor, dead"):
        coerce("rich", CHOICE)


def test_a_type_is_told_in_words() -> None:
    assert [str(each) for each in (FactType(K.MONEY), ASSET, SUMS)] == ["money", "track of asset", "list of money"]


@pytest.mark.parametrize(("text", "held"), [("asset/A1", True), ("asset/", False), ("Asset/1", False), (None, False)])
def test_an_address_is_a_name_and_an_id(text: object, *, held: bool) -> None:
    assert is_address(text) is held
