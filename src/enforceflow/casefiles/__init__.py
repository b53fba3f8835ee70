"""Case files: stories, scenarios and history in one format, played against a workflow."""

from enforceflow.casefiles.assumptions import Dates
from enforceflow.casefiles.expectations import Check
from enforceflow.casefiles.format import (
    Act,
    Against,
    Aspect,
    CarryOver,
    CaseFile,
    Correction,
    Expectation,
    Given,
    GivenAnswer,
    GivenFact,
    Item,
    Look,
    Named,
    Place,
    Scenario,
    Strike,
)
from enforceflow.casefiles.loading import load_cases
from enforceflow.casefiles.plain import plain
from enforceflow.casefiles.playing import play
from enforceflow.casefiles.story import (
    Changes,
    Play,
    Playback,
    PlayedCase,
    Step,
    StepKind,
    Told,
    days_late,
)

__all__ = [
    "Act",
    "Against",
    "Aspect",
    "CarryOver",
    "CaseFile",
    "Changes",
    "Check",
    "Correction",
    "Dates",
    "Expectation",
    "Given",
    "GivenAnswer",
    "GivenFact",
    "Item",
    "Look",
    "Named",
    "Place",
    "Play",
    "Playback",
    "PlayedCase",
    "Scenario",
    "Step",
    "StepKind",
    "Strike",
    "Told",
    "days_late",
    "load_cases",
    "plain",
    "play",
]
