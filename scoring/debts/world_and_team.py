"""Debts towards a changing world, and of the team: sections 7 and 8 of the paper."""

from __future__ import annotations

from scoring.debts.kind import Debt, DebtKind, Words

WORLD_AND_TEAM = (
    DebtKind(
        Debt.FIXED_THRESHOLDS,
        section=7,
        title=Words("Fixed thresholds", "고정 임계값(Fixed thresholds)"),
        sentence=Words(
            "A cut-off for decisions was set by hand once, while the model and the world around it keep moving.",
            "모델과 세상은 계속 변하는데, 판단 기준값은 예전에 사람이 정한 그대로입니다.",
        ),
        example=Words(
            "Mail counts as spam from 0.8 on, a value picked for a model that has been retrained eleven times since.",
            "스팸 기준 0.8은 그 뒤로 열한 번이나 다시 학습한 모델의 옛 버전에 맞춰 고른 값입니다.",
        ),
        remedy=Words(
            "Learn each threshold on held-out validation data, and again whenever the model changes.",
            "임계값은 따로 떼어 둔 검증 데이터로 학습하고, 모델이 바뀔 때마다 다시 정하세요.",
        ),
        ask=Words(
            "Who chose each cut-off, on which data, and when will it be chosen again?",
            "각 임계값은 누가 어떤 데이터로 정했고, 언제 다시 정하나요?",
        ),
    ),
    DebtKind(
        Debt.MONITORING_GAPS,
        section=7,
        title=Words("Monitoring gaps", "모니터링 공백(Monitoring gaps)"),
        sentence=Words(
            "Nobody watches live whether predictions match what happens, whether actions stay in bounds, or whether "
            "upstream data arrives.",
            "예측이 실제와 맞는지, 동작이 한도 안에 있는지, 상위 데이터가 제대로 "
            "들어오는지 실시간으로 보는 사람이 없습니다.",
        ),
        example=Words(
            "A supplier's feed stops at midnight, the bidder keeps bidding on old "
            "numbers, and the invoice is the first to tell.",
            "자정에 공급사 데이터가 끊겼는데 입찰 시스템은 옛 숫자로 계속 입찰하고, 청구서를 보고서야 압니다.",
        ),
        remedy=Words(
            "Watch prediction bias by slice, bounds on actions and upstream producers; "
            "alert at once and respond automatically.",
            "구간별 예측 편향, 동작 한도, 상위 데이터 공급원을 감시해 즉시 알리고 자동으로 대응하게 하세요.",
        ),
        ask=Words(
            "What was the last alert on a model in production, what caused it, and how long did it take to act on it?",
            "운영 중인 모델에서 마지막으로 울린 경보는 무엇이고, 원인은 무엇이며, 조치까지 얼마나 걸렸나요?",
        ),
    ),
    DebtKind(
        Debt.DATA_TESTING_DEBT,
        section=8,
        title=Words("Data testing debt", "데이터 테스트 부채(Data testing debt)"),
        sentence=Words(
            "Data takes the place of code in these systems, yet only the code is tested.",
            "이런 시스템에서는 데이터가 코드의 역할을 하는데도, 테스트는 코드만 합니다.",
        ),
        example=Words(
            "A sensor starts to send Fahrenheit, every unit test is green, and the forecast is wrong for a month.",
            "센서가 화씨로 값을 보내기 시작했는데 단위 테스트는 모두 통과하고, 예보는 한 달 동안 틀립니다.",
        ),
        remedy=Words(
            "Test the data too: basic checks on every input, and a watch on how its distribution changes.",
            "입력마다 기본 검사를 두고 분포 변화를 지켜보며, 데이터도 테스트하세요.",
        ),
        ask=Words(
            "Which data test failed last quarter, and was the test wrong or the data?",
            "지난 분기에 실패한 데이터 테스트는 무엇이고, 틀린 것은 테스트였나요, 데이터였나요?",
        ),
    ),
    DebtKind(
        Debt.REPRODUCIBILITY_DEBT,
        section=8,
        title=Words("Reproducibility debt", "재현성 부채(Reproducibility debt)"),
        sentence=Words(
            "The same training run again gives another result, because of randomness, "
            "parallel work, starting values or the world.",
            "무작위성, 병렬 처리, 초기값, 바깥세상과의 상호작용 때문에 같은 학습을 다시 돌려도 결과가 다릅니다.",
        ),
        example=Words(
            "Last quarter's best model cannot be rebuilt, and nobody can say whether "
            "the new one is better or only luckier.",
            "지난 분기의 최고 모델을 다시 만들 수 없어서, 새 모델이 더 나은지 운이 좋았는지 아무도 모릅니다.",
        ),
        remedy=Words(
            "Keep data, code, settings and the spread over seeds, so that any "
            "run can be repeated with a similar result.",
            "데이터, 코드, 설정과 시드별 편차를 기록해, 어떤 학습이든 다시 돌려 비슷한 결과를 얻을 수 있게 하세요.",
        ),
        ask=Words(
            "If you rebuilt last quarter's production model today, what would differ?",
            "지난 분기의 운영 모델을 오늘 다시 만든다면 무엇이 달라지나요?",
        ),
    ),
    DebtKind(
        Debt.PROCESS_MANAGEMENT_DEBT,
        section=8,
        title=Words("Process management debt", "프로세스 관리 부채(Process management debt)"),
        sentence=Words(
            "There are dozens of models, but no tools to update them together, "
            "share machines, spot blockages and recover.",
            "모델이 수십 개인데도 함께 갱신하고, 자원을 나누고, 막힌 곳을 찾고, 장애에서 복구할 도구가 없습니다.",
        ),
        example=Words(
            "A shared feature breaks at three in the morning, and nobody knows which of sixty models to stop first.",
            "새벽 3시에 공유 피처가 깨졌는데, 모델 60개 중 무엇부터 멈춰야 할지 아무도 모릅니다.",
        ),
        remedy=Words(
            "Build tools to update many models safely, share resources by business "
            "priority, see blockages and recover.",
            "여러 모델을 안전하게 갱신하고, 사업 우선순위에 따라 자원을 나누고, 막힘을 찾아 복구하는 도구를 갖추세요.",
        ),
        ask=Words(
            "If a shared feature breaks tonight, how many models are affected, which comes first, and who decides?",
            "오늘 밤 공유 피처가 깨지면 몇 개의 모델이 영향을 받고, 무엇이 먼저이며, 누가 결정하나요?",
        ),
    ),
    DebtKind(
        Debt.CULTURAL_DEBT,
        section=8,
        title=Words("Cultural debt", "문화 부채(Cultural debt)"),
        sentence=Words(
            "Research and engineering stand apart, and nobody is rewarded for deleting features, simplifying or "
            "making results repeatable.",
            "연구와 엔지니어링이 갈라져 있고, 피처를 지우거나 복잡도를 낮추거나 재현성을 높인 일은 보상받지 못합니다.",
        ),
        example=Words(
            "A researcher hands over a notebook, an engineer rewrites it, and neither can change the other's half.",
            "연구자가 노트북을 넘기면 엔지니어가 다시 작성하고, 둘 다 상대의 절반은 고치지 못합니다.",
        ),
        remedy=Words(
            "Mix both skills in one team, and reward removal and stability as much as accuracy.",
            "두 역량을 한 팀에 섞고, 덜어 내고 안정시킨 일을 정확도만큼 보상하세요.",
        ),
        ask=Words(
            "What praise this quarter went to deleting features, lowering complexity or improving reproducibility?",
            "이번 분기에 피처를 지우거나 복잡도를 낮추거나 재현성을 높여 인정받은 일은 무엇인가요?",
        ),
    ),
)
