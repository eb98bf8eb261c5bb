"""Debts of code and configuration: sections 5 and 6 of the paper."""

from __future__ import annotations

from scoring.debts.kind import Debt, DebtKind, Words

CODE_AND_SETTINGS = (
    DebtKind(
        Debt.GLUE_CODE,
        section=5,
        title=Words("Glue code", "접착 코드(Glue code)"),
        sentence=Words(
            "Most of the code only carries data into and out of general-purpose "
            "packages, and so ties the system to them.",
            "코드의 대부분이 범용 패키지에 데이터를 넣고 꺼내는 일만 하면서, 시스템을 그 패키지에 묶어 둡니다.",
        ),
        example=Words(
            "Forty files import the training library directly, and trying another one means touching them all.",
            "파일 40개가 학습 라이브러리를 직접 가져다 쓰고 있어서, 다른 라이브러리를 시험하려면 전부 고쳐야 합니다.",
        ),
        remedy=Words(
            "Put each package behind one interface of your own, so that another can take its place.",
            "패키지를 자체 공통 인터페이스로 감싸서, 다른 패키지로 바꿔 끼울 수 있게 하세요.",
        ),
        ask=Words(
            "What would it take to replace your main machine-learning package, and when did somebody last try?",
            "주로 쓰는 머신러닝 패키지를 바꾸려면 무엇이 필요하고, 마지막으로 시도해 본 것은 언제인가요?",
        ),
    ),
    DebtKind(
        Debt.PIPELINE_JUNGLES,
        section=5,
        title=Words("Pipeline jungles", "파이프라인 정글(Pipeline jungles)"),
        sentence=Words(
            "Data preparation has grown into a tangle of scrapes, joins, samples "
            "and intermediate files that nobody planned.",
            "데이터 준비 과정이 전체 설계 없이 수집, 조인, 샘플링, 중간 파일이 뒤엉킨 덩어리로 자랐습니다.",
        ),
        example=Words(
            "Before each release somebody runs three notebooks in an order that only one person knows.",
            "릴리스 때마다 노트북 세 개를 정해진 순서로 돌려야 하는데, 그 순서를 아는 사람은 한 명뿐입니다.",
        ),
        remedy=Words(
            "Think collection and feature extraction through as a whole, and rebuild the path from the raw data on.",
            "데이터 수집과 피처 추출을 하나의 전체로 놓고, 원본 데이터부터의 경로를 다시 설계하세요.",
        ),
        ask=Words(
            "If you drew the path from raw log to feature on a whiteboard, which steps would be missing from the code?",
            "원본 로그에서 피처까지의 경로를 화이트보드에 그려 본다면, 코드에 없는 단계는 무엇인가요?",
        ),
    ),
    DebtKind(
        Debt.DEAD_EXPERIMENTAL_CODEPATHS,
        section=5,
        title=Words("Dead experimental codepaths", "죽은 실험 코드 경로(Dead experimental codepaths)"),
        sentence=Words(
            "Experiments stay behind, as conditions in production code or as branches that nobody merges or deletes.",
            "실험이 운영 코드의 조건문으로, 또는 병합도 삭제도 되지 않은 브랜치로 남아 있습니다.",
        ),
        example=Words(
            "The flag of a ranking tried last spring is off everywhere, until a typo "
            "in a settings file turns it on in production.",
            "지난봄에 시험한 랭킹의 플래그는 어디서나 꺼져 있었는데, 설정 파일의 오타 하나로 운영 환경에서 켜집니다.",
        ),
        remedy=Words(
            "Go through experiments regularly and rip out what is not used; few are ever needed again.",
            "다시 쓰이는 실험은 드물므로, 정기적으로 점검해 쓰지 않는 것은 걷어 내세요.",
        ),
        ask=Words(
            "For each old branch and flag, will you ship it, keep it as a tag, or delete it?",
            "오래된 브랜치와 플래그를 각각 배포할 건가요, 태그로 남길 건가요, 지울 건가요?",
        ),
    ),
    DebtKind(
        Debt.ABSTRACTION_DEBT,
        section=5,
        title=Words("Abstraction debt", "추상화 부채(Abstraction debt)"),
        sentence=Words(
            "There is no agreed shape for a stream, a model or a prediction, so every part invents its own.",
            "데이터 스트림, 모델, 예측을 나타내는 합의된 형태가 없어서 부분마다 제각각 만들어 씁니다.",
        ),
        example=Words(
            "Five scripts train five models in five ways, and a fix in one never reaches the others.",
            "스크립트 다섯 개가 모델 다섯 개를 저마다의 방식으로 학습시켜, 하나를 고쳐도 나머지에는 반영되지 않습니다.",
        ),
        remedy=Words(
            "Find the few notions that the system is made of, and let every model use them.",
            "시스템을 이루는 몇 가지 공통 개념을 찾아내고, 모든 모델이 그것을 쓰게 하세요.",
        ),
        ask=Words(
            "Which interface would a new model implement, and which of today's models does not?",
            "새 모델은 어떤 인터페이스를 구현하게 되고, 지금 모델 중 그것을 따르지 않는 것은 무엇인가요?",
        ),
    ),
    DebtKind(
        Debt.PLAIN_OLD_DATA_SMELL,
        section=5,
        title=Words("Plain-old-data smell", "원시 자료형 스멜(Plain-old-data type smell)"),
        sentence=Words(
            "Rich information travels as a bare float, int or dictionary that does not say what it means.",
            "풍부한 의미를 가진 값이, 무엇을 뜻하는지 말해 주지 않는 float나 int, 딕셔너리로 오갑니다.",
        ),
        example=Words(
            "A function returns 0.7, and its callers disagree on whether that is "
            "a probability, a threshold or a multiplier.",
            "함수가 0.7을 돌려주는데, 그것이 확률인지 임계값인지 배수인지 호출하는 쪽마다 다르게 압니다.",
        ),
        remedy=Words(
            "Use types that know what they are: a probability, a log-odds multiplier, a threshold.",
            "확률, 로그 오즈 배수, 임계값처럼 자신의 의미를 아는 자료형을 쓰세요.",
        ),
        ask=Words(
            "For three numbers that cross your model's interface, where are unit, range and meaning written down?",
            "모델 인터페이스를 오가는 숫자 세 개를 고른다면, 단위와 범위와 의미는 어디에 적혀 있나요?",
        ),
    ),
    DebtKind(
        Debt.MULTIPLE_LANGUAGE_SMELL,
        section=5,
        title=Words("Multiple-language smell", "다중 언어 스멜(Multiple-language smell)"),
        sentence=Words(
            "Several programming languages in one system make it harder to test and harder to hand over.",
            "한 시스템에 여러 프로그래밍 언어가 섞여 있으면 테스트하기도, 넘겨주기도 어려워집니다.",
        ),
        example=Words(
            "Features are computed in Scala for training and again in Python for "
            "serving, and every fix has to be made twice.",
            "피처를 학습용은 Scala로, 서빙용은 Python으로 따로 계산해서, 무엇이든 두 번 고쳐야 합니다.",
        ),
        remedy=Words(
            "Use fewer languages, and test the boundaries between those that stay.",
            "언어 수를 줄이고, 남긴 언어 사이의 경계는 테스트로 지키세요.",
        ),
        ask=Words(
            "Who can review a change in each language, and where do tests cross from one to the other?",
            "언어마다 변경을 검토할 수 있는 사람은 누구이고, 언어 경계를 넘는 테스트는 어디에 있나요?",
        ),
    ),
    DebtKind(
        Debt.PROTOTYPE_SMELL,
        section=5,
        title=Words("Prototype smell", "프로토타입 스멜(Prototype smell)"),
        sentence=Words(
            "The team leans on a small prototyping environment, though results "
            "at small scale seldom hold at full scale.",
            "작은 규모의 결과가 실제 규모에서 유지되는 일은 드문데도, 팀이 소규모 프로토타입 환경에 기대고 있습니다.",
        ),
        example=Words(
            "A model wins on a sample of 10,000 rows in a notebook, is shipped, and "
            "loses on the 80 million rows of a real day.",
            "노트북의 1만 행 표본에서 이긴 모델을 배포했더니, 하루 8천만 행의 실제 데이터에서는 집니다.",
        ),
        remedy=Words(
            "Make the real system easy to change, so that ideas are tried there.",
            "실제 시스템을 쉽게 바꿀 수 있게 만들어, 아이디어를 거기서 바로 시험하세요.",
        ),
        ask=Words(
            "Was each of the last three changes you shipped tested at full scale before the decision?",
            "최근에 배포한 변경 세 건은 결정하기 전에 모두 실제 규모에서 시험했나요?",
        ),
    ),
    DebtKind(
        Debt.CONFIGURATION_DEBT,
        section=6,
        title=Words("Configuration debt", "설정 부채(Configuration debt)"),
        sentence=Words(
            "Settings grow line by line and mistakes in them are costly, yet they "
            "are not tested and reviewed as code is.",
            "설정은 한 줄씩 늘어나고 실수의 대가는 큰데, 코드처럼 테스트하거나 검토하지 않습니다.",
        ),
        example=Words(
            "A learning rate is copied from a sister model with one zero missing, "
            "and a week of training is thrown away.",
            "비슷한 모델의 학습률을 옮겨 적다가 0 하나를 빠뜨려, 일주일의 학습을 버립니다.",
        ),
        remedy=Words(
            "Write settings as a small change of earlier ones, show what differs, check them automatically, drop "
            "unused ones, and review.",
            "설정을 이전 설정의 작은 변경으로 쓰고, 차이를 드러내고, 자동으로 "
            "검사하고, 안 쓰는 것은 지우고, 리뷰하세요.",
        ),
        ask=Words(
            "Comparing the production settings of two sister models, can you explain every line that differs?",
            "비슷한 두 모델의 운영 설정을 비교할 때, 서로 다른 줄을 모두 설명할 수 있나요?",
        ),
    ),
)
