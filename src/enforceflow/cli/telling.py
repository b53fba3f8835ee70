"""From the steps of a play to what is told of them: acts, refusals, what was missed, what followed by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import attrs
from rich.text import Text

from enforceflow.calendars.moments import day_of, remaining, written
from enforceflow.casefiles import Act, Correction, Step, StepKind, Strike, Told
from enforceflow.cases.journal import Moment
from enforceflow.cli.wording import Names
from enforceflow.deadlines.deadline import Deadline, Status
from enforceflow.definitions import Nature
from enforceflow.engine.refusals import Reason
from enforceflow.texts import Bilingual, Lang, Phrase, Title

NOT_GIVEN: Final = Title("推定日期：来源未载明", "assumed date: the source does not tell it")
BETWEEN: Final = Phrase(
    zh="推定日期：来源仅可知在 {first} 至 {last} 之间",
    en="assumed date: the source only tells {first} to {last}",
)
HISTORY: Final = Title("按既成事实录入，不论是否合规", "recorded as having happened, lawful or not")
OF_TRACK: Final = Phrase(zh="{track}：{what}", en="{track}: {what}")
STARTED: Final = {
    Nature.ACT: Phrase(zh="{limit}：{due} 届满", en="{limit}: due {due}"),
    Nature.BAR: Phrase(zh="{limit}：至 {due}", en="{limit}: through {due}"),
    Nature.RIGHT: Phrase(zh="{limit}：{due} 届满，此后不得作出", en="{limit}: open through {due}"),
    Nature.VALIDITY: Phrase(zh="{limit}：有效至 {due}", en="{limit}: valid through {due}"),
}
PROVISIONAL: Final = Title("（暂定）", " (provisional)")
IN_TIME: Final = Phrase(zh="{limit}：按期，{left}", en="{limit}: in time, {left}")
LATE: Final = Phrase(zh="{limit}：逾期，{late}（{due} 届满）", en="{limit}: {late} (it was due {due})")
MISSED: Final = Phrase(zh="届满而未办：{limit}", en="missed: {limit}")
MOVED: Final = Phrase(zh="{limit}：改为 {due} 届满（原为 {old}）", en="{limit}: now due {due}, before {old}")
ENDED: Final = Phrase(zh="{limit}：不再计算", en="{limit}: ended")
WITH_IT: Final = Phrase(zh="同时：{act}", en="with it: {act}")
WITHDRAWN: Final = Phrase(zh="不再成立：{act}", en="no longer follows: {act}")
EFFECTS: Final = Phrase(zh="交由应用执行：{names}", en="for the host to do: {names}")
REFUSED: Final = Phrase(zh="不予记录：{act}", en="refused: {act}")
BY_ITSELF: Final = Phrase(zh="自动发生：{act}", en="by itself: {act}")
AMENDED: Final = {
    StepKind.CORRECTED: Phrase(zh="更正：{act}", en="corrected: {act}"),
    StepKind.STRUCK: Phrase(zh="撤销：{act}", en="struck: {act}"),
}
FACT: Final = Phrase(zh="{title}：{value}", en="{title}: {value}")
ENTERED: Final = Phrase(zh="补录于 {day}", en="entered on {day}")
ON_LAST_DAY: Final = Phrase(zh="{limit}：按期，在最后一日", en="{limit}: in time, on the last day")
REASON: Final = Phrase(zh="理由：{reason}", en="because: {reason}")
LEADS_TO: Final = "⟶"


@attrs.frozen(eq=False)
class Paragraph:
    """What is told of one moment: a mark, a heading and details."""

    at: Moment
    mark: Text
    heading: Text
    details: tuple[Text, ...] = ()


@attrs.frozen(eq=False)
class Teller:
    """Tells the steps of one case; `states` remembers where each track stood."""

    names: Names
    states: dict[str, str] = attrs.field(factory=dict)

    def tell(self, step: Step) -> Iterator[Paragraph]:
        """Yield what is told of a step, first what time had brought about before it."""
        before = [self._missed(run) for run in step.changes.missed] + [self._lapse(told) for told in step.lapses]
        yield from sorted(before, key=lambda paragraph: day_of(paragraph.at))
        for told in step.withdrawn:  # where the track stands now has not been told
            self.states.pop(told.entry.track, None)
        if step.refusal is not None:
            yield self._refused(step)
        elif step.kind not in (StepKind.LOOK, StepKind.END):
            details = (*self._particulars(step), *self._changes(step), *self._consequences(step))
            yield Paragraph(step.at, self._mark(step), self._heading(step), details)

    @property
    def _lang(self) -> Lang:
        return self.names.lang

    def _of_track(self, track: str, what: str, kind: str = "") -> str:
        return OF_TRACK(track=self.names.track(track, kind), what=what).text(self._lang) if track else what

    def _act(self, told: Told) -> str:
        return self._of_track(told.entry.track, told.title.text(self._lang))

    def _mark(self, step: Step) -> Text:
        if step.kind is StepKind.RECORDED:
            return Text("▪", "bold")
        return Text("↳" if step.kind is StepKind.CARRIED else "✎", "bold cyan")

    def _heading(self, step: Step) -> Text:
        act = step.act
        if act is None:
            return Text(step.title.text(self._lang), "bold")
        said = self._act(act)
        if step.kind in AMENDED:
            return Text(AMENDED[step.kind](act=said).text(self._lang), "bold")
        return Text().append(said, "bold").append_text(self._state(act))

    def _state(self, told: Told) -> Text:
        """Return the state to which an act led, if it is another than before."""
        track, state = told.entry.track, told.entry.state
        if self.states.get(track) == state:
            return Text()
        self.states[track] = state
        return Text(f"  {LEADS_TO} {told.state_title.text(self._lang)}", "cyan")

    def _entered(self, step: Step) -> Iterator[Text]:
        item = step.item
        if isinstance(item, Act) and item.recorded is not None and day_of(item.recorded) != day_of(item.at):
            yield Text("  " + ENTERED(day=written(item.recorded)).text(self._lang), "dim")

    def _particulars(self, step: Step) -> Iterator[Text]:
        item = step.item
        yield from self._entered(step)
        if isinstance(item, Act) and item.assumed:
            yield Text(f"≈ {_not_given(item).text(self._lang)}", "yellow")
        if isinstance(item, Act) and item.history:
            yield Text(f"≈ {HISTORY.text(self._lang)}", "yellow")
        if isinstance(item, (Correction, Strike)):
            yield Text("  " + REASON(reason=item.reason).text(self._lang), "dim")
        if step.act is not None and step.kind is not StepKind.STRUCK:
            facts = [FACT(title=title, value=value) for title, value in self.names.facts(step.act.entry)]
            if facts:
                separator = "；" if self._lang == "zh" else "; "
                yield Text("  " + separator.join(fact.text(self._lang) for fact in facts), "dim")

    def _changes(self, step: Step) -> Iterator[Text]:
        changes = step.changes
        for run in changes.met if step.kind is not StepKind.CARRIED else ():
            yield self._met(run, step)
        for was, run in changes.moved:
            said = MOVED(limit=self._limit(run, step), due=written(run.due), old=written(was.due))
            yield Text(f"↻ {said.text(self._lang)}", "yellow")
        anew = {run.name for run in changes.started}
        for run in changes.ended:
            if run.name not in anew:
                yield Text(f"- {ENDED(limit=self._limit(run, step)).text(self._lang)}", "dim")
        again = {run.name for run in changes.ended}
        for run in changes.started:
            if run.met is None and run.status is not Status.HAS_RUN:
                said = STARTED[run.limit.nature](limit=self._limit(run, step), due=written(run.due))
                provisional = PROVISIONAL.text(self._lang) if run.provisional else ""
                yield Text(f"{'↻' if run.name in again else '▸'} {said.text(self._lang)}{provisional}")

    def _met(self, run: Deadline, step: Step) -> Text:
        met = run.met or step.at
        limit, left = self._limit(run, step), remaining(run.due, met, self._lang)
        if run.status is Status.MET_LATE:
            return Text("! " + LATE(limit=limit, late=left, due=written(run.due)).text(self._lang), "red")
        phrase = ON_LAST_DAY if day_of(met) == day_of(run.due) else IN_TIME
        return Text("✓ " + phrase(limit=limit, left=left).text(self._lang), "green")

    def _limit(self, run: Deadline, step: Step) -> str:
        title = self.names.limit(run)
        return title if run.track == step.track else self._of_track(run.track, title)

    def _consequences(self, step: Step) -> Iterator[Text]:
        for told in step.raised:
            yield Text("↳ " + WITH_IT(act=self._act(told)).text(self._lang)).append_text(self._state(told))
        for told in step.withdrawn:
            yield Text("✎ " + WITHDRAWN(act=self._act(told)).text(self._lang), "magenta")
        if step.effects:
            yield Text("  " + EFFECTS(names=step.effects).text(self._lang), "dim")

    def _missed(self, run: Deadline) -> Paragraph:
        said = MISSED(limit=self._of_track(run.track, self.names.limit(run)))
        source = Text(f"  {run.limit.source}", "dim")
        return Paragraph(run.due, Text("!", "bold red"), Text(said.text(self._lang), "red"), (source,))

    def _lapse(self, told: Told) -> Paragraph:
        said = Text().append(BY_ITSELF(act=self._act(told)).text(self._lang), "magenta").append_text(self._state(told))
        return Paragraph(told.entry.at, Text("↯", "bold magenta"), said)

    def _refused(self, step: Step) -> Paragraph:
        kind = step.item.kind if isinstance(step.item, Act) else ""
        act = self._of_track(step.track, step.title.text(self._lang), kind)
        reasons = () if step.refusal is None else step.refusal.reasons
        return Paragraph(
            step.at,
            Text("✗", "bold red"),
            Text(REFUSED(act=act).text(self._lang), "bold red"),
            (*self._entered(step), *self._reasons(reasons)),
        )

    def _reasons(self, reasons: Sequence[Reason]) -> Iterator[Text]:
        """Yield the reasons; what several in a row have for their source is told once, after them."""
        for source, group in groupby(reasons, key=lambda reason: reason.source):
            same = list(group)
            if len(same) == 1:
                yield Text(f"· {same[0].text(self._lang)}")
                continue
            for reason in same:
                yield Text(f"· {attrs.evolve(reason, source='').text(self._lang)}")
            if source:
                yield Text(f"  {source}", "dim")


def _not_given(act: Act) -> Bilingual:
    if act.between is None:
        return NOT_GIVEN
    first, last = act.between
    return BETWEEN(first=written(first), last=written(last))
