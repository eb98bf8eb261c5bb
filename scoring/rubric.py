"""The ML Test Score: 28 tests that a production system of machine learning should pass, as questions for a team.

In our own words. A test that somebody runs by hand and writes down is worth half, one that runs by itself is worth all,
and the weakest of the four sections speaks for the whole: so a review asks first about the section it knows least of.
Source: Breck, Cai, Nielsen, Salib, Sculley: "The ML Test Score: A Rubric for ML Production Readiness and Technical Debt
Reduction", IEEE Big Data 2017, doi:10.1109/BigData.2017.8258038.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from scoring.debts import Debt, Words

SOURCE = "Breck et al. 2017, The ML Test Score, doi:10.1109/BigData.2017.8258038"


class Section(StrEnum):
    DATA = "data"
    MODEL = "model"
    INFRASTRUCTURE = "infrastructure"
    MONITORING = "monitoring"


SECTIONS: Mapping[Section, Words] = MappingProxyType(
    {
        Section.DATA: Words("Data", "데이터"),
        Section.MODEL: Words("Model", "모델"),
        Section.INFRASTRUCTURE: Words("Infrastructure", "인프라"),
        Section.MONITORING: Words("Monitoring", "모니터링"),
    }
)


class RubricTest(NamedTuple):
    """One of the 28, and the kind of debt that shows where it is missing."""

    id: str  # "ml_test_data_1": its section, and its number there
    section: Section
    debt: Debt
    ask: Words


def _section(section: Section, *rows: tuple[Debt, str, str]) -> tuple[RubricTest, ...]:
    return tuple(
        RubricTest(f"ml_test_{section}_{number}", section, debt, Words(en, ko))
        for number, (debt, en, ko) in enumerate(rows, 1)
    )


RUBRIC: tuple[RubricTest, ...] = (
    *_section(
        Section.DATA,
        (
            Debt.DATA_TESTING_DEBT,
            "What we expect of each feature's values: is it written as a schema, and checked against the data?",
            "각 피처 값에 대한 기대가 스키마로 적혀 있고, 데이터와 대조해 확인되나요?",
        ),
        (
            Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
            "Was each feature shown to help, and when was that last tried again without it?",
            "각 피처가 도움이 된다는 것이 확인되었고, 그것을 빼고 다시 시험한 것은 언제인가요?",
        ),
        (
            Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
            "Does each feature earn what it costs in latency, memory, upkeep and reliance on others?",
            "각 피처가 지연 시간, 메모리, 유지 보수, 외부 의존의 비용만큼 값어치를 하나요?",
        ),
        (
            Debt.UNANALYZED_DATA_DEPENDENCIES,
            "Rules about what may be used (sources, deprecated or protected inputs): does a program enforce them?",
            "사용이 허용된 입력에 대한 규칙(출처, 폐기되거나 보호된 입력)을 프로그램이 강제하나요?",
        ),
        (
            Debt.DATA_TESTING_DEBT,
            "Who may read the data on its whole way through the pipeline, and was deletion on a user's wish tried?",
            "파이프라인 전체에서 데이터를 읽을 수 있는 사람은 누구이고, 사용자의 삭제 요청을 시험해 보았나요?",
        ),
        (
            Debt.PIPELINE_JUNGLES,
            "How long does a new feature take from the idea to production, and what is that time spent on?",
            "새 피처가 아이디어에서 운영까지 얼마나 걸리고, 그 시간은 어디에 쓰이나요?",
        ),
        (
            Debt.DATA_TESTING_DEBT,
            "Is the code that makes each feature covered by tests of its own?",
            "각 피처를 만드는 코드에 자체 테스트가 있나요?",
        ),
    ),
    *_section(
        Section.MODEL,
        (
            Debt.CONFIGURATION_DEBT,
            "Is every model's specification reviewed and checked in before it trains for production?",
            "모든 모델의 명세가 운영용 학습 전에 검토되고 저장소에 등록되나요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "When the offline metric rises, does the online one rise too, and when was that last measured?",
            "오프라인 지표가 오르면 온라인 지표도 오르나요? 마지막으로 확인한 것은 언제인가요?",
        ),
        (
            Debt.CONFIGURATION_DEBT,
            "Which hyperparameters were tuned, and which still stand as somebody first typed them?",
            "어떤 하이퍼파라미터가 튜닝되었고, 어떤 것이 처음 적은 값 그대로인가요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "How much worse is a model of last week, last month, last year: is the effect of its age known?",
            "지난주, 지난달, 지난해의 모델은 얼마나 더 나쁜가요? 낡음의 영향을 알고 있나요?",
        ),
        (
            Debt.ENTANGLEMENT,
            "Was a much simpler model tried as a yardstick, and by how much does the present one win?",
            "훨씬 단순한 모델을 기준으로 시험해 보았고, 지금 모델은 얼마나 더 나은가요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "On which slices of the data is quality looked at one by one, and which slice is the worst?",
            "어떤 데이터 구간별로 품질을 따로 보고 있고, 가장 나쁜 구간은 어디인가요?",
        ),
        (
            Debt.HIDDEN_FEEDBACK_LOOPS,
            "Was it looked at whether the model treats groups of users differently, and what was done about it?",
            "모델이 사용자 집단을 다르게 대하는지 살펴보았고, 그에 대해 무엇을 했나요?",
        ),
    ),
    *_section(
        Section.INFRASTRUCTURE,
        (
            Debt.REPRODUCIBILITY_DEBT,
            "Trained twice on the same data, how far apart do two models land?",
            "같은 데이터로 두 번 학습하면 두 모델은 얼마나 달라지나요?",
        ),
        (
            Debt.ABSTRACTION_DEBT,
            "Does code of the model have tests that run in seconds: a step of training, shapes, a crash and restart?",
            "모델 코드에 몇 초 안에 도는 테스트(학습 한 단계, 형태, 중단 후 재시작)가 있나요?",
        ),
        (
            Debt.PIPELINE_JUNGLES,
            "Is the whole pipeline, from raw data to serving, run as one test, and how often?",
            "원본 데이터부터 서빙까지 파이프라인 전체를 하나의 테스트로 돌리나요? 얼마나 자주 하나요?",
        ),
        (
            Debt.PROCESS_MANAGEMENT_DEBT,
            "What must a new model pass before it serves anybody, and can it be skipped?",
            "새 모델이 서비스되기 전에 통과해야 하는 것은 무엇이고, 건너뛸 수 있나요?",
        ),
        (
            Debt.GLUE_CODE,
            "Can somebody follow one example step by step through the model to see why it came out as it did?",
            "한 예제가 왜 그런 결과가 나왔는지 모델 안을 단계별로 따라가 볼 수 있나요?",
        ),
        (
            Debt.PROCESS_MANAGEMENT_DEBT,
            "Does a new model first serve a small share of the traffic, and who looks at it meanwhile?",
            "새 모델이 먼저 적은 비율의 트래픽만 맡나요? 그동안 누가 지켜보나요?",
        ),
        (
            Debt.PROCESS_MANAGEMENT_DEBT,
            "How long does it take to go back to the model before, and when was that last practised?",
            "이전 모델로 되돌리는 데 얼마나 걸리고, 마지막으로 연습한 것은 언제인가요?",
        ),
    ),
    *_section(
        Section.MONITORING,
        (
            Debt.UNSTABLE_DATA_DEPENDENCIES,
            "Who tells us when a source, a library or a service that we rest on changes?",
            "의존하는 소스, 라이브러리, 서비스가 바뀌면 누가 알려 주나요?",
        ),
        (
            Debt.DATA_TESTING_DEBT,
            "Are live inputs compared with what training expects, and who is told when they break it?",
            "실시간 입력을 학습이 기대하는 것과 비교하고, 어긋나면 누구에게 알리나요?",
        ),
        (
            Debt.UNSTABLE_DATA_DEPENDENCIES,
            "Are the same features computed in training and in serving, and is the difference between them measured?",
            "학습과 서빙에서 같은 피처가 계산되고, 그 차이를 측정하나요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "How old is the model that serves now, and at which age does an alarm go off?",
            "지금 서비스 중인 모델은 얼마나 오래되었고, 얼마나 오래되면 경보가 울리나요?",
        ),
        (
            Debt.REPRODUCIBILITY_DEBT,
            "Does anything watch for values that are not numbers, or infinite, in training and in serving?",
            "학습과 서빙에서 숫자가 아니거나 무한대인 값을 감시하나요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "Would we notice if training, serving latency, throughput or memory got slowly worse?",
            "학습 속도, 서빙 지연, 처리량, 메모리가 서서히 나빠지면 알아챌 수 있나요?",
        ),
        (
            Debt.MONITORING_GAPS,
            "How soon would we learn that predictions on live data got worse, and from what?",
            "실제 데이터에서 예측이 나빠졌다는 것을 얼마나 빨리, 무엇을 보고 알게 되나요?",
        ),
    ),
)
"""In the order of the paper: seven to a section."""
