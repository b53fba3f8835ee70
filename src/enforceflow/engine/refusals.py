"""Why an act may not be recorded: reasons as values, all of them at once."""

from __future__ import annotations

import enum
from datetime import date, datetime
from typing import Final

import attrs

from enforceflow.cases.journal import Moment
from enforceflow.errors import EnforceflowError
from enforceflow.texts import Lang, Message, Phrase, Title


class ReasonKind(enum.StrEnum):
    """What stands against an act."""

    STATE = "state"
    CLOSED = "closed"
    GUARD = "guard"
    UNKNOWN = "unknown"
    PREREQUISITE = "prerequisite"
    TRACK = "track"
    BAR = "bar"
    OUT_OF_TIME = "out_of_time"
    ROLE = "role"
    FACT = "fact"
    EXTENSION = "extension"
    LATER_ACT = "later_act"
    AUTOMATIC = "automatic"


@attrs.frozen
class Reason:
    """One reason: its kind, the name of what stands against the act, the words and the legal source.

    `opens` is the first day on which a bar no longer stands; `track` is the track on which the reason arose if it is
    not the act's own (an act that this one raises); `needs` are the facts whose absence leaves a guard undecided.
    """

    kind: ReasonKind
    subject: str
    message: Message
    source: str = ""
    opens: date | datetime | None = None
    track: str = ""
    needs: tuple[str, ...] = ()

    def text(self, lang: Lang) -> str:
        """Return the reason in words, with its source."""
        said = self.message.text(lang)
        if self.track:
            said = f"{self.track}: {said}"
        if self.source:
            said += ("，" if lang == "zh" else ", ") + self.source
        return said


@attrs.frozen
class Refusal:
    """An act that may not be recorded, and every reason why."""

    event: str
    track: str
    state: str
    at: Moment
    reasons: tuple[Reason, ...]
    event_title: Title | None = None
    state_title: Title | None = None

    def text(self, lang: Lang) -> str:
        """Return what was refused and the reasons, one a line."""
        return "\n".join([self._heading(lang), *(f"  · {reason.text(lang)}" for reason in self.reasons)])

    def _heading(self, lang: Lang) -> str:
        where = f"{self.track}: " if self.track else ""
        if lang == "en":
            stands = f" while {self.state}" if self.state else " before anything is opened"
            return f"{where}cannot {self.event}{stands}:"
        event = f"“{self.event_title.zh}”" if self.event_title else f"“{self.event}”"
        state = self.state_title.zh if self.state_title else self.state
        stands = f"处于“{state}”状态时" if self.state else "尚未开启时"
        return f"{where}{stands}不能{event}："


NO_TRANSITION: Final = Phrase(zh="此行为只能在下列状态作出：{states}", en="it is open only while {states}")
ONLY_OPENS: Final = Phrase(
    zh="此行为只能用于开启，而事项已经开启", en="it can only open a track, and this one is open already"
)
NOT_OPENED: Final = Phrase(zh="尚未开启；可先：{events}", en="nothing is opened yet; what opens it: {events}")
CASE_CLOSED: Final = Phrase(zh="案件已终结（{state}）", en="the case is closed ({state})")
CASE_NOT_OPENED: Final = Phrase(zh="案件尚未立案", en="the case itself is not opened yet")
NOT_SO: Final = Phrase(zh="不成立：{what}", en="not so: {what}")
UNDECIDED: Final = Phrase(zh="无法判断：{what}", en="cannot be decided: {what}")
UNKNOWN_GUARD: Final = Phrase(zh="无法判断：{what}（缺少 {facts}）", en="cannot be decided: {what} (missing: {facts})")
MUST_COME_FIRST: Final = Phrase(zh="须先：{act}", en="must come first: {act}")
NOT_DONE: Final = Phrase(zh="尚未终结：{tracks}", en="not done yet: {tracks}")
BARRED: Final = Phrase(zh="{through}（含）前不得作出：{limit}", en="barred through {through}: {limit}")
OUT_OF_TIME: Final = Phrase(zh="已于{due}届满：{limit}", en="out of time since {due}: {limit}")
WRONG_ROLE: Final = Phrase(zh="“{role}”无权作出，应由：{roles}", en="{role} may not; it is for {roles}")
MISSING_FACT: Final = Phrase(zh="须载明：{fact}", en="must carry: {fact}")
NOT_TAKEN: Final = Phrase(zh="此行为不载明：{fact}", en="it does not carry: {fact}")
MISTYPED_FACT: Final = Phrase(zh="{fact}：{why}", en="{fact}: {why}")
NO_MORE_EXTENSIONS: Final = Phrase(
    zh="延长已达上限（{cap}）：{limit}", en="extended as far as it may be ({cap}): {limit}"
)
LATER_ACT: Final = Phrase(
    zh="其后已记录的行为将失去依据：{at} {act}{track}", en="a later act would no longer follow: {act} of {at}{track}"
)
BY_ITSELF: Final = Phrase(zh="期限届满时自动发生，不另行记录：{limit}", en="follows by itself at the end of: {limit}")
NEEDS_TIME: Final = Phrase(
    zh="须写明时刻（如 2026-01-05T10:30）：{limit} 按小时计算",
    en="needs a time of day (2026-01-05T10:30): {limit} runs in hours",
)


class Refused(EnforceflowError):
    """An act may not be recorded; `refusal` is the value that holds every reason."""

    def __init__(self, refusal: Refusal) -> None:
        self.refusal = refusal
        super().__init__(refusal)
