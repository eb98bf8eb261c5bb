"""Names of pages, headings, columns and states in the visitor's language, each whole, by its English.

A label that has no Korean here stays English. Sentences about a repository are English throughout.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app_pages import _visitor

ENGLISH: Mapping[str, str] = MappingProxyType({})
KOREAN: Mapping[str, str] = MappingProxyType(
    {
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
    }
)


def spoken(label: str) -> str:
    """In the visitor's language."""
    return speaking().get(label, label)


def speaking() -> Mapping[str, str]:
    """What is said instead of English: for many labels at once, since to ask for the language takes a while."""
    return KOREAN if _visitor.language() == "ko" else ENGLISH
