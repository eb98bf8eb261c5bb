"""What pages say in the visitor's language, each label and sentence whole, by its English.

What has no Korean stays English as a whole. Sentences about a repository come from `scoring.korean`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Protocol

from app_pages import _visitor
from app_pages._sentences import SENTENCES


class Speaker(Protocol):
    def __call__(self, label: str, **values: object) -> str: ...


ENGLISH: Mapping[str, str] = MappingProxyType({})
KOREAN: Mapping[str, str] = MappingProxyType(
    {
        **SENTENCES,
        # pages
        "Portfolio": "포트폴리오",
        "Branches": "브랜치",
        "Configuration": "설정 파일",
        "Onboarding": "새 팀원 적응",
        "Scorecard": "성적표",
        "Debts": "부채",
        "Data": "데이터",
        "Review": "검토",
        "Activity": "작업",
        "Settings": "환경 설정",
        "Repository": "저장소",
        "Quarterly review": "분기 검토",
        # states and ways
        "measured": "측정됨",
        "unknown": "알 수 없음",
        "ask": "질문",
        "ask the team": "팀에 질문",
        "better": "좋아짐",
        "worse": "나빠짐",
        "moved": "달라짐",
        "no change": "변화 없음",
        "about the same": "거의 같음",
        "before": "이전",
        "example": "예제",
        # headings
        "The paper’s five questions": "논문의 다섯 가지 질문",
        "What moved in a quarter": "한 분기 동안 달라진 것",
        "Do these first": "먼저 할 일",
        "Your system, as in the paper’s figure": "논문의 그림으로 본 이 시스템",
        "Evidence": "근거",
        "Findings": "발견 항목",
        "Graveyard": "브랜치의 일생",
        "Unmerged branches carried along": "병합되지 않고 남아 있는 브랜치",
        "Longest silent first": "오래 멈춘 순서",
        "It rests on": "이것이 의존하는 데이터",
        "Rests on it": "이것에 의존하는 데이터",
        "Stated by the team": "팀이 밝힌 것",
        "Five answers, then and now": "다섯 가지 답: 이전과 현재",
        "How long experiments live": "실험이 살아 있는 기간",
        "What data rests on what": "데이터 의존 관계",
        "Which changes somebody measured": "누군가 측정한 변경",
        "Which models hang together": "서로 얽힌 모델",
        "How newcomers come to more": "새 팀원의 적응",
        "All kinds": "모든 종류",
        "What is not known of it": "알 수 없는 부분",
        "The line": "해당 줄",
        "Answers and acceptances that ran out": "기한이 지난 답과 수용",
        "Questions that only people can answer": "사람만 답할 수 있는 질문",
        "Actions carried over": "넘어온 할 일",
        "What moved them": "답을 움직인 것",
        "Goals": "목표",
        "Decisions": "결정",
        "Decide": "결정하기",
        "Decided": "결정함",
        "Close the review": "검토 종료",
        "No action is open.": "진행 중인 할 일이 없습니다.",
        "Yours": "내 설정",
        "This server’s": "이 서버의 설정",
        "A repository’s": "저장소의 설정",
        # what stands before a text
        "For example:": "예:",
        "Nearest evidence:": "가장 가까운 근거:",
        "Compared with the snapshot of": "비교한 스냅샷:",
        "Pay it off:": "갚는 법:",
        "Ask the team:": "팀에 묻기:",
        "Ask the team": "팀에 묻기",
        "Why it matters": "중요한 까닭",
        "Pay it off": "갚는 법",
        "What it cannot see": "볼 수 없는 것",
        "Source": "출처",
        "Looked at": "살펴본 범위",
        "A quarter ago": "한 분기 전",
        "Show the arithmetic": "계산 과정 보기",
        "Of no kind in the paper": "논문에 없는 종류",
        # columns
        "open findings": "열린 항목",
        "accepted": "수용",
        "File": "파일",
        "Language": "언어",
        "Lines of code": "코드 줄 수",
        "Branch": "브랜치",
        "Tip": "끝 커밋",
        "Kind": "종류",
        "Last commit": "마지막 커밋",
        "Days silent": "멈춘 날 수",
        "Ahead": "앞선 커밋",
        "Behind": "뒤진 커밋",
        # fields, buttons and single words
        ":material/settings: This mldebt": ":material/settings: 이 mldebt",
        "Answer for the team": "팀을 대신해 답하기",
        "Who says so: a team or a role": "말하는 사람: 팀 또는 역할",
        "Holds until": "유효 기한",
        "Keep this answer": "이 답 보관",
        "Share": "공유",
        "Show latest": "최신 보기",
        "A link to what is shown now": "지금 보이는 것의 링크",
        "Over time": "시간에 따른 변화",
        "Unknown": "알 수 없음",
        "More numbers": "더 많은 수치",
        "What is known:": "아는 것:",
        "nothing": "없음",
        "in": "위치:",
        "Kind of debt": "부채 종류",
        "Show all kinds": "모든 종류 보기",
        "Show all findings": "모든 항목 보기",
        "No findings to list": "나열할 항목이 없습니다",
        "No match": "맞는 것이 없습니다",
        "Previous": "이전",
        "Next": "다음",
        "Accepted or not": "수용 여부",
        "Open": "열림",
        "Accepted": "수용",
        "Severity": "심각도",
        "High": "높음",
        "Medium": "보통",
        "Low": "낮음",
        "high severity": "심각도 높음",
        "medium severity": "심각도 보통",
        "low severity": "심각도 낮음",
        "one sitting, one file": "한 번에, 파일 하나",
        "several files, or a decision": "여러 파일, 또는 결정 하나",
        "a project of its own": "따로 하는 프로젝트",
        "test-data": "테스트용",
        "remediated": "이미 조치함",
        "not-applicable": "해당 없음",
        "not-supported": "갚을 방법 없음",
        "intended": "의도한 것",
        "Find a repository": "저장소 찾기",
        "Change": "변화",
        "Order": "순서",
        "What got worse first": "나빠진 것부터",
        "What got better first": "좋아진 것부터",
        "By name": "이름순",
        "The oldest numbers first": "오래된 수치부터",
        "nothing to compare": "비교할 것 없음",
        "Clear the filter": "필터 지우기",
        "Got worse": "나빠짐",
        "Got better": "좋아짐",
        "No change": "변화 없음",
        "Nothing to compare": "비교할 것 없음",
        "partial": "일부",
        "not scanned yet": "아직 스캔하지 않음",
        "Question": "질문",
        "What these numbers depend on": "이 수치들의 바탕",
        "Commit": "커밋",
        "As of": "기준",
        "Profile and scoring": "척도와 판정 규칙",
        "Collectors": "수집기",
        "Refs": "ref",
        "Snapshot": "스냅샷",
        "none": "없음",
        "not read": "읽지 않음",
    }
)


def spoken(label: str, **values: object) -> str:
    """In the visitor's language. A template's `values` go into it: numbers that words go with are `counted`."""
    told = speaking().get(label, label)
    return told.format(**values) if values else told


def speaker() -> Speaker:
    """`spoken` for many labels at once: the language is asked for one time."""
    names = speaking()

    def tell(label: str, **values: object) -> str:
        told = names.get(label, label)
        return told.format(**values) if values else told

    return tell


def said(label: str, language: str, **values: object) -> str:
    """In this language, for what is made without a visitor."""
    told = KOREAN.get(label, label) if language == "ko" else label
    return told.format(**values) if values else told


def speaking() -> Mapping[str, str]:
    """What is said instead of English: for many labels at once, since to ask for the language takes a while."""
    return KOREAN if _visitor.language() == "ko" else ENGLISH
