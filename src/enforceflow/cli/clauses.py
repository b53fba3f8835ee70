"""What a workflow says of an act and of a time limit, clause by clause, as a jurist reads it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import attrs

from enforceflow.cli.titles import Titles
from enforceflow.definitions import ActRef, Node, TimeLimit, Transition
from enforceflow.definitions.periods import Period
from enforceflow.programs.program import Act
from enforceflow.texts import Bilingual, Lang, Phrase, Title, render

Clause = tuple[Title, str]

TERM: Final = Title("期间", "term")
BY: Final = Title("作出", "by")
FIRST: Final = Title("须先", "after")
AWAITS: Final = Title("须待终结", "awaits the end of")
ON_CONDITION: Final = Title("条件", "if")
CARRIES: Final = Title("须载明", "carries")
MAY_CARRY: Final = Title("可载明", "may carry")
RAISES: Final = Title("同时记录", "brings with it")
FOR_HOST: Final = Title("交由应用", "for the host")
OUTLIVES: Final = Title("案件终结后", "once the case is closed")
STILL_OPEN: Final = Title("仍可作出", "still open")
STILL_RUNS: Final = Title("仍进行", "still runs")
SOURCE: Final = Title("依据", "source")
UNVERIFIED: Final = Phrase(zh="{source}（未核对）", en="{source} (not verified)")
MET_BY: Final = Title("应作出", "to be done")
BARS: Final = Title("期满前不得", "bars until then")
CLOSES: Final = Title("期满后不得", "closes after it")
RESTORED_BY: Final = Title("可由此恢复", "restored by")
IF_MISSED: Final = Title("届满自动", "then follows")
AT_MOST: Final = Title("上限", "at most")
PAUSED: Final = Title("扣除", "left out while")
EXTENDED: Final = Title("延长", "extended by")
EXTENSION: Final = Phrase(zh="{act}，{length}", en="{act}, {length}")
UNTIL: Final = Title("至此为止", "until")
WARNS: Final = Title("预警", "warns")
BEFORE_END: Final = Phrase(zh="届满前{period}", en="{period} before its end")
WHO: Final = Title("负责", "answers")
QUALITY: Final = Title("质量", "quality")
HANDS_OVER: Final = Title("移交", "hands over")
FIRST_DAY: Final = Title("始日", "first day")
COUNTED: Final = Title("计入", "counted")
ON_REST_DAY: Final = Title("末日遇休假日", "an end on a rest day")
ROLLS: Final = Title("顺延", "moves on")
DOES_NOT_ROLL: Final = Title("不顺延", "stays")
RENEWAL: Final = Title("续期起算", "a renewal counts from")
OLD_END: Final = Title("原届满日", "the old end")
LATER_START: Final = Title("再有起算事由", "a later start")
NOT_ANEW: Final = Title("不重新起算", "does not restart it")
SINCE: Final = Phrase(zh="{length}，自{anchors}起", en="{length} since {anchors}")
EVERY: Final = Phrase(zh="每{length}一次，自{anchors}起", en="every {length} since {anchors}")
BACK_FROM: Final = Phrase(zh="{anchors}前{length}", en="{length} before {anchors}")


@attrs.frozen(eq=False)
class Clauses:
    """The clauses of acts and limits in one language."""

    titles: Titles

    @property
    def _lang(self) -> Lang:
        return self.titles.lang

    def of_act(self, act: Act) -> Iterator[Clause]:
        """Yield the clauses of an act, its source last."""
        said, titles = act.definition, self.titles
        yield BY, titles.joined(titles.role(name) for name in said.by)
        yield FIRST, titles.acts(said.after)
        yield AWAITS, titles.joined(titles.track(name) for name in said.awaits)
        yield (
            ON_CONDITION,
            ("；" if self._lang == "zh" else "; ").join(part.title.text(self._lang) for part in act.parts),
        )
        yield CARRIES, titles.joined(titles.fact(name) for name in said.takes)
        yield MAY_CARRY, titles.joined(titles.fact(name) for name in said.may_take)
        yield RAISES, titles.acts(said.raises)
        yield FOR_HOST, titles.joined(said.then)
        yield OUTLIVES, STILL_OPEN.text(self._lang) if said.outlives else ""
        yield SOURCE, self._source(said)

    def of_limit(self, limit: TimeLimit, condition: Bilingual | None) -> Iterator[Clause]:
        """Yield the clauses of a limit: how long it is, what it governs, what moves its end, its source last."""
        yield TERM, self._term(limit)
        yield from self._governed(limit)
        titles = self.titles
        yield ON_CONDITION, "" if condition is None else condition.text(self._lang)
        yield AT_MOST, "" if limit.at_most is None else titles.length(limit.at_most)
        yield PAUSED, titles.joined(titles.state(ref) for ref in limit.paused_while)
        yield EXTENDED, titles.joined(self._extensions(limit))
        yield UNTIL, titles.joined(self._end(one) for one in limit.until)
        yield FIRST_DAY, COUNTED.text(self._lang) if limit.first_day == "counted" else ""
        yield ON_REST_DAY, "" if limit.rolls is None else (ROLLS if limit.rolls else DOES_NOT_ROLL).text(self._lang)
        yield LATER_START, "" if limit.restarts else NOT_ANEW.text(self._lang)
        yield RENEWAL, OLD_END.text(self._lang) if limit.renew_from == "old_end" else ""
        yield WARNS, "" if limit.warns is None else BEFORE_END(period=limit.warns).text(self._lang)
        yield OUTLIVES, STILL_RUNS.text(self._lang) if limit.outlives else ""
        yield SOURCE, self._source(limit)

    def of_node(self, node: Node) -> Iterator[Clause]:
        """Yield the clauses of a process node, but the acts and limits that it names."""
        yield WHO, self.titles.role(node.role)
        yield WARNS, "" if node.warns is None else BEFORE_END(period=node.warns).text(self._lang)
        yield QUALITY, "" if node.quality is None else node.quality.text(self._lang)
        yield HANDS_OVER, "" if node.hands_over is None else node.hands_over.text(self._lang)

    def _term(self, limit: TimeLimit) -> str:
        """Return how long a limit is, and since when."""
        titles = self.titles
        anchors = titles.joined(dict.fromkeys(titles.anchor(anchor) for anchor in (limit.since or limit.before)))
        length = render(limit.every, self._lang) if limit.lasts is None else titles.length(limit.lasts)
        phrase = BACK_FROM if limit.before else EVERY if limit.every is not None else SINCE
        return phrase(length=length, anchors=anchors).text(self._lang)

    def _end(self, end: Period | ActRef) -> str:
        return end.text(self._lang) if isinstance(end, Period) else self.titles.act(end)

    def _governed(self, limit: TimeLimit) -> Iterator[Clause]:
        titles = self.titles
        yield MET_BY, titles.acts(limit.met_by)
        yield BARS, titles.acts(limit.bars)
        yield CLOSES, titles.acts(limit.closes)
        yield RESTORED_BY, titles.acts(limit.restored_by)
        yield IF_MISSED, titles.act(limit.if_missed) if limit.if_missed else ""

    def _extensions(self, limit: TimeLimit) -> Iterator[str]:
        for act, length in limit.extended_by.items():
            yield EXTENSION(act=self.titles.act(act), length=self.titles.length(length)).text(self._lang)
        cap = limit.extensions.text(self._lang)
        if cap:
            yield f"{AT_MOST.text(self._lang)} {cap}"

    def _source(self, said: Transition | TimeLimit) -> str:
        return said.source if said.verified or not said.source else UNVERIFIED(source=said.source).text(self._lang)
