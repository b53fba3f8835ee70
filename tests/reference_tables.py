"""The tables of the reference pages, from the field table and the constants of the library."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import attrs

import law_tables
from enforceflow.amounts.functions import FUNCTIONS
from enforceflow.checking import names
from enforceflow.definitions import STAGES, Nature, Workflow
from enforceflow.definitions.facts import FactKind
from enforceflow.definitions.periods import Unit
from enforceflow.engine.refusals import ReasonKind
from enforceflow.errors import DefinitionError
from enforceflow.expressions import LIMIT_STATUSES, TAKEN, checking, lexing, literals, parsing, resolving
from enforceflow.reading import calendar_files, files, load, loading, parts, sources
from enforceflow.reading import parsing as yaml_parsing
from enforceflow.reading.shapes import ALONE, TOGETHER
from enforceflow.reading.shelves import Shelf
from enforceflow.reading.structuring import CATALOGUE, SECTIONS
from enforceflow.texts import Lang, Title

_MARKED: Final = re.compile(r"(<!-- table: ([\w.-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

SHAPES: Final[Mapping[str, tuple[Title, str]]] = {
    "title": (Title("两个键 zh 与 en，均必填", "the two keys zh and en, both required"), "zh: 立案, en: File the case"),
    "text": (Title("文字", "text"), "法释〔2000〕29号第5条"),
    "flag": (Title("true 或 false，不加引号", "true or false, without quotation marks"), "true"),
    "name": (Title("一个名称", "a name"), "serve_notice"),
    "event": (Title("一个行为的名称", "the name of an act"), "lapse"),
    "state": (Title("一个状态的名称", "the name of a state"), "investigating"),
    "stage": (Title("一个阶段（见下）", "a stage (see below)"), "investigation"),
    "role": (Title("一个角色的名称", "the name of a role"), "judge"),
    "expression": (Title("条件语言的算式", "an expression of the guard language"), "owed - paid"),
    "guard": (
        Title("条件语言的条件，结果为是或否", "an expression that is true or false"),
        "inquiry_exhausted and owed > 0",
    ),
    "period": (Title("整数与单位", "a whole number and a unit"), "15 days"),
    "length": (
        Title(
            "期间；或“生效日期: 期间”；或 行为.事实（天数、期间或日期）；或参数的名称",
            "a period; or periods by date of effect; or act.fact (days, a period or a date); or a parameter's name",
        ),
        "{2015-02-04: 1 year, 2020-01-01: 2 years}",
    ),
    "states": (Title("状态，一个或列表", "a state or a list of states"), "[filed, investigating]"),
    "tracks": (Title("事项，一个或列表", "a track or a list of tracks"), "[asset, receipt]"),
    "roles": (Title("角色，一个或列表", "a role or a list of roles"), "[judge, registrar]"),
    "facts": (Title("事实，一个或列表", "a fact or a list of facts"), "[owed, filed_on]"),
    "effects": (Title("事项名称，一个或列表", "an effect or a list of effects"), "issue_notice"),
    "events": (Title("本事项的行为，一个或列表", "an act of the same track, or a list"), "[complete, close_for_now]"),
    "acts": (
        Title(
            "行为，一个或列表；他处的行为前加 case. 或事项名",
            "an act or a list; with case. or a track before one of elsewhere",
        ),
        "[serve_notice, asset.seize]",
    ),
    "state_refs": (
        Title(
            "状态，一个或列表；他处的状态前加 case. 或事项名",
            "a state or a list; with case. or a track before one of elsewhere",
        ),
        "[suspended, asset.valuing]",
    ),
    "limits": (
        Title(
            "期限，一个或列表；他处的期限前加 case. 或事项名",
            "a time limit or a list; with case. or a track before one of elsewhere",
        ),
        "[conclusion, asset.seizure]",
    ),
    "anchors": (
        Title(
            "行为、行为.日期事实、{end_of: 期限} 或 {day_after: 期限}，一个或列表",
            "an act, act.fact (a date), {end_of: limit} or {day_after: limit}, or a list",
        ),
        "[file, {end_of: grace}]",
    ),
    "until": (Title("期间或行为，一个或列表", "a period, an act, or a list"), "[5 years, restore]"),
    "extensions": (Title("“行为: 长度”", "acts, each with its length"), "{extend: 3 months}"),
    "cap": (Title("times 与 total，可只写其一", "times and total, or one of them"), "{times: 2, total: 90 days}"),
    "maybe_title": (
        Title("含 zh 与 en 的一组键", "keys zh and en in a mapping of their own"),
        "{zh: 及时, en: In time}",
    ),
    "type": (
        Title("type，以及 choices、track、item 等键", "type, and the keys choices, track and item beside it"),
        "type: list, item: track, track: asset",
    ),
    "values": (
        Title("value 或 values（“生效日期: 数值”）", "value, or values by date of effect"),
        "values: {2014-08-01: 1.75%, 2020-01-01: 2%}",
    ),
    "act|old_end": (Title("二者之一", "one of the two"), "old_end"),
    "not_counted|counted": (Title("二者之一", "one of the two"), "counted"),
    "next_hour|minute": (Title("二者之一", "one of the two"), "minute"),
    "after|on": (Title("二者之一", "one of the two"), "on"),
}
"""How each shape of the field table is written."""

_CALENDAR: Final[Mapping[str, Mapping[str, tuple[bool, Title, str]]]] = {
    "root": {
        "calendar": (True, Title("日历名称；第一个键", "the name of the calendar; the first key"), "cn"),
        "extends": (False, Title("在哪个日历之上修改", "the calendar that it is laid on"), "cn"),
        "zh": (True, Title("中文名称", "the title in Chinese"), "中国法定节假日与调休日历"),
        "en": (True, Title("英文名称", "the title in English"), "Working days of mainland China"),
        "zone": (True, Title("时区", "the time zone"), "Asia/Shanghai"),
        "weekend": (True, Title("公休日，一个或列表", "the weekend days, one or a list"), "[saturday, sunday]"),
        "source": (False, Title("法律依据", "the legal source"), "全国年节及纪念日放假办法"),
        "substitutes": (
            False,
            Title(
                "未公布的年份里，节日遇公休日是否补休；默认 true",
                "whether in a year not announced a holiday on a weekend gives a working day off; by default true",
            ),
            "false",
        ),
        "holidays": (
            False,
            Title("法定节日，只用于未公布的年份", "the statutory holidays, used in years not announced"),
            "{…}",
        ),
        "notices": (False, Title("放假通知", "the notices"), "{…}"),
    },
    "holiday": {
        "zh": (True, Title("中文名称", "the title in Chinese"), "元旦"),
        "en": (True, Title("英文名称", "the title in English"), "New Year's Day"),
        "days": (
            False,
            Title("每年的月日，一个或列表", "month and day of every year, one or a list"),
            "[05-01, 05-02]",
        ),
        "dates": (False, Title("一次性的日期或日期范围", "single dates or ranges of dates"), "2026-02-16..2026-02-19"),
        "since": (False, Title("days 自哪一年起", "the first year of the days"), "2025"),
        "until": (False, Title("days 至哪一年止", "the last year of the days"), "2024"),
    },
    "notice": {
        "announced": (True, Title("发布日期", "the day it was announced"), "2025-11-04"),
        "covers": (False, Title("所安排的年份，一个或列表", "the years that it settles, one or a list"), "2026"),
        "amends": (False, Title("所修改的通知", "the notice that it changes"), "国办发明电〔2019〕16号"),
        "off": (False, Title("放假的日期或日期范围", "the days off, dates or ranges"), "[2026-01-01..2026-01-03]"),
        "work": (False, Title("上班的日期或日期范围", "the make-up working days, dates or ranges"), "[2026-01-04]"),
        "verified": (
            False,
            Title("是否核对过原文；默认 true", "whether the text itself was read; by default true"),
            "false",
        ),
    },
}

_LIMITS: Final[Mapping[str, tuple[int, Title]]] = {
    "file": (sources.MOST_BYTES, Title("一个文件的字节数", "bytes in one file")),
    "nodes": (yaml_parsing.MOST_NODES, Title("一个文件的值的个数", "values in one file")),
    "depth": (yaml_parsing.MOST_DEPTH, Title("括号与缩进的层数", "levels of brackets and indentation")),
    "parts": (parts.MOST_PARTS, Title("一个工作流的分篇数", "parts of one workflow")),
    "layers": (files.MOST_LAYERS, Title("extends 的层数", "files laid on one another by extends")),
    "problems": (loading.MOST_TOLD, Title("一次列出的问题数", "problems told at once")),
    "range": (calendar_files.MOST_DAYS, Title("日历中一个日期范围的天数", "days in one range of a calendar")),
}
_BOUNDS: Final[Mapping[str, tuple[int, Title]]] = {
    "characters": (lexing.MOST_CHARACTERS, Title("字符数", "characters")),
    "parts": (parsing.MOST_NODES, Title("名称、数值与运算的总数", "names, values and operators")),
    "depth": (parsing.MOST_DEPTH, Title("嵌套层数", "levels of nesting")),
    "nesting": (
        resolving.MOST_NESTING,
        Title("any、all、count、sum 的嵌套层数", "any, all, count and sum inside one another"),
    ),
    "digits": (literals.MOST_DIGITS, Title("一个数的位数", "digits of a number")),
    "whole depth": (
        checking.MOST_DEPTH,
        Title("连同所读的算得的事实，嵌套层数", "levels of nesting, derived facts included"),
    ),
    "whole size": (
        checking.MOST_WEIGHT,
        Title("连同所读的算得的事实，总数", "names, values and operators, derived facts included"),
    ),
}
_NATURES: Final[Mapping[Nature, tuple[str, Title]]] = {
    Nature.ACT: (
        "`met_by`",
        Title(
            "应在期限内作出行为；逾期只显示，仍可补作", "an act is due in time; missed is shown, and the act stays open"
        ),
    ),
    Nature.RIGHT: (
        "`closes`",
        Title("期满后不得再作出，除非准予顺延", "after the end the act is refused, unless time was restored"),
    ),
    Nature.BAR: ("`bars`", Title("期满前不得作出", "before the end the act is refused")),
    Nature.VALIDITY: (
        "`if_missed`",
        Title("效力至期满为止；届满时行为自动发生", "something is valid until then; its act follows by itself"),
    ),
}
_UNITS: Final[Mapping[Unit, Title]] = {
    Unit.MINUTE: Title("分钟", "minutes; needs a time of day"),
    Unit.HOUR: Title("小时", "hours; needs a time of day"),
    Unit.DAY: Title("日（自然日）", "calendar days"),
    Unit.WORKDAY: Title("工作日", "working days"),
    Unit.MONTH: Title("月", "months"),
    Unit.YEAR: Title("年", "years"),
}
_FACTS: Final[Mapping[FactKind, tuple[Title, str]]] = {
    FactKind.TEXT: (Title("文字，至多一万字", "text of at most 10,000 characters"), '"R-7"'),
    FactKind.NUMBER: (Title("数，不收浮点数", "a number: int, Decimal or text, never float"), '3, "0.175"'),
    FactKind.MONEY: (Title("金额，精确到写明的位数", "money, exact to the digit"), '500000, "500000.00 yuan"'),
    FactKind.BOOL: (Title("是或否", "true or false"), "True"),
    FactKind.DATE: (Title("日期", "a date"), 'date(2026, 1, 5), "2026-01-05"'),
    FactKind.DATETIME: (Title("日期时间", "a date with a time"), '"2026-01-05T10:30"'),
    FactKind.DAYS: (Title("天数", "a number of days"), '15, "15 days"'),
    FactKind.PERIOD: (Title("期间", "a period"), '"6 months"'),
    FactKind.CHOICE: (Title("选项之一；选项写在 choices", "one of its choices"), '"simple"'),
    FactKind.TRACK: (
        Title("一个事项的地址；可用 track 限定", "the address of a track; track says of which name"),
        '"asset/A1"',
    ),
    FactKind.LIST: (
        Title("列表，至多一千项；各项的类型写在 item", "a list of at most 1,000; item gives the type of one"),
        '["asset/A1", "asset/A2"]',
    ),
}
_REASONS: Final[Mapping[ReasonKind, tuple[str, Title]]] = {
    ReasonKind.STATE: ("state", Title("所处状态不能作出", "the state does not allow it")),
    ReasonKind.CLOSED: ("state", Title("案件已终结", "the case is closed")),
    ReasonKind.GUARD: ("condition", Title("条件不成立", "a condition does not hold")),
    ReasonKind.UNKNOWN: (
        "condition",
        Title("缺少事实，条件无法判断", "a condition cannot be decided: facts are missing"),
    ),
    ReasonKind.PREREQUISITE: ("act", Title("应先有的行为没有", "an act that must come first is missing")),
    ReasonKind.TRACK: ("track", Title("应先终结的事项尚未终结", "a track that it awaits is not closed")),
    ReasonKind.BAR: ("limit", Title("期满前不得作出", "barred until a time limit has run")),
    ReasonKind.OUT_OF_TIME: ("limit", Title("已过期限", "out of time")),
    ReasonKind.ROLE: ("role", Title("无权作出", "not for this role")),
    ReasonKind.FACT: (
        "fact",
        Title("缺少应载明的事实，或事实不属于此行为", "a fact is missing, or not one of this act"),
    ),
    ReasonKind.EXTENSION: ("limit", Title("延长已达上限", "extended as far as it may be")),
    ReasonKind.LATER_ACT: ("act", Title("其后已记录的行为将失去依据", "a later act would no longer follow")),
    ReasonKind.AUTOMATIC: (
        "limit",
        Title("期满自动发生，不另行记录", "it follows by itself and is not recorded by hand"),
    ),
}

_SECTION_TABLES: Final[Mapping[str, type]] = SECTIONS


def fresh(page: str, lang: Lang) -> str:
    """Return a page with every table between its marks written anew."""

    def table(match: re.Match[str]) -> str:
        return f"{match[1]}{TABLES[match[2]](lang)}{match[3]}"

    return _MARKED.sub(table, page)


def _table(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heading = list(heading)
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _said(lang: Lang, zh: str, en: str) -> str:
    return zh if lang == "zh" else en


def _fields(cls: type, lang: Lang) -> str:
    rows = []
    for field in attrs.fields(cls):
        shape = field.metadata.get("shape")
        if shape is None or field.name == "name":
            continue
        keys = TOGETHER[shape][0] if shape in TOGETHER else (field.name.removesuffix("_"),)
        key = ", ".join(f"`{name}`" for name in keys)
        required = _said(lang, "必填", "required") if field.default is attrs.NOTHING else _default(field.default)
        rows.append((key, _shape(shape), required, field.metadata["about"].text(lang)))
    return _table(_said(lang, "键 写法 默认 含义", "key shape default meaning").split(), rows)


def _shape(shape: str) -> str:
    return " / ".join(f"`{word}`" for word in shape.split("|"))


def _default(default: object) -> str:
    if isinstance(default, bool):
        return f"`{default}`".lower()
    return f"`{default}`" if isinstance(default, str) and default else "–"


def _root(lang: Lang) -> str:
    about = {field.name: field.metadata.get("about") for field in attrs.fields(Workflow)}
    yes, no = _said(lang, "必填", "required"), "–"
    first = _said(lang, "工作流名称；第一个键", "the name of the workflow; the first key")
    below = _said(lang, "在哪个工作流之上修改", "the workflow that it is laid on")
    listed = _said(lang, "其分篇，一个或列表", "its parts, one or a list")
    rows = [("`workflow`", yes, first), ("`extends`", no, below), ("`parts`", no, listed)]
    rows += [("`zh`, `en`", yes, str(about["title"].text(lang)))] if about["title"] else []
    for key in ("edition", "tracks", *SECTIONS, CATALOGUE):
        title = about[key]
        rows.append(
            (f"`{key}`", yes if key in ("edition", "states", "transitions") else no, title.text(lang) if title else "")
        )
    return _table(_said(lang, "键 默认 含义", "key default meaning").split(), rows)


def _shapes(lang: Lang) -> str:
    rows = [(_shape(shape), title.text(lang), f"`{example}`") for shape, (title, example) in SHAPES.items()]
    return _table(_said(lang, "写法 说明 例", "shape what example").split(), rows)


def _calendar(part: str) -> Callable[[Lang], str]:
    def table(lang: Lang) -> str:
        rows = [
            (f"`{key}`", _said(lang, "必填", "required") if needed else "–", title.text(lang), f"`{example}`")
            for key, (needed, title, example) in _CALENDAR[part].items()
        ]
        return _table(_said(lang, "键 默认 含义 例", "key default meaning example").split(), rows)

    return table


def _sizes(sizes: Mapping[str, tuple[int, Title]]) -> Callable[[Lang], str]:
    def table(lang: Lang) -> str:
        rows = [(title.text(lang), f"{most:,}") for most, title in sizes.values()]
        return _table((_said(lang, "什么", "what"), _said(lang, "至多", "at most")), rows)

    return table


def _words(words: Iterable[str]) -> Callable[[Lang], str]:
    return lambda _: ", ".join(f"`{word}`" for word in sorted(words)) + "\n"


def _functions(lang: Lang) -> str:
    rows = [
        (
            f"`{name}`",
            _said(lang, "、", ", ").join(parameter.title.text(lang) for parameter in function.parameters),
            function.title.text(lang),
            function.source,
        )
        for name, function in FUNCTIONS.items()
    ]
    return _table(_said(lang, "函数 给出 得到 来源", "function given gives source").split(), rows)


def _natures(lang: Lang) -> str:
    rows = [(f"`{nature}`", key, title.text(lang)) for nature, (key, title) in _NATURES.items()]
    return _table(_said(lang, "性质 键 含义", "nature key meaning").split(), rows)


def _titles(titles: Mapping[str, Title]) -> Callable[[Lang], str]:
    def table(lang: Lang) -> str:
        rows = [(f"`{name}`", title.zh, title.en) for name, title in titles.items()]
        return _table(
            (_said(lang, "代码", "code"), _said(lang, "中文", "Chinese"), _said(lang, "英文", "English")), rows
        )

    return table


def _units(lang: Lang) -> str:
    rows = [(f"`{unit}`, `{unit}s`", title.text(lang)) for unit, title in _UNITS.items()]
    return _table((_said(lang, "单位", "unit"), _said(lang, "含义", "meaning")), rows)


def _fact_types(lang: Lang) -> str:
    rows = [(f"`{kind}`", title.text(lang), f"`{example}`") for kind, (title, example) in _FACTS.items()]
    return _table(_said(lang, "类型 含义 记录时的写法", "type meaning value").split(), rows)


def _reasons(lang: Lang) -> str:
    rows = [(f"`{kind}`", subject, title.text(lang)) for kind, (subject, title) in _REASONS.items()]
    return _table(("kind", "subject", _said(lang, "含义", "meaning")), rows)


_NAMED: Final[Mapping[str, Title]] = {
    "roles": Title("角色", "role"),
    "facts": Title("事实", "fact"),
    "derived": Title("事实", "fact"),
    "parameters": Title("参数", "parameter"),
    "rules": Title("规则", "rule"),
    "states": Title("状态", "state"),
    "transitions": Title("行为", "act"),
    "time_limits": Title("期限", "time limit"),
    "nodes": Title("节点", "node"),
}


def _shipped() -> Iterator[Workflow]:
    """Yield the case workflows that come with the library, and those of their tracks."""
    for name in Shelf.of(None, ()).names("workflow"):
        with contextlib.suppress(DefinitionError):  # that of a track says names of its case
            case = load(name)
            yield case
            for kinds in case.tracks.values():
                yield from kinds.values()


def _names(_: Lang) -> str:
    rows = {
        (f"`{name}`", thing.title.zh, thing.title.en, f"{what.zh} {what.en}")
        for workflow in _shipped()
        for section, what in _NAMED.items()
        for name, thing in getattr(workflow, section).items()
    }
    return _table(("code", "中文", "English", ""), sorted(rows))


def _law_files(lang: Lang) -> str:
    heading = _said(lang, "文件 中文 English 行为 期限 条件", "file 中文 English acts limits guards").split()
    return _table(heading, law_tables.files())


def _law_coverage(lang: Lang) -> str:
    heading = _said(lang, "阶段 规则 已编写 待编写 与工作流无关", "stage rules encoded later outside").split()
    return _table(heading, law_tables.coverage())


TABLES: Final[Mapping[str, Callable[[Lang], str]]] = {
    "law-files": _law_files,
    "law-coverage": _law_coverage,
    "names": _names,
    "workflow": _root,
    **{section: (lambda lang, cls=cls: _fields(cls, lang)) for section, cls in _SECTION_TABLES.items()},  # type: ignore[misc]
    "shapes": _shapes,
    "calendar": _calendar("root"),
    "calendar.holiday": _calendar("holiday"),
    "calendar.notice": _calendar("notice"),
    "sizes": _sizes(_LIMITS),
    "bounds": _sizes(_BOUNDS),
    "reserved": _words(names.RESERVED),
    "taken": _words(TAKEN),
    "functions": _functions,
    "natures": _natures,
    "stages": _titles(STAGES),
    "statuses": _titles(LIMIT_STATUSES),
    "units": _units,
    "fact-types": _fact_types,
    "reasons": _reasons,
}
"""The tables by the name that stands in their marks."""


def unexplained() -> set[str]:
    """Return what the library knows and the tables do not explain, or the reverse; nothing if all is well."""
    used = {
        str(field.metadata["shape"])
        for cls in SECTIONS.values()
        for field in attrs.fields(cls)
        if "shape" in field.metadata
    }
    pairs: list[tuple[set[str], set[str]]] = [
        (used, set(SHAPES)),
        (used, used & {*ALONE, *TOGETHER}),
        (set(Nature), set(_NATURES)),
        (set(Unit), set(_UNITS)),
        (set(FactKind), set(_FACTS)),
        (set(ReasonKind), set(_REASONS)),
    ]
    titles, root = {"zh", "en"}, {"calendar", "extends", "holidays", "notices"}
    known = {"root": calendar_files._ROOT, "holiday": calendar_files._HOLIDAY, "notice": calendar_files._NOTICE}  # noqa: SLF001
    for part, table in known.items():
        also = titles | root if part == "root" else titles if part == "holiday" else set()
        pairs.append(({*table, *also}, set(_CALENDAR[part])))
    return {name for one, other in pairs for name in one ^ other}
