"""The phrases in which an expression is told: one for each sign, question and gathering of the guard language."""

from __future__ import annotations

from typing import Final

from enforceflow.texts import Phrase, Title

PLAIN: Final = Phrase(zh="{name}", en="{name}")
IN_BRACKETS: Final = Phrase(zh="（{inner}）", en="({inner})")
QUOTED: Final = Phrase(zh="“{name}”", en="“{name}”")
BETWEEN: Final = Phrase(zh="{left} {sign} {right}", en="{left} {sign} {right}")
OR: Final = Phrase(zh="{first} 或 {other}", en="{first} or {other}")
AND: Final = Phrase(zh="{first} 且 {other}", en="{first} and {other}")
NOT: Final = Phrase(zh="并非{what}", en="not {what}")
NEGATIVE: Final = Phrase(zh="-{what}", en="-{what}")
ONE_OF: Final = Phrase(zh="{item}为{members}之一", en="{item} is one of {members}")
NONE_OF: Final = Phrase(zh="{item}不是{members}之一", en="{item} is none of {members}")
IN: Final = Phrase(zh="{item}在{items}之中", en="{item} is among {items}")
NOT_IN: Final = Phrase(zh="{item}不在{items}之中", en="{item} is not among {items}")
OF: Final = Phrase(zh="{owner}的{name}", en="{name} of {owner}")
HOLDS_OF: Final = Phrase(zh="{name}（{owner}）", en="{name} ({owner})")
NEXT: Final = Phrase(zh="{first}，{other}", en="{first}, {other}")
CALL: Final = Phrase(zh="{function}（{arguments}）", en="{function}({arguments})")

DONE: Final = Phrase(zh="已有{what}", en="{what} is on record")
NOT_DONE: Final = Phrase(zh="尚无{what}", en="{what} is not on record")
ASKED: Final = {
    "done": DONE,
    "on": Phrase(zh="{what}之日", en="the day of {what}"),
    "by": Phrase(zh="作出{what}的人", en="who did {what}"),
    "times": Phrase(zh="{what}的次数", en="how often {what}"),
    "status": Phrase(zh="{what}的状态", en="the status of {what}"),
}
EITHER_ACT: Final = Phrase(zh="{first}或{other}", en="{first} or {other}")
ACT_OR_LIKE: Final = Phrase(zh="{one}等", en="{one} or the like")

GATHERED: Final = {
    "any": Phrase(zh="有{track}符合{where}", en="some {track} where {where}"),
    "all": Phrase(zh="每项{track}都符合{where}", en="every {track}: {where}"),
    "count": Phrase(zh="符合{where}的{track}数", en="the number of {track} records where {where}"),
    "sum": Phrase(zh="符合{where}的{track}的{field}合计", en="the sum of {field} over every {track} where {where}"),
}
GATHERED_ALL: Final = {
    "count": Phrase(zh="{track}数", en="the number of {track} records"),
    "sum": Phrase(zh="各项{track}的{field}合计", en="the sum of {field} over every {track}"),
}

TRACKS_NAMED: Final = Phrase(zh="{name}事项", en="{name}")
THE_TRACK: Final = Phrase(zh="该{track}", en="the {track}")
CASE: Final = Title("案件", "the case")
OWN_CASE: Final = Title("本案", "this case")
THIS: Final = Title("本项", "this one")
THAT: Final = Title("该项", "that one")
CARRIED: Final = Title("移入他案", "Carry over")
OF_EVERY_TRACK: Final = {
    "state": Title("状态", "state"),
    "kind": Title("种类", "kind"),
    "at": Title("行为之日", "the day of the act"),
}
