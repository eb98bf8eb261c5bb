"""What a kind of debt is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Debt(StrEnum):
    """Sculley et al. 2015, sections 2 to 8, in the paper's order."""

    ENTANGLEMENT = "entanglement"
    CORRECTION_CASCADES = "correction_cascades"
    UNDECLARED_CONSUMERS = "undeclared_consumers"
    UNSTABLE_DATA_DEPENDENCIES = "unstable_data_dependencies"
    UNDERUTILIZED_DATA_DEPENDENCIES = "underutilized_data_dependencies"
    UNANALYZED_DATA_DEPENDENCIES = "unanalyzed_data_dependencies"
    DIRECT_FEEDBACK_LOOPS = "direct_feedback_loops"
    HIDDEN_FEEDBACK_LOOPS = "hidden_feedback_loops"
    GLUE_CODE = "glue_code"
    PIPELINE_JUNGLES = "pipeline_jungles"
    DEAD_EXPERIMENTAL_CODEPATHS = "dead_experimental_codepaths"
    ABSTRACTION_DEBT = "abstraction_debt"
    PLAIN_OLD_DATA_SMELL = "plain_old_data_smell"
    MULTIPLE_LANGUAGE_SMELL = "multiple_language_smell"
    PROTOTYPE_SMELL = "prototype_smell"
    CONFIGURATION_DEBT = "configuration_debt"
    FIXED_THRESHOLDS = "fixed_thresholds"
    MONITORING_GAPS = "monitoring_gaps"
    DATA_TESTING_DEBT = "data_testing_debt"
    REPRODUCIBILITY_DEBT = "reproducibility_debt"
    PROCESS_MANAGEMENT_DEBT = "process_management_debt"
    CULTURAL_DEBT = "cultural_debt"


class Words(NamedTuple):
    """One text in both languages of the product."""

    en: str
    ko: str

    def in_language(self, language: str) -> str:
        """`language` as browsers and locales write it: "ko", "ko-KR", "ko_KR.UTF-8". English for all others."""
        return self.ko if language[:2].lower() == "ko" and not language[2:3].isalpha() else self.en


@dataclass(frozen=True, slots=True)
class DebtKind:
    """A debt in words. Each text but the title is one sentence; `ask` is one question."""

    debt: Debt
    section: int  # of the paper
    title: Words  # in Korean with the paper's English term in brackets
    sentence: Words  # what it is
    example: Words  # one everyday case
    remedy: Words  # what the paper advises
    ask: Words  # shows the debt where it can't be measured: a person answers
