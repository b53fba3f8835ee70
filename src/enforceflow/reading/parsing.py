"""From the events of PyYAML to marked nodes; nothing is composed, resolved or constructed."""

from __future__ import annotations

from typing import Final

import yaml

from enforceflow.reading.marked import Mapping, Marked, Node, Null, Scalar, Sequence, Source
from enforceflow.reading.report import Report, shown
from enforceflow.reading.sources import DELETE_IT, HIDDEN, forbidden_in
from enforceflow.reading.syntax import QUOTE, TAG, WRITE_NOT, explain, guard_hint
from enforceflow.texts import Message, Phrase

MOST_DEPTH: Final = 64
MOST_NODES: Final = 200_000
MOST_PROBLEMS: Final = 200
PARSER: Final[type[yaml.CLoader | yaml.Loader]] = getattr(yaml, "CLoader", yaml.Loader)
_NULLS: Final = frozenset(("", "~", "null"))
_MERGE: Final = "<<"

EMPTY = Phrase(zh="文件是空的", en="the file is empty")
NOT_A_MAPPING = Phrase(zh="文件应由“键: 值”组成", en="the file must consist of keys and values")
SECOND_DOCUMENT = Phrase(
    zh="一个文件只能有一份内容，不能再有 ---", en="a file holds one document; a second --- is not allowed"
)
TOO_DEEP = Phrase(zh="嵌套超过 {most} 层", en="nested more than {most} deep")
TOO_MANY = Phrase(zh="内容超过 {most} 项", en="more than {most} values")
TOO_WRONG = Phrase(zh="错误过多，其余不再列出", en="too much is wrong; the rest is not listed")
DUPLICATE = Phrase(
    zh="键“{key}”重复，首次见于第 {line} 行", en="the key {key!s} is repeated; it first stands on line {line}"
)
NOT_A_KEY = Phrase(zh="键必须是文字", en="a key must be text")
MERGE_KEY = Phrase(zh="不使用合并键 <<", en="merge keys << are not used here")
WRITE_OUT = Phrase(zh="请将内容写全，或使用 extends", en="write the values out, or use extends")
ANCHOR = Phrase(zh="不使用锚点 &{name}", en="anchors such as &{name!s} are not used here")
ALIAS = Phrase(zh="不使用引用 *{name}", en="aliases such as *{name!s} are not used here")


class _Stopped(Exception):
    """Reading on would be of no use."""


def parse(source: Source, report: Report, parser: type[yaml.CLoader | yaml.Loader] = PARSER) -> Mapping | None:
    """Return the keys and values of a file, or None if it cannot be read; problems go to `report`."""
    builder = _Builder(source, report)
    before = len(report.problems)
    loader = parser(source.text)
    try:
        while (event := loader.get_event()) is not None:
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        explain(error, source, report)
    except (ValueError, OverflowError):  # the pure parser on an escape beyond Unicode
        report.at(builder.last, HIDDEN(code="\\U"), DELETE_IT())
    except _Stopped:
        pass
    finally:
        loader.dispose()
    if len(report.problems) > before:
        return None
    return builder.whole()


class _Builder:
    """Puts nodes together as their events come, on a stack of its own."""

    def __init__(self, source: Source, report: Report) -> None:
        self.source = source
        self.report = report
        self.root: Node | None = None
        self.last = Marked(source, 1, 1)
        self._stack: list[Mapping | Sequence] = []
        self._keys: list[Scalar | None] = []
        self._documents = 0
        self._nodes = 0
        self._most_problems = len(report.problems) + MOST_PROBLEMS

    def take(self, event: yaml.Event) -> None:
        """Take in the next event."""
        if isinstance(event, yaml.ScalarEvent):
            self._add(self._scalar(event))
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._start(event)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            self._stack.pop()
            self._keys.pop()
        elif isinstance(event, yaml.AliasEvent):
            place = self._place(event)
            self.report.at(place, ALIAS(name=shown(event.anchor or "")), self._hint(place) or WRITE_OUT())
            self._add(Null(self.source, place.line, place.column))
        elif isinstance(event, yaml.DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop(self._place(event), SECOND_DOCUMENT())

    def whole(self) -> Mapping | None:
        """Return what the file holds."""
        if isinstance(self.root, Mapping):
            return self.root
        start = Marked(self.source, 1, 1)
        empty = self.root is None or isinstance(self.root, Null)
        self.report.at(start if self.root is None else self.root, EMPTY() if empty else NOT_A_MAPPING())
        return None

    def _place(self, event: yaml.Event) -> Marked:
        mark = event.start_mark
        return Marked(self.source, mark.line + 1, mark.column + 1) if mark else Marked(self.source, 1, 1)

    def _hint(self, place: Marked) -> Message | None:
        return guard_hint(self.source.line(place.line), place.column)

    def _stop(self, place: Marked, message: Message) -> None:
        self.report.at(place, message)
        raise _Stopped

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar | Null:
        place, text = self._place(event), event.value
        line, column = place.line, place.column
        style = event.style  # "" from the C parser and None from the pure one, if plain
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event)
        if not style and text in _NULLS:
            return Null(self.source, line, column)
        scalar = Scalar(self.source, line, column, text, not style)
        if style == '"' and (wrong := forbidden_in(text)):
            self.report.at(scalar, HIDDEN(code=wrong), DELETE_IT())
        return scalar

    def _start(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        place = self._place(event)
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event)
        if len(self._stack) >= MOST_DEPTH:
            self._stop(place, TOO_DEEP(most=MOST_DEPTH))
        kind = Mapping if isinstance(event, yaml.MappingStartEvent) else Sequence
        node = kind(self.source, place.line, place.column)
        self._add(node)
        self._stack.append(node)
        self._keys.append(None)

    def _refuse_properties(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        place = self._place(event)
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.report.at(place, TAG(tag=shown(tag)), self._hint(place) or (WRITE_NOT if tag[:2] != "!!" else QUOTE)())
        if event.anchor is not None:
            self.report.at(place, ANCHOR(name=shown(event.anchor)), self._hint(place) or WRITE_OUT())

    def _add(self, node: Node) -> None:
        self.last = node
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop(node, TOO_MANY(most=MOST_NODES))
        if len(self.report.problems) >= self._most_problems:
            self._stop(node, TOO_WRONG())
        holder = self._stack[-1] if self._stack else None
        if holder is None:
            self.root = node
        elif isinstance(holder, Sequence):
            holder.items.append(node)
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = self._key(node, holder)
        else:
            self._keys[-1] = None
            if key.text not in holder.keys:
                holder.keys[key.text] = key
                holder.values[key.text] = node

    def _key(self, node: Node, holder: Mapping) -> Scalar:
        if not isinstance(node, Scalar):
            self.report.at(node, NOT_A_KEY(), self._hint(node))
            return Scalar(self.source, node.line, node.column, "")
        if node.plain and node.text == _MERGE:
            self.report.at(node, MERGE_KEY(), WRITE_OUT())
        elif node.text in holder.keys:
            self.report.at(node, DUPLICATE(key=shown(node.text), line=holder.keys[node.text].line))
        return node
