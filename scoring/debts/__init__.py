"""The paper's kinds of debt, in words.

Source: Sculley et al., "Hidden Technical Debt in Machine Learning Systems", NeurIPS 2015, sections 2 to 8.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoring.debts.code_and_settings import CODE_AND_SETTINGS
from scoring.debts.kind import Debt, DebtKind, Words
from scoring.debts.models_and_data import MODELS_AND_DATA
from scoring.debts.world_and_team import WORLD_AND_TEAM

__all__ = ["DEBTS", "Debt", "DebtKind", "Words"]

DEBTS: Mapping[Debt, DebtKind] = MappingProxyType(
    {kind.debt: kind for kind in (*MODELS_AND_DATA, *CODE_AND_SETTINGS, *WORLD_AND_TEAM)}
)
