"""The paper's five questions: what a scorecard answers."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from scoring.debts import Debt, Words


@dataclass(frozen=True, slots=True)
class Question:
    """One of the five, and the debts it consults. No signal is named here: a signal names its debt."""

    id: str
    title: Words  # two to four words
    text: Words  # as the paper asks it
    sentence: Words  # why it matters
    example: Words  # one everyday case
    debts: tuple[Debt, ...]  # the most telling first


class UnknownQuestionError(KeyError):
    """No question has this id."""

    def __init__(self, question_id: str) -> None:
        ids = [known.id for known in QUESTIONS]
        near = get_close_matches(question_id, ids, n=1)
        hint = f"did you mean {near[0]}?" if near else f"the five are {', '.join(ids)}"
        super().__init__(f"no question is called {question_id!r}: {hint}")

    def __str__(self) -> str:
        """The sentence itself: KeyError would put it in quotes."""
        return str(self.args[0])


def question(question_id: str) -> Question:
    """The question with this id. Raises UnknownQuestionError, a KeyError that names the nearest known id."""
    for known in QUESTIONS:
        if known.id == question_id:
            return known
    raise UnknownQuestionError(question_id)


# Source: Sculley et al. 2015, section 9, in the paper's order.
QUESTIONS: tuple[Question, ...] = (
    Question(
        id="new_algorithm",
        title=Words("Test a new approach", "새 접근법 시험"),
        text=Words(
            "How easily can an entirely new algorithmic approach be tested at full scale?",
            "완전히 새로운 알고리즘 접근법을 실제 규모에서 얼마나 쉽게 시험할 수 있나요?",
        ),
        sentence=Words(
            "When trying something new means touching everything, the team stops trying, and the model ages.",
            "새로운 것을 하나 시험하려고 모든 것을 고쳐야 한다면, 팀은 시도를 멈추고 모델은 낡아 갑니다.",
        ),
        example=Words(
            "Swapping boosted trees for a neural network took seven weeks and 31 "
            "files, of which two days went into the model.",
            "부스팅 트리를 신경망으로 바꾸는 데 7주와 파일 31개가 들었지만, 모델 자체에 쓴 시간은 이틀이었습니다.",
        ),
        debts=(
            Debt.GLUE_CODE,
            Debt.PIPELINE_JUNGLES,
            Debt.DEAD_EXPERIMENTAL_CODEPATHS,
            Debt.ABSTRACTION_DEBT,
            Debt.PLAIN_OLD_DATA_SMELL,
            Debt.PROTOTYPE_SMELL,
            Debt.CONFIGURATION_DEBT,
            Debt.PROCESS_MANAGEMENT_DEBT,
        ),
    ),
    Question(
        id="data_dependencies",
        title=Words("Data dependencies", "데이터 의존성"),
        text=Words(
            "What is the transitive closure of all data dependencies?",
            "모든 데이터 의존성의 이행적 폐쇄(transitive closure)는 무엇인가요?",
        ),
        sentence=Words(
            "Only a team that knows all a model rests on, directly and indirectly, "
            "can change a source without breaking it.",
            "모델이 직간접으로 의존하는 것을 모두 알아야, 소스를 바꿔도 모델을 깨뜨리지 않습니다.",
        ),
        example=Words(
            "The churn model reads one table, which is built from six others, one of which a partner fills in by hand.",
            "이탈 모델이 읽는 테이블은 하나지만 그것은 다른 여섯 개로 만들어지고, "
            "그중 하나는 협력사가 손으로 채웁니다.",
        ),
        debts=(
            Debt.UNANALYZED_DATA_DEPENDENCIES,
            Debt.UNSTABLE_DATA_DEPENDENCIES,
            Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
            Debt.UNDECLARED_CONSUMERS,
            Debt.CORRECTION_CASCADES,
            Debt.PIPELINE_JUNGLES,
            Debt.DATA_TESTING_DEBT,
            Debt.PROCESS_MANAGEMENT_DEBT,
        ),
    ),
    Question(
        id="change_impact",
        title=Words("Impact of a change", "변경의 영향"),
        text=Words(
            "How precisely can the impact of a new change to the system be measured?",
            "시스템에 가한 새로운 변경의 영향을 얼마나 정밀하게 측정할 수 있나요?",
        ),
        sentence=Words(
            "A change that cannot be told from noise cannot be judged, so good ones are lost and bad ones stay.",
            "변경의 효과를 잡음과 구별하지 못하면 판단할 수 없어, 좋은 변경은 버려지고 나쁜 변경은 남습니다.",
        ),
        example=Words(
            "A new feature brings 0.3 points, but two runs of the old model already differ by 0.5.",
            "새 피처가 0.3점을 올렸지만, 옛 모델을 두 번 돌린 결과만 해도 0.5점 차이가 납니다.",
        ),
        debts=(
            Debt.REPRODUCIBILITY_DEBT,
            Debt.DATA_TESTING_DEBT,
            Debt.MONITORING_GAPS,
            Debt.FIXED_THRESHOLDS,
            Debt.CONFIGURATION_DEBT,
            Debt.ENTANGLEMENT,
            Debt.UNSTABLE_DATA_DEPENDENCIES,
            Debt.DIRECT_FEEDBACK_LOOPS,
            Debt.HIDDEN_FEEDBACK_LOOPS,
        ),
    ),
    Question(
        id="cross_degradation",
        title=Words("Side effects", "부작용"),
        text=Words(
            "Does improving one model or signal degrade others?",
            "한 모델이나 신호를 개선하면 다른 것이 나빠지나요?",
        ),
        sentence=Words(
            "Models that share inputs, outputs or users can pay for each other's progress without anybody seeing it.",
            "입력이나 출력, 사용자를 공유하는 모델들은 아무도 모르는 사이에 서로의 "
            "개선에 대한 대가를 치를 수 있습니다.",
        ),
        example=Words(
            "Search gets better at showing cheap offers, and the recommender "
            "that learns from search clicks gets worse.",
            "검색이 저렴한 상품을 더 잘 보여 주게 되자, 검색 클릭으로 배우는 추천 모델이 나빠집니다.",
        ),
        debts=(
            Debt.ENTANGLEMENT,
            Debt.CORRECTION_CASCADES,
            Debt.UNDECLARED_CONSUMERS,
            Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
            Debt.DIRECT_FEEDBACK_LOOPS,
            Debt.HIDDEN_FEEDBACK_LOOPS,
            Debt.FIXED_THRESHOLDS,
            Debt.MONITORING_GAPS,
        ),
    ),
    Question(
        id="onboarding",
        title=Words("New people", "새 팀원"),
        text=Words(
            "How quickly can new members of the team be brought up to speed?",
            "새로운 팀원이 얼마나 빨리 업무에 적응할 수 있나요?",
        ),
        sentence=Words(
            "Whatever makes a system hard to learn also makes it hard to change, and ties it to the few who know it.",
            "배우기 어려운 시스템은 바꾸기도 어렵고, 그것을 아는 몇 사람에게 묶이게 됩니다.",
        ),
        example=Words(
            "A newcomer needs three weeks to get the pipeline running once, and asks the same colleague every day.",
            "새 팀원이 파이프라인을 처음 한 번 돌리기까지 3주가 걸리고, 매일 같은 동료에게 물어봅니다.",
        ),
        debts=(
            Debt.CULTURAL_DEBT,
            Debt.MULTIPLE_LANGUAGE_SMELL,
            Debt.CONFIGURATION_DEBT,
            Debt.ABSTRACTION_DEBT,
            Debt.PLAIN_OLD_DATA_SMELL,
            Debt.PROTOTYPE_SMELL,
            Debt.DEAD_EXPERIMENTAL_CODEPATHS,
            Debt.PIPELINE_JUNGLES,
        ),
    ),
)
