"""Sentences of the pages in Korean, by their English: templates with the same names in braces.

Each is whole. No particle follows a name in braces whose ending is not known.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # the head of a page
        "{commit} of {day} (UTC)": "{commit}, {day} (UTC)",
        "scanned {day}": "{day} 스캔",
        "measured from history": "이력에서 측정",
        "no commit yet": "아직 커밋 없음",
        "As of {day} (UTC).": "기준: {day} (UTC).",
        "as of {day}": "{day} 기준",
        "No commit yet.": "아직 커밋이 없습니다.",
        "This is the example: a made-up repository, scanned like any other. Now yours: mldebt scan path-or-URL": (
            "예제입니다. 지어낸 저장소를 다른 저장소와 똑같이 스캔했습니다. 이제 여러분의 저장소를 스캔하세요: "
            "mldebt scan 경로나-URL"
        ),
        "This snapshot is partial. What follows is unknown, not zero:": (
            "일부만 담긴 스냅샷입니다. 다음은 0이 아니라 알 수 없는 것입니다:"
        ),
        "This snapshot was made from history: findings are counted where that was possible, but not listed.": (
            "이력에서 만든 스냅샷입니다. 발견 항목은 셀 수 있는 곳에서 세기만 하고 나열하지 않습니다."
        ),
        "To tidy up in mldebt.yml, or beside the code:": "mldebt.yml이나 코드 옆에서 정리할 것:",
        "You look at {commit} of {day}, not the latest.": "지금 보는 것은 최신이 아니라 {day}의 {commit} 커밋입니다.",
        "The latest is of {day}.": "최신은 {day} 것입니다.",
        "No snapshot is from a quarter ago, so nothing is compared.": "한 분기 전의 스냅샷이 없어 비교하지 않습니다.",
        # answers
        "{seen} of {total} parts seen": "부분 {total}개 중 {seen}개 살펴봄",
        "{part} seen": "{part} 살펴봄",
        "A line is one year of the number: {then} a quarter ago, {now} now.": (
            "선은 수치의 1년입니다. {then} 한 분기 전, {now} 지금."
        ),
        "{title}, one year up to now: {change}": "{title}, 지금까지 1년: {change}",
        "{title}, one year: {change}": "{title}, 1년: {change}",
        "{title}: {value} now; {change}.": "{title}: 지금 {value}; {change}.",
        "{letter}, nothing left open": "{letter}, 남은 범위 없음",
        "letter {letter}": "등급 {letter}",
        "no letter": "등급 없음",
        "and {n} more": "외 {n}개",
        "None of {n} numbers that can be compared got worse or better in a quarter.": (
            "비교할 수 있는 수치 {n}개 가운데 한 분기 동안 나빠지거나 좋아진 것이 없습니다."
        ),
        "The one number that can be compared got neither worse nor better in a quarter.": (
            "비교할 수 있는 수치 하나는 한 분기 동안 나빠지지도 좋아지지도 않았습니다."
        ),
        "Severest findings: {which}.": "가장 심각한 발견 항목: {which}.",
        # what became of a number
        "not measured now": "지금은 측정되지 않음",
        "not measured a quarter ago": "한 분기 전에는 측정되지 않음",
        "no snapshot from a quarter ago": "한 분기 전의 스냅샷 없음",
        "measured in another way a quarter ago": "한 분기 전에는 다른 방식으로 측정함",
        "looked at for the newest snapshot only": "최신 스냅샷에서만 살펴봄",
        "nothing measured": "측정된 것 없음",
        "within a twentieth": "20분의 1 이내",
        "within half a day": "반나절 이내",
        "within one thing of {n}": "{n}개 중 하나 이내",
        "it rests on one thing": "하나에서만 셈",
        # what moved, and what to do first
        "No snapshot is from a quarter ago. A scan of a repository with more history looks back by itself.": (
            "한 분기 전의 스냅샷이 없습니다. 이력이 더 긴 저장소는 스캔할 때 저절로 과거도 살펴봅니다."
        ),
        "No number got worse or better.": "나빠지거나 좋아진 수치가 없습니다.",
        "{n} {n:number|numbers} more moved: see the page Debts.": (
            "그 밖에 수치 {n}개가 달라졌습니다. ‘부채’ 페이지를 보세요."
        ),
        "The heaviest open finding of each signal: its severity, times how often its file changes.": (
            "신호마다 가장 무거운 열린 항목입니다. 무게는 심각도에 파일이 바뀌는 횟수를 곱한 값입니다."
        ),
        "No signal could look for single places.": "위치를 찾는 신호가 살펴볼 수 있는 것이 없었습니다.",
        "No open finding: no signal that looks for single places found one that nobody accepts.": (
            "열린 항목이 없습니다. 위치를 찾는 신호가 수용되지 않은 항목을 찾지 못했습니다."
        ),
        "and {n} more like it": "외 비슷한 것 {n}곳",
        "effort {size}": "노력 {size}",
        # the figure and its files
        "Only a small part of a real system is ML code: the filled box. The area of a box follows its lines of code; "
        "the smallest are drawn larger, so that they can be read. Pick a box to see its files.": (
            "실제 시스템에서 ML 코드는 작은 부분, 곧 색을 채운 칸입니다. 칸의 넓이는 코드 줄 수를 따르며, 아주 작은 "
            "칸은 읽을 수 있도록 더 크게 그립니다. 칸을 고르면 파일이 보입니다."
        ),
        "No code to draw": "그릴 코드가 없습니다",
        "No file of this commit is program code, a test or configuration, or none could be read.": (
            "이 커밋에 프로그램 코드, 테스트, 설정 파일이 없거나 읽을 수 없었습니다."
        ),
        "{lines} lines · {share}": "{lines}줄 · {share}",
        "none seen": "보이지 않음",
        "{files} {files:file|files}, {lines} {lines:line|lines} of code": "파일 {files}개, 코드 {lines}줄",
        "not read:": "읽지 않음:",
        "Findings are listed for scans only, not for snapshots made from history.": (
            "발견 항목은 스캔한 스냅샷에서만 나열하며, 이력에서 만든 스냅샷에는 없습니다."
        ),
        "Files are listed for scans only, not for snapshots made from history.": (
            "파일은 스캔한 스냅샷에서만 나열하며, 이력에서 만든 스냅샷에는 없습니다."
        ),
        "{first} to {last} of {total}": "{total}개 중 {first}~{last}",
        # pictures
        "This snapshot was stored before such pictures were kept. The next scan keeps them.": (
            "이런 그림을 보관하기 전에 저장한 스냅샷입니다. 다음 스캔부터 보관합니다."
        ),
        "Who reads and writes data is followed for the newest commit alone, where the code names any.": (
            "누가 데이터를 읽고 쓰는지는 최신 커밋에서만, 코드에 이름이 있을 때 따라갑니다."
        ),
        "No branches are kept of this snapshot: git does not remember which stood in the past, or none did.": (
            "이 스냅샷에 보관된 브랜치가 없습니다. "
            "git은 과거에 어떤 브랜치가 있었는지 기억하지 않거나, 하나도 없었습니다."
        ),
        "There are no topic branches to draw: work goes straight to the default branch.": (
            "그릴 토픽 브랜치가 없습니다. 작업이 곧바로 기본 브랜치로 갑니다."
        ),
        "{n} {n:topic branch|topic branches}": "토픽 브랜치 {n}개",
        "{n} active": "진행 중 {n}개",
        "{n} merged": "병합 {n}개",
        "{n} abandoned": "버려짐 {n}개",
        "A bar runs from a branch’s first commit to its last; dots are the silence since.": (
            "막대는 브랜치의 첫 커밋부터 마지막 커밋까지이고, 점은 그 뒤로 멈춘 기간입니다."
        ),
        "No change of models, features or their settings was seen in the year before.": (
            "지난 1년 동안 모델, 피처와 그 설정의 변경이 보이지 않았습니다."
        ),
        "Of {n} changes of models, features and their settings in a year, {measured} wrote committed metrics, {tested} "
        "more changed a test or a check of data with it, {neither} neither.": (
            "1년 동안 모델, 피처와 그 설정의 변경 {n}건 가운데 {measured}건은 커밋된 지표를 남겼고, "
            "그 밖에 {tested}건은 테스트나 데이터 검사를 함께 바꾸었으며, {neither}건은 둘 다 하지 않았습니다."
        ),
        "Of {n} changes of models, features and their settings in a year, {tested} changed a test or a check of data "
        "with it, {neither} neither. No metrics are committed, so whether a change was measured is not known.": (
            "1년 동안 모델, 피처와 그 설정의 변경 {n}건 가운데 {tested}건은 테스트나 데이터 검사를 함께 바꾸었고, "
            "{neither}건은 그렇지 않았습니다. 커밋된 지표가 없어 변경을 측정했는지는 알 수 없습니다."
        ),
        "One model is trained here by a known name: {name}, so no two can be compared.": (
            "여기서 이름을 아는 모델 하나만 학습하므로 둘을 비교할 수 없습니다: {name}."
        ),
        "No job was seen to train a model of a known name.": "이름을 아는 모델을 학습하는 작업이 보이지 않습니다.",
        "Fewer than five newcomers began in either of the last two years: groups under five are not shown.": (
            "최근 두 해 모두 새 팀원이 다섯 명보다 적게 왔습니다. 다섯 명 미만은 보여 주지 않습니다."
        ),
        "Of {n} who {began}, {third} had come to a third change {weeks} weeks on, {tenth} to a tenth.": (
            "{began} 새 팀원 {n}명 가운데 {weeks}주까지 세 번째 변경에 이른 비율은 {third}, "
            "열 번째 변경에 이른 비율은 {tenth}입니다."
        ),
        "began in the last 12 months": "최근 12개월에 시작한",
        "began 13 to 24 months ago": "13~24개월 전에 시작한",
        "an estimated {share}": "추정 {share}",
        "Whoever made one change and left counts too. Who began lately counts for the weeks that were had "
        "(Kaplan-Meier).": (
            "변경 하나만 만들고 떠난 사람도 셉니다. 최근에 시작한 사람은 지낸 주만큼 셉니다(Kaplan-Meier)."
        ),
        # evidence
        "{n} more {n:number|numbers}": "수치 {n}개 더",
        "{n} more": "{n}개 더",
        "{n} more on the page Debts, at its kind of debt.": "{n}개가 ‘부채’ 페이지의 그 종류에 더 있습니다.",
        "{n} {n:question|questions}": "질문 {n}개",
        "Answer on the page Debts, at the kind of debt.": "‘부채’ 페이지의 그 종류에서 답하세요.",
        "Kinds of debt ({seen} of {total} seen)": "부채 종류({total}개 중 {seen}개 살펴봄)",
        "None found": "찾지 못함",
        "None found in the part that was seen": "살펴본 부분에서 찾지 못함",
        "Remedies in use": "사용 중인 대책",
        "Remedies present, use not seen": "있지만 사용은 보이지 않는 대책",
        "Remedies not seen": "보이지 않는 대책",
        "Nothing here measures it yet: what is known of it, people know.": (
            "아직 이것을 측정하는 신호가 없습니다. 아는 것은 사람들뿐입니다."
        ),
        "what makes this system quick or slow to learn.": "이 시스템을 빨리 또는 더디게 배우게 하는 것.",
        "how settings are written, checked and kept: evidence of the questions below.": (
            "설정을 쓰고 검사하고 보관하는 방법. 아래 질문들의 근거입니다."
        ),
        "All branches, and how long they have been silent": "모든 브랜치와 멈춘 기간",
        "All that makes this system quick or slow to learn": "이 시스템을 빨리 또는 더디게 배우게 하는 모든 것",
        "How settings are written, checked and kept": "설정을 쓰고 검사하고 보관하는 방법",
        "{profile}, scoring {version}": "{profile}, 판정 규칙 {version}",
        # the portfolio
        "{n} {n:repository|repositories}": "저장소 {n}개",
        "{n} got worse": "나빠짐 {n}개",
        "{n} got better": "좋아짐 {n}개",
        "{n} did not change": "변화 없음 {n}개",
        "{n} cannot be compared": "비교할 수 없음 {n}개",
        "{n} worse": "나빠짐 {n}개",
        "{n} better": "좋아짐 {n}개",
        "{way}: was {number}": "{way}: 이전 {number}",
        "{change} on {day}": "{change} ({day})",
        "one year: {change}": "1년: {change}",
        "since {days}": "{days} 대비",
        "{n} of {total} fit the filter.": "{total}개 가운데 {n}개가 필터에 맞습니다.",
        "letter of its graded parts alone": "척도가 있는 부분만의 등급",
        "Newest as of {day} (UTC).": "가장 최근 기준은 {day} (UTC)입니다.",
        "A number heads the answer to each question; better and worse count these alone. Each is compared with the "
        "snapshot nearest to a quarter before its own, whose day the row names. Two repositories may be headed by "
        "different numbers: read what each is.": (
            "질문마다 그 답의 대표 수치가 있고, 좋아짐과 나빠짐은 이 수치만 셉니다. "
            "수치는 저마다 자기 스냅샷보다 한 분기 전에 가장 가까운 스냅샷과 비교하며, 그 날짜는 행에 있습니다. "
            "저장소마다 대표 수치가 다를 수 있으니 무엇의 수치인지 읽으세요."
        ),
        "None of the {n} repositories fits the filter.": "저장소 {n}개 가운데 필터에 맞는 것이 없습니다.",
        # debts
        "{measured} of the paper’s {total} kinds of debt are measured, {unknown} unknown, {asked} for the team to "
        "answer.": (
            "논문의 부채 종류 {total}개 가운데 측정된 것 {measured}개, 알 수 없는 것 {unknown}개, "
            "팀이 답할 것 {asked}개입니다."
        ),
        "Findings are counted where a signal looks for single places of a kind.": (
            "발견 항목은 그 종류의 위치를 찾는 신호가 있을 때 셉니다."
        ),
        "Section {number}": "{number}장",
        "List {n} {n:finding|findings}": "발견 항목 {n}개 보기",
        "No signal looks for single places of this kind: what is known of it stands above.": (
            "이 종류의 위치를 찾는 신호가 없습니다. 아는 것은 위에 있습니다."
        ),
        "Places of this kind could not be looked for: the reason stands above.": (
            "이 종류의 위치를 찾을 수 없었습니다. 이유는 위에 있습니다."
        ),
        "{n} {n:finding|findings} counted, but lighter than all that are kept of this snapshot.": (
            "발견 항목 {n}개를 세었지만, 이 스냅샷에 보관한 것보다 가볍습니다."
        ),
        "Looked for, and none was found. What a signal cannot see is told on the scorecard.": (
            "찾아보았지만 없었습니다. 신호가 볼 수 없는 것은 성적표에 적혀 있습니다."
        ),
        "None of the {n} listed findings fits the filter.": "발견 항목 {n}개 가운데 필터에 맞는 것이 없습니다.",
        "The heaviest {n} of {total} are kept and listed.": "{total}개 가운데 가장 무거운 {n}개를 보관하고 나열합니다.",
        "{n} {n:number|numbers}": "수치 {n}개",
        "{n} unknown": "알 수 없음 {n}개",
        "{n} {n:question|questions} for the team": "팀에 묻는 질문 {n}개",
        "The heaviest first: severity, times how often the file was changed in the last 365 days, which is the "
        "interest. Effort is a size: {sizes}.": (
            "가장 무거운 것부터: 심각도에 최근 365일 동안 파일이 바뀐 횟수(이자)를 곱합니다. "
            "노력은 크기입니다: {sizes}."
        ),
        "why it matters, and how to pay it off": "중요한 까닭과 갚는 법",
        "age not known": "나이를 알 수 없음",
        "line last changed {day}": "줄을 마지막으로 고친 날 {day}",
        "lines last changed {day}": "줄을 마지막으로 고친 날 {day}",
        "changes of the file not known": "파일이 바뀐 횟수를 알 수 없음",
        "file not changed in a year": "파일이 1년 동안 바뀌지 않음",
        "file changed once in a year": "파일이 1년 동안 1번 바뀜",
        "file changed {n} times in a year": "파일이 1년 동안 {n}번 바뀜",
        "accepted by {owner} until {until} ({reason})": "{owner}, {until}까지 수용({reason})",
        "the acceptance by {owner} ran out after {until}": "{owner}: 수용 기한이 {until}에 지남",
        # what a team states
        "An answer holds until its day, then it is to be asked again. None of them makes a number or a letter.": (
            "답은 기한까지 유효하고, 그 뒤에는 다시 물어야 합니다. 답은 수치나 등급을 만들지 않습니다."
        ),
        "An answer needs its words, and who says so.": "답에는 내용과 말한 사람이 있어야 합니다.",
        "What should people know about this debt that cannot be measured?": (
            "이 부채에 대해 측정할 수 없지만 알아야 할 것은 무엇인가요?"
        ),
        # the navigation
        "All repositories: what got worse comes first.": ("모든 저장소. 나빠진 것부터 보입니다."),
        "The five questions answered, and what to do first.": "다섯 가지 질문의 답과 먼저 할 일.",
        "The paper’s kinds of debt, and each place found.": "논문의 부채 종류와 찾은 위치.",
        "What data rests on what, and how sure one can be of it.": "데이터의 의존 관계와 그 확실함.",
        "The debt review of a quarter: prepared, held and closed here.": (
            "분기 부채 검토를 여기서 준비하고 열고 끝냅니다."
        ),
        "What runs, waits and failed in the background.": "배경에서 실행 중이거나 기다리거나 실패한 것.",
        "What is set here, and where; language and time zone.": "여기서 무엇을 어디에 설정했는지, 언어와 시간대.",
    }
)
