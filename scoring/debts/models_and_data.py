"""Debts of models, data dependencies and feedback: sections 2 to 4 of the paper."""

from __future__ import annotations

from scoring.debts.kind import Debt, DebtKind, Words

MODELS_AND_DATA = (
    DebtKind(
        Debt.ENTANGLEMENT,
        section=2,
        title=Words("Entanglement", "얽힘(Entanglement)"),
        sentence=Words(
            "Everything a model learns hangs together: change one input, setting or sampling rule and every "
            "prediction may move.",
            "모델이 배운 것은 모두 맞물려 있어, 입력이나 설정, 표본 추출 규칙 하나만 "
            "바꿔도 모든 예측이 달라질 수 있습니다.",
        ),
        example=Words(
            "A team drops one stale feature from a price model, and prices shift in "
            "regions where that feature was always empty.",
            "가격 모델에서 오래된 피처 하나를 뺐더니, 그 피처가 늘 비어 있던 지역의 가격까지 달라집니다.",
        ),
        remedy=Words(
            "Keep models apart and combine them as an ensemble; watch how predictions change, slice by slice.",
            "모델을 서로 분리해 앙상블로 서빙하고, 예측이 어떻게 변하는지 구간별로 살펴보세요.",
        ),
        ask=Words(
            "When an input's distribution last changed, which other features gained "
            "or lost weight, and how did you find out?",
            "최근 어떤 입력의 분포가 바뀌었을 때, 다른 어떤 피처의 비중이 달라졌고 그 사실을 어떻게 알았나요?",
        ),
    ),
    DebtKind(
        Debt.CORRECTION_CASCADES,
        section=2,
        title=Words("Correction cascades", "보정 연쇄(Correction cascades)"),
        sentence=Words(
            "One model learns to correct another and a third corrects the second, until "
            "improving the first makes the whole worse.",
            "한 모델이 다른 모델을 보정하고 그 위를 또 다른 모델이 보정하다 보면, "
            "첫 모델을 개선할수록 전체는 나빠집니다.",
        ),
        example=Words(
            "A fraud score for France is trained on top of the global fraud score, "
            "so nobody dares to retrain the global one.",
            "프랑스용 사기 점수를 전체 사기 점수 위에서 학습시킨 뒤로는, 아무도 전체 모델을 다시 학습시키지 못합니다.",
        ),
        remedy=Words(
            "Teach the first model the new case through its features, or pay for a separate model.",
            "새로운 경우는 첫 모델이 피처로 구분하게 하거나, 비용을 들여 별도의 모델을 두세요.",
        ),
        ask=Words(
            "If the first model in a chain gets better, which corrections on top "
            "of it get worse, and who must retrain them?",
            "연쇄의 첫 모델이 좋아지면 그 위의 어떤 보정이 나빠지고, 누가 다시 학습시켜야 하나요?",
        ),
    ),
    DebtKind(
        Debt.UNDECLARED_CONSUMERS,
        section=2,
        title=Words("Undeclared consumers", "선언되지 않은 소비자(Undeclared consumers)"),
        sentence=Words(
            "Somebody reads a model's output from a file, a log or a table without telling "
            "its owners, and breaks when it changes.",
            "누군가 모델의 출력을 파일, 로그, 테이블에서 알리지 않고 읽어 쓰다가, 출력이 바뀌면 함께 망가집니다.",
        ),
        example=Words(
            "Finance builds its monthly report on the churn table, and learns of "
            "the new score range from a wrong forecast.",
            "재무팀이 이탈 예측 테이블로 월간 보고서를 만들다가, 점수 범위가 바뀐 것을 틀린 전망치를 보고서야 압니다.",
        ),
        remedy=Words(
            "Open outputs only to consumers who are listed, and agree with each on what it can rely on.",
            "등록된 소비자에게만 출력을 열어 주고, 무엇을 보장하는지 소비자마다 약속해 두세요.",
        ),
        ask=Words(
            "In the last 30 days of access logs, who read a prediction table without being on its list of consumers?",
            "최근 30일 접근 로그에서, 소비자 목록에 없으면서 예측 테이블을 읽은 곳은 어디인가요?",
        ),
    ),
    DebtKind(
        Debt.UNSTABLE_DATA_DEPENDENCIES,
        section=3,
        title=Words("Unstable data dependencies", "불안정한 데이터 의존성(Unstable data dependencies)"),
        sentence=Words(
            "An input changes on its own, because it is another model's output or a table that somebody else owns.",
            "다른 모델의 출력이거나 다른 팀이 관리하는 테이블이어서, 이쪽에서 아무것도 바꾸지 않아도 입력이 바뀝니다.",
        ),
        example=Words(
            "A language detector is upgraded on Tuesday, and the search ranking "
            "that reads its labels is worse on Wednesday.",
            "화요일에 언어 감지기가 업그레이드되자, 그 결과를 읽는 검색 순위가 수요일부터 나빠집니다.",
        ),
        remedy=Words(
            "Read a frozen, versioned copy of the input, and move to a newer one only after a check.",
            "입력은 버전을 붙여 고정한 사본으로 읽고, 새 버전으로는 확인을 거친 뒤에만 옮겨 가세요.",
        ),
        ask=Words(
            "Which input could change tonight without a commit here, and who would notice first?",
            "오늘 밤 이 저장소에 커밋이 없어도 바뀔 수 있는 입력은 무엇이고, 누가 가장 먼저 알아차리나요?",
        ),
    ),
    DebtKind(
        Debt.UNDERUTILIZED_DATA_DEPENDENCIES,
        section=3,
        title=Words("Underutilized data dependencies", "활용도가 낮은 데이터 의존성(Underutilized data dependencies)"),
        sentence=Words(
            "Inputs that bring little stay in: superseded ones, ones added as a lot, ones with a tiny gain, and "
            "twins of the true cause.",
            "이미 대체된 입력, 한꺼번에 딸려 들어온 입력, 이득이 미미한 입력, 원인과 "
            "상관만 있는 입력이 그대로 남아 있습니다.",
        ),
        example=Words(
            "The old product numbers were replaced two years ago, the model still reads "
            "them, and one day their table is dropped.",
            "옛 상품 번호는 2년 전에 대체됐지만 모델은 여전히 그것을 읽고, 어느 날 그 테이블이 삭제됩니다.",
        ),
        remedy=Words(
            "Regularly leave out one feature at a time, look at what is lost, and delete what is not missed.",
            "피처를 하나씩 빼고 평가하는 일을 정기적으로 하고, 빠져도 아쉽지 않은 피처는 지우세요.",
        ),
        ask=Words(
            "Going by your last leave-one-feature-out results, which feature would you delete today?",
            "가장 최근의 피처 제외 평가(leave-one-feature-out) 결과로 볼 때, 오늘 지워도 될 피처는 무엇인가요?",
        ),
    ),
    DebtKind(
        Debt.UNANALYZED_DATA_DEPENDENCIES,
        section=3,
        title=Words("Unanalyzed data dependencies", "분석되지 않은 데이터 의존성(Unanalyzed data dependencies)"),
        sentence=Words(
            "Code has compilers and linkers that know who calls what, but for data "
            "no tool can list who uses which column.",
            "코드의 호출 관계는 컴파일러와 링커가 알지만, 데이터는 어떤 열을 누가 쓰는지 알려 주는 도구가 없습니다.",
        ),
        example=Words(
            "Before a column can be renamed, somebody searches through nine repositories and asks around in the chat.",
            "열 이름 하나를 바꾸려고 저장소 아홉 개를 검색하고 채팅방마다 물어보며 다닙니다.",
        ),
        remedy=Words(
            "Annotate sources and features, check the annotations automatically, "
            "and let a tool compute what depends on what.",
            "데이터 소스와 피처에 주석(annotation)을 달고 자동으로 검사해, 의존 관계를 도구가 계산하게 하세요.",
        ),
        ask=Words(
            "Could a tool list, in under an hour, every model that breaks when one source column goes?",
            "소스의 열 하나가 사라지면 깨질 모델의 목록을 도구로 한 시간 안에 뽑을 수 있나요?",
        ),
    ),
    DebtKind(
        Debt.DIRECT_FEEDBACK_LOOPS,
        section=4,
        title=Words("Direct feedback loops", "직접 피드백 루프(Direct feedback loops)"),
        sentence=Words(
            "A model decides which data it will be trained on next.",
            "모델이 다음에 학습할 데이터를 스스로 결정합니다.",
        ),
        example=Words(
            "A recommender learns from clicks on the films it chose to show, so "
            "a film it never shows stays unknown forever.",
            "추천 모델이 자신이 보여 준 영화의 클릭만 배우기 때문에, 한 번도 "
            "보여 주지 않은 영화는 영영 알 수 없습니다.",
        ),
        remedy=Words(
            "Let chance choose a small part of what is shown, as bandits do, or keep "
            "part of the data out of the model's reach.",
            "밴딧(bandit)처럼 일부는 무작위로 고르게 하거나, 데이터의 일부를 모델의 영향에서 떼어 두세요.",
        ),
        ask=Words(
            "What share of the training rows did an earlier model select, and what share came by chance?",
            "학습 데이터 가운데 이전 모델이 고른 행과 무작위로 얻은 행의 비율은 각각 얼마인가요?",
        ),
    ),
    DebtKind(
        Debt.HIDDEN_FEEDBACK_LOOPS,
        section=4,
        title=Words("Hidden feedback loops", "숨은 피드백 루프(Hidden feedback loops)"),
        sentence=Words(
            "Two systems influence each other through the world outside, with no line of code between them.",
            "코드로는 이어지지 않은 두 시스템이 바깥세상을 거쳐 서로 영향을 줍니다.",
        ),
        example=Words(
            "One model sets delivery fees, another forecasts demand, and each is "
            "retrained on orders that the other has moved.",
            "한 모델은 배달비를 정하고 다른 모델은 수요를 예측하는데, 서로가 "
            "움직여 놓은 주문으로 각자 다시 학습합니다.",
        ),
        remedy=Words(
            "Know which systems meet at the same users, and cut the link wherever you can.",
            "어떤 시스템들이 같은 사용자에게서 만나는지 파악하고, 끊을 수 있는 연결은 끊으세요.",
        ),
        ask=Words(
            "For each page your users see, which other model changes it too, and "
            "was it ever tested with both held still?",
            "사용자가 보는 화면마다 그 내용을 바꾸는 다른 모델은 무엇이고, 둘 다 고정한 채 시험해 본 적이 있나요?",
        ),
    ),
)
