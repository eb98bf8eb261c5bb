"""The sentence of each signal that is measured, by the signal's name: `{value}` with its unit, `{n}` a bare number.

A particle stands behind a value as both of its forms: `{value:이|가}`. What only people can say has no sentence here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "abandoned_branches": (
            "브랜치 {n}개 가운데 {value:이|가} 버려져 있습니다. "
            "고유한 커밋이 있는데도 90일 넘게 멈춘 채 병합되지 않았습니다."
        ),
        "ablation_runs": "피처를 빼고 하는 평가: {value}.",
        "action_limits": "동작 한도: {value}.",
        "alert_rules": "경보 규칙: {value}.",
        "algorithm_introduction_days": (
            "새 알고리즘을 {n}번 도입하는 동안, 첫 커밋부터 반영까지 걸린 기간의 중앙값은 {value}입니다."
        ),
        "algorithm_introduction_files": (
            "새 알고리즘을 {n}번 도입하는 동안, ML 코드와 테스트가 아닌 파일을 고친 수의 중앙값은 {value}입니다."
        ),
        "asserted_settings": "설정 파일 {n}개 가운데 {value:을|를} 테스트나 워크플로 단계가 불러옵니다.",
        "automatic_response": "롤백, 폴백, 카나리: {value}.",
        "blast_radius": (
            "90일 동안 바뀐 작업과 데이터 {n}개 가운데 중간의 것은 전체 모델과 출력의 {value}에 영향을 줍니다."
        ),
        "branch_lifecycle": (
            "살아 있거나 스쿼시된 토픽 브랜치 {n}개에서, 작업이 따로 떨어져 있던 기간의 중앙값은 {value}입니다."
        ),
        "bridge_share": "최근 365일 동안 {n}명 가운데 {value:이|가} 연구 코드와 운영 코드를 모두 고쳤습니다.",
        "change_coupling": "자주 바뀌는 파일 {n}개 가운데 {value:이|가} 늘 짝이 되는 파일과 함께 바뀝니다.",
        "change_request_review_duration": "변경 요청 {n}건에서, 첫 리뷰까지 걸린 기간의 중앙값은 {value}입니다.",
        "clones": "어느 정도 긴 함수의 {n}줄 가운데 {value:이|가} 다른 함수의 되풀이입니다.",
        "closure_completeness": "데이터를 읽거나 쓰는 {n}곳 가운데 {value:이|가} 데이터의 이름을 온전히 밝힙니다.",
        "columns_made_twice": (
            "서빙 코드가 이름을 붙여 계산하는 피처 {n}개 가운데 {value:을|를} 다른 코드도 계산합니다."
        ),
        "commented_out_code": "주석 처리된 코드 블록은 {value}입니다. 살펴본 Python 모듈은 {n}개입니다.",
        "config_inheritance": (
            "온전한 설정 파일 {n}개 가운데 {value:이|가} 다른 설정을 바탕으로 달라지는 것만 적습니다."
        ),
        "config_sibling_difference": (
            "형제가 있는 설정 파일 {n}개에서, 가장 가까운 형제와 다른 설정의 비율은 중앙값이 {value}입니다."
        ),
        "config_to_code_ratio": "설정의 줄 수는 코드 {n}줄의 {value}입니다.",
        "contributor_absence_factor": "최근 365일의 커밋 {n}개 가운데 절반 이상을 {value:이|가} 만들었습니다.",
        "correction_cascades": (
            "모델에서 그 출력으로 학습하는 모델까지 가장 긴 연쇄는 {value}입니다. 모델을 학습하는 작업은 {n}개입니다."
        ),
        "dangling_stages": (
            "저장소에 없는 스크립트를 실행하는 단계는 {value}입니다. 경로로 스크립트를 실행하는 단계는 {n}개입니다."
        ),
        "data_catalogue": "데이터와 피처 카탈로그: {value}.",
        "data_closure": "모델과 출력 {n}개가 직간접으로 의존하는 데이터는 {value}입니다.",
        "data_tests": "데이터 테스트: {value}.",
        "dead_experiment_files": "Python 모듈 {n}개의 줄 가운데 {value:이|가} 아무도 쓰지 않는 실험에 속합니다.",
        "dead_settings": "쓰임을 알 수 있는 설정 {n}개 가운데 {value:은|는} 어느 코드에도 이름이 나오지 않습니다.",
        "debt_issues_flow": "부채 라벨이 붙은 이슈의 90일 동안 순증감은 {value}이고, 열려 있는 것은 {n}건입니다.",
        "declared_consumers": "선언된 소비자: {value}.",
        "default_hyperparameters": (
            "모델이나 최적화기를 만드는 {n}곳 가운데 하이퍼파라미터를 하나도 고르지 않은 곳은 {value}입니다."
        ),
        "deletion_share": "코드와 설정을 바꾼 커밋 {n}개 가운데 {value:이|가} 더한 줄보다 뺀 줄이 많습니다.",
        "disabled_code": "늘 거짓인 조건 아래의 분기는 {value}입니다. 살펴본 Python 모듈은 {n}개입니다.",
        "docs_freshness": "설치 문서는 설치 방법보다 {value} 뒤처져 있습니다. 그동안 설치 방법은 {n}번 바뀌었습니다.",
        "ensembles": "분리된 모델의 앙상블: {value}.",
        "evaluation_on_training_data": (
            "살펴본 평가 {n}개 가운데 학습 데이터를 읽어 모델을 채점하는 것은 {value}입니다."
        ),
        "experiment_tracking": "실험 추적: {value}.",
        "exploration": "탐색 또는 떼어 둔 트래픽: {value}.",
        "feature_fan_in": (
            "모델을 학습하는 작업은 {n}개이고, 입력이 가장 많은 작업은 직간접으로 데이터 {value}에 의존합니다."
        ),
        "feedback_loops": ("예측이 학습 데이터로 돌아오는 루프는 {value}입니다. 모델을 학습하는 작업은 {n}개입니다."),
        "fixed_thresholds": (
            "점수를 코드에 적힌 숫자와 비교하는 곳은 {value}입니다. 임계값과 비교하는 곳은 모두 {n}곳입니다."
        ),
        "gain_for_complexity": (
            "코드나 설정, 패키지를 늘리고 측정도 한 변경 {n}건 가운데 {value:은|는} 어느 지표도 올리지 못했습니다."
        ),
        "hardcoded_hyperparameters": (
            "모델과 최적화기에 코드에 적힌 숫자를 주는 곳은 {value}입니다. 하이퍼파라미터를 정하는 호출은 {n}개입니다."
        ),
        "interface_coverage": "학습하거나 예측하는 클래스 {n}개 가운데 {value:이|가} 인터페이스를 따릅니다.",
        "languages": "코드 {n}줄에서 각각 5 % 이상을 차지하는 언어는 {value}입니다.",
        "leakage_before_split": (
            "나중에 분할할 행으로 전처리를 먼저 맞추는 곳은 {value}입니다. 행을 분할하는 곳은 {n}곳입니다."
        ),
        "learnt_thresholds": "학습으로 정한 임계값: {value}.",
        "local_paths": "개인 컴퓨터의 경로가 코드 {value}에 있습니다. 읽은 Python 파일은 {n}개입니다.",
        "measured_change_requests": (
            "모델, 피처, 설정에 대한 변경 요청 {n}건 가운데 {value:이|가} 지표와 함께 들어왔습니다."
        ),
        "measured_changes": "모델, 피처와 그 설정의 변경 {n}건 가운데 {value:이|가} 커밋된 지표를 남겼습니다.",
        "merge_lead_time": "병합 {n}건에서, 작업이 기다린 기간의 중앙값은 {value}입니다.",
        "metric_trade_offs": (
            "커밋된 지표를 움직인 변경 {n}건 가운데 {value:이|가} 한 지표를 올리고 다른 지표를 내렸습니다."
        ),
        "ml_code_share": "ML 코드는 시스템의 자체 코드 {n}줄의 {value}입니다.",
        "multi_language_commits": (
            "최근 365일의 커밋 {n}개 가운데 {value:이|가} 두 가지 이상의 프로그래밍 언어를 함께 바꾸었습니다."
        ),
        "newcomer_merged_requests": (
            "세 번째 병합에 이른 새 팀원 {n}명의 절반은 첫 변경 요청부터 {value} 이상 걸렸습니다."
        ),
        "newcomer_ramp": "세 번째 변경에 이른 새 팀원 {n}명의 절반은 첫 변경부터 {value} 이상 걸렸습니다.",
        "newcomer_retention": "새 팀원 {n}명 가운데 {value:이|가} 두 번째 90일에도 변경을 만들었습니다.",
        "notebook_execution_order": (
            "실행 순서를 아는 노트북 {n}개 가운데 {value:은|는} 셀이 놓인 순서와 다르게 실행되었습니다."
        ),
        "notebook_share": "코드 파일 {n}개 가운데 {value:이|가} 노트북입니다.",
        "notebooks_in_production": (
            "운영 코드가 실험 코드를 임포트하거나 노트북을 실행하는 곳은 {value}입니다. "
            "그럴 수 있는 파일은 {n}개입니다."
        ),
        "off_pipeline_io": (
            "데이터를 읽거나 쓰는 {n}곳 가운데 {value:은|는} 이곳의 어느 파이프라인이나 작업도 실행하지 않습니다."
        ),
        "open_change_requests": "변경 요청 {value:이|가} 열려 있습니다.",
        "outside_readers": (
            "파이프라인이 만든 데이터를 그 정의가 모르는 코드 {value}에서 읽습니다. "
            "파이프라인의 단계가 만드는 데이터는 {n}개입니다."
        ),
        "package_spread": "가장 널리 쓰인 ML 패키지를 ML 관련 파일 {n}개 가운데 {value:이|가} 임포트합니다.",
        "pipeline_shape": "데이터가 거치는 가장 긴 길은 작업 {value:을|를} 지나며, 작업은 모두 {n}개입니다.",
        "pipeline_test": "작업에서 실행하는 전체 파이프라인: {value}.",
        "prediction_monitoring": "예측 모니터링: {value}.",
        "repeated_seeds": "여러 시드로 반복한 실행: {value}.",
        "repeated_settings": "한 표에 두 번 적힌 설정은 {value}입니다. 살펴본 설정 파일은 {n}개입니다.",
        "reviewed_settings_requests": (
            "설정을 고친 변경 요청 {n}건 가운데 {value:이|가} 다른 사람의 승인을 받았습니다."
        ),
        "runbooks_and_owners": "런북과 담당자: {value}.",
        "scale_toggles": ("데이터를 일부로 줄이는 곳은 {value}입니다. 코드가 데이터를 읽는 곳은 {n}곳입니다."),
        "self_admitted_dead_code": (
            "부채를 인정한 주석 {n}개 가운데 코드를 지우자고 하거나 쓰지 않는다고 밝힌 것은 {value}입니다."
        ),
        "self_admitted_debt_flow": (
            "부채를 인정한 주석의 90일 동안 순증감은 {value}이고, 지금 남아 있는 것은 {n}개입니다."
        ),
        "settings_outside_git": (
            "모델이나 데이터의 설정을 환경 변수만 아는 곳은 {value}입니다. 환경 변수에서 읽는 곳은 모두 {n}곳입니다."
        ),
        "setup_steps": "문서 {n}개에 따르면 설치에는 {value:이|가} 필요합니다.",
        "several_writers": "작업이 쓰는 데이터 {n}개 가운데 {value:은|는} 여러 작업이 씁니다.",
        "sliced_evaluation": "구간별 평가: {value}.",
        "stale_flags": ("커밋된 어느 설정으로도 실행되지 않는 분기는 {value}입니다. 분기를 정하는 설정은 {n}개입니다."),
        "stale_instructions": ("설치 문서의 명령이 실행하는 {n}개 가운데 {value:은|는} 저장소에 없습니다."),
        "tables_of_others": (
            "SQL이 스키마와 이름으로 읽는 테이블 {n}개 가운데 {value:은|는} 여기서 아무도 쓰지 않는 스키마에 있습니다."
        ),
        "time_to_first_response": "변경 요청 {n}건에서, 다른 사람이 답하기까지 걸린 기간의 중앙값은 {value}입니다.",
        "train_serve_clones": "비교한 서빙 코드의 함수 {n}개 가운데 {value:이|가} 학습 코드에도 있습니다.",
        "truck_factor": "{value:이|가} 떠나면 소스 파일 {n}개의 절반 넘게 작성자가 없어집니다.",
        "unchecked_inputs": "모델로 가는 입력 {n}개 가운데 {value:은|는} 데이터를 테스트하는 작업을 거치지 않습니다.",
        "undeclared_reads": ("의존 데이터를 선언한 단계 {n}개의 코드가 선언에 없는 데이터를 읽는 것은 {value}입니다."),
        "unlocked_requirements": "시스템이 요구하는 패키지 {n}개 가운데 {value:은|는} 버전이 고정되어 있지 않습니다.",
        "unnamed_columns": (
            "코드가 온전한 이름으로 계산하는 열 {n}개 가운데 {value:은|는} 다른 어디에도 이름이 나오지 않습니다."
        ),
        "unpinned_images": (
            "빌드하거나 실행할 컨테이너 이미지 {n}개 가운데 {value:은|는} 내용이 하나로 고정되어 있지 않습니다."
        ),
        "unpinned_inputs": (
            "테이블을 빼고 저장소 밖에서 입력을 가져오는 {n}곳 가운데 {value:은|는} 버전이 고정되어 있지 않습니다."
        ),
        "unread_dependencies": ("코드를 끝까지 따라가 본 단계 {n}개가 선언했지만 코드가 읽지 않는 것은 {value}입니다."),
        "unread_intermediates": "중간 데이터 {n}개 가운데 {value:은|는} 여기서 아무도 읽지 않습니다.",
        "unseeded_randomness": (
            "분할, 샘플링, 학습에 난수를 쓰는 호출 {n}개 가운데 {value:은|는} 시드가 보이지 않습니다."
        ),
        "unset_columns": "테이블을 읽는 {n}곳 가운데 열도 자료형도 밝히지 않는 곳은 {value}입니다.",
        "untyped_interfaces": (
            "ML 코드와 서빙 코드의 공개 매개변수와 결과 {n}개 가운데 {value:이|가} 원시 자료형이거나 자료형이 없습니다."
        ),
        "unversioned_loads": ("허브에서 데이터나 모델을 받는 {n}곳 가운데 {value:은|는} 버전을 밝히지 않습니다."),
        "upstream_freshness": "입력의 신선도: {value}.",
        "upstream_volatility": (
            "고정된 데이터의 버전이 90일 동안 {value} 바뀌었습니다. 버전을 고정하는 파일은 {n}개입니다."
        ),
        "validated_settings": ("불러오는 코드를 알 수 있는 설정 파일 {n}개 가운데 {value:이|가} 스키마를 거칩니다."),
        "versioned_data": "데이터의 버전 사본: {value}.",
    }
)
