"""What signals ask of a team, in Korean, by the signal's name. In English it stands in the signal itself."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ASKED_IN_KOREAN: Mapping[str, str] = MappingProxyType(
    {
        "cascades_through_services": (
            "각 모델의 입력 가운데 다른 모델의 출력인 것은 무엇이고, 앞의 모델이 나아지면 누가 무엇을 다시 학습하나요?"
        ),
        "column_removal": (
            "원천 데이터에서 열 하나가 없어진다면, 멈추게 될 모델을 한 시간 안에 모두 찾아 주는 도구가 있나요?"
        ),
        "consumers_elsewhere": "지난 30일의 접근 로그를 보면, 소비자 목록에 없으면서 예측을 읽은 곳은 어디인가요?",
        "entangled_inputs": (
            "최근 어떤 입력의 분포가 바뀌었을 때, 다른 어떤 피처의 중요도가 달라졌고 그 사실을 어떻게 알았나요?"
        ),
        "epsilon_and_correlated_features": (
            "피처를 하나씩 빼 본 최근 결과에서, 시드에 따른 차이보다도 기여가 작은 피처는 무엇이고 왜 남겨 두었나요?"
        ),
        "incentives": "이번 분기에 피처 삭제, 복잡도 감소, 재현성 개선으로 칭찬이나 승진을 받은 사례는 무엇인가요?",
        "last_alarm": "모델에 대해 마지막으로 울린 경보는 무엇이고, 원인은 무엇이며, 조치까지 얼마나 걸렸나요?",
        "loops_through_the_world": (
            "사용자가 예측을 만나는 곳마다, 그곳을 함께 바꾸는 다른 모델은 무엇이고 둘 다 고정한 채 시험해 보았나요?"
        ),
        "meaning_of_numbers": (
            "모델 인터페이스를 오가는 숫자 세 개를 고른다면, 단위와 범위와 의미는 어디에 적혀 있나요?"
        ),
        "model_priorities": (
            "여러 모델이 함께 쓰는 입력이 밤에 끊기면 몇 개의 모델이 영향을 받고, 무엇부터 고치며, 누가 정하나요?"
        ),
        "reviewed_settings": ("설정의 최근 변경 열 건 가운데 다른 사람이 승인한 것은 몇 건이고, 무엇을 확인했나요?"),
        "rows_chosen_by_models": (
            "학습 데이터의 행 가운데 이전 모델이 고른 비율과 무작위로 들어온 비율은 각각 얼마인가요?"
        ),
        "same_result_again": "지난 분기의 운영 모델을 오늘 다시 만든다면, 무엇이 얼마나 달라지나요?",
        "shared_notions": (
            "새 모델은 어떤 인터페이스를 구현하게 되고, 지금 모델 가운데 그것을 따르지 않는 것은 무엇인가요?"
        ),
    }
)
