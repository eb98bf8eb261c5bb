"""How one pays off what a signal counts, by the signal's name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        "abandoned_branches": "목록을 훑어보고, 출시하거나 배운 것을 적은 태그로 남기거나 지우세요.",
        "ablation_runs": "분기마다 피처를 하나씩 빼고 여러 시드로 평가해, 빠져도 아쉽지 않은 것은 지우세요.",
        "action_limits": "동작마다 정상적인 날에는 닿지 않을 상한을 두고, 닿으면 알리세요.",
        "alert_rules": "감시할 모델 옆에 규칙을 두고, 담당자를 정하고, 시험해 보세요.",
        "algorithm_introduction_days": (
            "새 알고리즘은 인터페이스 뒤의 새 파일 하나가 되게 하고, 실제 규모의 실행은 명령 하나가 되게 하세요."
        ),
        "algorithm_introduction_files": (
            "패키지를 자체 인터페이스 하나로 감싸, 새 알고리즘이 새 파일 하나가 되게 하세요."
        ),
        "asserted_settings": "모든 설정 파일을 불러와 그 내용대로 만들고 피처 수를 확인하는 테스트를 하나 두세요.",
        "automatic_response": "마지막으로 정상이던 모델을 곁에 두고, 검사가 실패하면 그 모델로 돌아가게 하세요.",
        "blast_radius": "가능하면 모델마다 입력을 따로 두고, 모두가 거치는 단계를 나누세요.",
        "branch_lifecycle": "더 작은 단계로 병합하고, 끝나지 않은 작업은 종료일이 있는 플래그 뒤에 두세요.",
        "bridge_share": "경계 양쪽의 사람이 한 변경을 함께 하게 하세요. 양방향으로요.",
        "cascades_through_services": (
            "다른 모델의 출력인 입력을 목록으로 만들고, 새로운 경우는 첫 모델이 배우게 하세요."
        ),
        "change_coupling": "폴더가 서로 다른 쌍부터, 함께 쓰는 것에 이름을 붙이고 한곳에 두세요.",
        "change_request_review_duration": (
            "요청을 작게 하고, 리뷰하는 사람은 가장 오래된 것을 읽을 때까지 새 일을 시작하지 않게 하세요."
        ),
        "clones": "하나만 남기고 다른 점은 인자로 넘기세요. 함께 다니는 단계에는 이름을 붙이세요.",
        "closure_completeness": (
            "데이터의 이름은 실행할 때 문자열을 이어 붙이지 말고, 설정이나 파이프라인 정의에 적으세요."
        ),
        "column_removal": (
            "소스와 열에 주석(annotation)을 달고, 다른 저장소에서도 무엇이 그것에 의존하는지 도구가 계산하게 하세요."
        ),
        "columns_made_twice": "학습과 서빙이 같은 함수를 부르게 하거나, 한 작업이 계산한 것을 서빙이 읽게 하세요.",
        "commented_out_code": "지우세요. git에 남아 있습니다. 하지 않는 까닭을 말하려면 글로 적으세요.",
        "config_inheritance": "바탕이 되는 설정 하나를 정하고, 파일마다 그것과 다른 것만 적으세요.",
        "config_sibling_difference": "같아야 할 것은 바탕 설정으로 옮기고, 다르게 남긴 줄은 까닭을 적으세요.",
        "config_to_code_ratio": ("형제 설정은 하나의 바탕에서 작은 차이로 만들고, 어디서나 값이 같은 설정은 지우세요."),
        "consumers_elsewhere": (
            "예측 테이블, 버킷, 서비스의 접근 로그를 소비자 목록과 견주고, 목록에 없는 것은 막으세요."
        ),
        "contributor_absence_factor": "다음 변경은 다른 사람이 하고, 늘 하던 사람은 리뷰하게 하세요.",
        "correction_cascades": "첫 모델이 보정까지 배우게 하거나, 둘째 문제에 별도의 모델을 두세요.",
        "dangling_stages": "그 자리를 대신한 스크립트를 적거나, 단계를 빼세요.",
        "data_catalogue": (
            "소스와 피처마다 담당자와 의미를 주석(annotation)으로 달고, 빠진 것이 없는지 작업이 검사하게 하세요."
        ),
        "data_closure": ("뿌리가 되는 데이터부터 담당자, 버전, 테스트를 두고, 아무도 필요로 하지 않는 것은 버리세요."),
        "data_tests": (
            "결정에 가장 크게 작용하는 입력부터 열, 자료형, 범위, 결측 비율을 검사하고, 어긋나면 파이프라인을 멈추세요."
        ),
        "dead_experiment_files": "결과가 나온 커밋에 태그를 달고 파일은 지우세요. git에 남아 있습니다.",
        "dead_settings": "지우고, 프로그램이 모르는 설정은 거부하게 하세요.",
        "debt_issues_flow": "계획할 때마다 가장 오래된 것을 넣고, 아무도 하지 않을 것은 한마디 남기고 닫으세요.",
        "declared_consumers": ("출력마다 읽는 쪽을 모두 적고, 담당자와 무엇에 기대는지 밝히고, 나머지는 거부하세요."),
        "default_hyperparameters": "기본값 그대로 좋은 것까지, 값을 다른 설정이 있는 곳에 적어 두세요.",
        "deletion_share": "삭제도 피처처럼 계획하고, 검토에서 정확도의 이득과 나란히 말하세요.",
        "disabled_code": "분기를 지우거나, 담당자가 있는 설정이 정하게 하세요.",
        "docs_freshness": "설치 방법을 바꿀 때 문서도 바꾸고, 문서의 명령을 CI가 실행하게 하세요.",
        "ensembles": "오차가 서로 다른 모델을 합치고, 하나씩 그리고 모두 함께 측정하세요.",
        "entangled_inputs": ("입력을 바꿀 때마다 중요도와 구간별 예측을 이전과 견주고, 그 표를 보관하세요."),
        "epsilon_and_correlated_features": ("여러 시드로 피처를 하나씩 빼 보고, 잡음에 묻히는 것은 지우세요."),
        "evaluation_on_training_data": ("떼어 둔 행으로 평가하고, 그것이 어느 행인지 파이프라인이 선언하게 하세요."),
        "experiment_tracking": "실행마다 설정, 데이터 버전, 커밋, 지표를 학습 코드가 직접 기록하게 하세요.",
        "exploration": "작은 비율은 우연이 고르게 하고, 그 확률을 기록해 함께 학습하세요.",
        "feature_fan_in": "입력을 하나씩 빼 보고, 결과에 필요한 것만 남기세요.",
        "feedback_loops": "행의 일부를 무작위로 고르거나, 모델이 고르지 않은 행으로 학습하세요.",
        "fixed_thresholds": ("모델을 학습하는 실행에서 떼어 둔 데이터로 임계값을 고르고, 모델과 함께 저장하세요."),
        "gain_for_complexity": "이 변경들을 다시 보고, 도움이 되지 않은 것은 빼세요.",
        "hardcoded_hyperparameters": "이 숫자들은 실행의 설정에서 읽고, 설정을 모델과 함께 저장하세요.",
        "incentives": "지운 피처와 낮춘 복잡도를 평가와 목표에서 정확도의 이득과 나란히 말하세요.",
        "interface_coverage": (
            "호출하는 쪽이 모델에 바라는 것을 프로토콜이나 기반 클래스로 적고, 모델이 그것을 구현하게 하세요."
        ),
        "languages": "가장 작은 언어를 팀이 가장 잘 리뷰하는 언어로 옮기세요.",
        "last_alarm": "경보마다 담당자를 두고, 마지막 정상 모델 같은 자동 첫 대응을 두세요.",
        "leakage_before_split": "먼저 분할하거나, 학습 행에만 맞추는 파이프라인 안에 그 단계를 넣으세요.",
        "learnt_thresholds": (
            "두 가지 오류의 비용에 따라 떼어 둔 데이터로 고르고, 모델과 함께 저장해 거기서 읽으세요."
        ),
        "local_paths": "폴더를 설정이나 환경 변수에서 읽거나, 저장소 기준의 상대 경로로 적으세요.",
        "loops_through_the_world": (
            "사용자가 예측을 만나는 곳마다 거기서 움직이는 다른 시스템을 적고, 둘 다 고정한 채 시험해 보세요."
        ),
        "meaning_of_numbers": "인터페이스를 넘는 숫자에 무엇인지 말해 주는 자료형이나 이름을 주세요.",
        "measured_change_requests": "CI가 평가를 실행하고 지표의 차이를 요청에 올리게 하세요.",
        "measured_changes": "파이프라인이 지표를 파일에 쓰고, 그 파일을 변경과 함께 커밋하게 하세요.",
        "merge_lead_time": (
            "변경을 더 작게 하고, 리뷰어를 정하고, 2주 동안 조용한 브랜치를 어떻게 할지 규칙을 두세요."
        ),
        "metric_trade_offs": ("변경의 모든 지표를 구간별로도 나란히 보고, 어떤 맞바꿈을 뜻했는지 밝히세요."),
        "ml_code_share": "갚을 것은 없습니다. 큰 칸에 무엇이 있는지 보세요.",
        "model_priorities": "모델마다 담당자, 순위, 대신 쓸 것을 적어 두세요.",
        "multi_language_commits": (
            "경계에 안정된 인터페이스를 두어 양쪽이 따로 바뀌게 하고, 경계를 넘는 테스트를 하세요."
        ),
        "newcomer_merged_requests": "첫 과제 목록을 두고, 첫 요청에는 하루 안에 답하세요.",
        "newcomer_ramp": "첫 과제 목록을 두고, 새 팀원의 리뷰어를 정하고, 걸려 넘어지는 설치 단계를 고치세요.",
        "newcomer_retention": "새 팀원에게 끝낼 수 있을 만큼 작은 부분을 맡기세요.",
        "notebook_execution_order": (
            "커널을 다시 시작해 모든 셀을 실행한 뒤 커밋하고, 스케치일 뿐인 것은 실행 번호를 지우세요."
        ),
        "notebook_share": "뒤의 단계가 기대는 셀은 모듈로 옮기고, 노트북은 들여다보는 데만 쓰세요.",
        "notebooks_in_production": "필요한 부분을 테스트가 있는 모듈로 옮기고, 노트북이 그것을 임포트하게 하세요.",
        "off_pipeline_io": "스크립트를 단계로 만들거나, 쓰임이 다하면 지우세요.",
        "open_change_requests": "가장 오래된 것부터 병합하거나, 한마디 남기고 닫거나, 무엇이 모자라는지 말하세요.",
        "outside_readers": "읽는 쪽을 단계로 만들거나, 파이프라인이 아는 전용 사본을 넘겨주세요.",
        "package_spread": "패키지를 자체 인터페이스 하나 뒤에 두고, 거기서만 임포트하세요.",
        "pipeline_shape": "그 자체로 갚을 것은 없습니다. 팀이 그릴 모양과 견주어 보세요.",
        "pipeline_test": "변경마다 작은 표본으로 파이프라인을 첫 단계부터 끝까지 실행하세요.",
        "prediction_monitoring": "실행할 때마다 예측한 라벨과 관측한 라벨을 구간별로 견주고, 결과를 보관하세요.",
        "repeated_seeds": "시드를 셋 이상으로 되풀이하고, 평균 옆에 편차를 적으세요.",
        "repeated_settings": "하나만 남기고, 다음부터는 린터(yamllint의 key-duplicates)가 거부하게 하세요.",
        "reviewed_settings": "설정 폴더 아래의 모든 변경에 다른 사람의 승인을 받으세요.",
        "reviewed_settings_requests": "설정 폴더 아래의 모든 변경에 다른 사람의 승인을 받으세요.",
        "rows_chosen_by_models": (
            "작은 부분은 우연이 고르게 하고 그 확률을 기록하며, 데이터의 일부는 모델이 닿지 않게 두세요."
        ),
        "runbooks_and_owners": "모델마다 담당자와 첫 조치를 정하고, 경보에서 그리로 이어지게 하세요.",
        "same_result_again": (
            "지난 분기의 모델을 그 커밋과 데이터로 다시 만들어 견주고, 무엇이 얼마나 다른지 적으세요."
        ),
        "scale_toggles": "크기를 설정으로 만들어 운영에서는 값을 “전부”로 두고, 결과마다 크기를 밝히세요.",
        "self_admitted_dead_code": (
            "아무도 실행하지 않는 것은 지우세요. 무언가를 기다린다면 무엇인지 적고 릴리스마다 살펴보세요."
        ),
        "self_admitted_debt_flow": "새로 생긴 것은 다음 계획에 넣고, 아무도 하지 않을 것은 그 코드를 지우세요.",
        "settings_outside_git": ("기본값이나 환경별 값을 저장소에 넣고, 환경 변수는 그 가운데서 고르기만 하게 하세요."),
        "setup_steps": "단계를 명령 하나로 묶고, CI가 빈 환경에서 그 명령을 실행하게 하세요.",
        "several_writers": "작업마다 출력을 따로 두고, 그것을 합치는 작업을 하나 두세요.",
        "shared_notions": ("시스템을 이루는 몇 가지 개념에 이름과 인터페이스를 주고, 모델을 하나씩 옮기세요."),
        "sliced_evaluation": "같은 실행에서 중요한 구간의 지표를 전체 옆에 나란히 보고하세요.",
        "stale_flags": "정하세요. 이득이 있는 곳에서 켜거나, 분기와 설정을 지우세요.",
        "stale_instructions": "그 자리를 대신한 것을 적고, 문서의 명령을 CI가 실행하게 하세요.",
        "tables_of_others": "필요한 것을 버전을 붙여 복사하거나, 테스트로 확인하는 약속을 소유자와 맺으세요.",
        "time_to_first_response": "언제 리뷰할지 알리기만 하더라도, 날마다 누가 먼저 답할지 정하세요.",
        "train_serve_clones": "학습과 서빙이 함께 임포트하는 모듈에 그 단계를 두거나, 모델의 일부로 만드세요.",
        "truck_factor": "아래 폴더를 넘나들며 리뷰하고 함께 작업하고, 다음 변경은 다른 사람이 하게 하세요.",
        "unchecked_inputs": "같은 작업이 입력마다 열, 자료형, 범위, 결측 비율을 검사하게 하세요.",
        "undeclared_reads": "그 파일을 단계의 의존 데이터에 넣거나, 읽지 마세요.",
        "unlocked_requirements": "범위는 그대로 두고, 봇이 갱신하는 해시가 있는 잠금 파일을 더하세요.",
        "unnamed_columns": "그 열을 한 번 빼고 모델을 견주어, 달라지는 것이 없으면 지우세요.",
        "unpinned_images": "`name:tag@sha256:…`로 적고, 다음 다이제스트는 봇이 제안하게 하세요.",
        "unpinned_inputs": "리비전, 내용 해시, 릴리스, 데이터 버전 관리의 임포트처럼 버전이 있는 사본을 읽으세요.",
        "unread_dependencies": "단계에서 빼고, 그것을 만드는 것이 아직 필요한지 보세요.",
        "unread_intermediates": "쓰지 않거나, 누가 읽는지 파이프라인에 밝히세요.",
        "unseeded_randomness": (
            "`random_state`를 설정에서 읽어 넘기고, 운 좋은 시드 하나보다 여러 시드의 편차를 보고하세요."
        ),
        "unset_columns": "`dtype=`와 `usecols=`를 넘기거나, 읽은 것을 스키마로 검사하세요.",
        "untyped_interfaces": "모델의 인터페이스를 넘는 몇 가지 값에 이름, 단위, 범위가 있는 자료형을 주세요.",
        "unversioned_loads": "`revision=`에 허브의 커밋을 넘기거나, 버전이 있는 사본을 두세요.",
        "upstream_freshness": (
            "소스마다 얼마나 오래되어도 되는지 정하고, 실행 전에 확인하고, 실패는 결과를 읽는 쪽까지 전하세요."
        ),
        "upstream_volatility": "데이터의 새 버전은 고정하기 전에 테스트하고, 언제 올지 소유자와 정하세요.",
        "validated_settings": "어떤 설정이 어떤 자료형과 범위로 있는지 말하는 클래스 하나를 거쳐 불러오세요.",
        "versioned_data": "입력마다 버전이 있는 사본을 두고, 새 버전으로는 커밋으로 옮겨 가세요.",
    }
)
