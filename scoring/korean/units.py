"""Units, by their English: the counter that follows a number, and what an axis is called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from scoring.finding import Severity

COUNTERS: Mapping[str, str] = MappingProxyType(
    {
        "": "",
        "blocks": "개",
        "branches": "개",
        "changes in 90 days": "번",
        "columns": "개",
        "days": "일",
        "evaluations": "개",
        "features": "개",
        "files": "개",
        "functions": "개",
        "hops": "단계",
        "inputs": "개",
        "issues net": "건",
        "jobs in a row": "개",
        "languages": "개",
        "loops": "개",
        "notebooks": "개",
        "notes": "개",
        "notes net": "개",
        "people": "명",
        "places": "곳",
        "reads": "개",
        "requests": "건",
        "scripts and modules": "개",
        "sets of data": "개",
        "settings": "개",
        "stages": "개",
        "steps": "단계",
        "tables": "개",
    }
)
"""Korean has no plural: one counter serves every number, and stands against it."""

SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {Severity.LOW: "낮음", Severity.MEDIUM: "보통", Severity.HIGH: "높음"}
)

AXES: Mapping[str, str] = MappingProxyType(
    {
        "blocks": "블록(개)",
        "branches": "브랜치(개)",
        "changes in 90 days": "90일 동안의 변경(번)",
        "columns": "열(개)",
        "days": "일",
        "evaluations": "평가(개)",
        "features": "피처(개)",
        "files": "파일(개)",
        "functions": "함수(개)",
        "hops": "단계",
        "inputs": "입력(개)",
        "issues net": "이슈의 순증감(건)",
        "jobs in a row": "이어진 작업(개)",
        "languages": "언어(개)",
        "level": "수준",
        "loops": "루프(개)",
        "notebooks": "노트북(개)",
        "notes": "주석(개)",
        "notes net": "주석의 순증감(개)",
        "people": "사람(명)",
        "places": "위치(곳)",
        "reads": "읽기(개)",
        "requests": "요청(건)",
        "scripts and modules": "스크립트와 모듈(개)",
        "sets of data": "데이터(개)",
        "settings": "설정(개)",
        "share of calls that draw random numbers": "난수를 쓰는 호출 가운데 비율",
        "share of change requests": "변경 요청 가운데 비율",
        "share of changes of models and features": "모델과 피처의 변경 가운데 비율",
        "share of changes of settings": "설정 변경 가운데 비율",
        "share of changes that moved metrics": "지표를 움직인 변경 가운데 비율",
        "share of classes": "클래스 가운데 비율",
        "share of code files": "코드 파일 가운데 비율",
        "share of code lines": "코드 줄 수 대비 비율",
        "share of commits": "커밋 가운데 비율",
        "share of files with ML": "ML 관련 파일 가운데 비율",
        "share of images": "이미지 가운데 비율",
        "share of inputs": "입력 가운데 비율",
        "share of lines": "줄 수 가운데 비율",
        "share of lines in functions": "함수의 줄 수 가운데 비율",
        "share of loads from hubs": "허브에서 받는 곳 가운데 비율",
        "share of measured changes that added lines": "줄을 늘린 측정된 변경 가운데 비율",
        "share of models and outputs": "모델과 출력 가운데 비율",
        "share of newcomers": "새 팀원 가운데 비율",
        "share of often changed files": "자주 바뀌는 파일 가운데 비율",
        "share of packages": "패키지 가운데 비율",
        "share of parameters and results": "매개변수와 결과 가운데 비율",
        "share of people": "사람 가운데 비율",
        "share of places": "위치 가운데 비율",
        "share of settings": "설정 가운데 비율",
        "share of settings files": "설정 파일 가운데 비율",
        "stages": "단계(개)",
        "steps": "단계",
        "tables": "테이블(개)",
    }
)
