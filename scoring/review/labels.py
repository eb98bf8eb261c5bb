"""The words of a review that its record does not hold, in both languages of the product.

What the record holds by an id is said anew by `forms`; what it holds as a sentence (findings, reasons, what people
typed) stands as it was written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from scoring.debts import Words
from scoring.review import words
from scoring.review.record import AnswerLine, Decision, Flow, Place, Record

_WAYS: Mapping[str, str] = {
    "worse": "▼ 나빠짐",
    "better": "▲ 좋아짐",
    "same": "거의 같음",
    "moved": "달라짐",
    "unknown": "비교할 것 없음",
}
# Where the English is empty, English is put together elsewhere: its plurals need more than a template.
_LABELS: Mapping[str, Words] = {
    "review": Words("Debt review", "부채 검토"),
    "review of": Words("{repository}, debt review of {day}", "{repository}, {day} 부채 검토"),
    "open": Words(
        "Open, as of {day}: {decisions}, {answers}.", "진행 중({day} 기준): 결정 {decisions}건, 답한 질문 {answers}개."
    ),
    "closed": Words(
        "Closed on {day}: {decisions}, {answers}.", "{day} 종료: 결정 {decisions}건, 답한 질문 {answers}개."
    ),
    "closed by": Words("Closed by {by}.", "종료한 사람: {by}."),
    "closed on": Words("Closed on {day}. Digest {digest}.", "{day} 종료. 다이제스트 {digest}."),
    "between": Words(
        "Then {then} of {then_day}, now {now} of {now_day} (UTC).",
        "이전 {then} ({then_day}), 현재 {now} ({now_day}), UTC.",
    ),
    "then and now in days": Words(
        "Then {then} of {then_day}, now {now} of {now_day}.", "이전 {then} ({then_day}), 현재 {now} ({now_day})."
    ),
    "no commit": Words("no commit", "커밋 없음"),
    "seen of": Words("{seen} of {total}", "{total}개 중 {seen}개"),
    "closed on by": Words("Closed on {day} by {by}; digest {digest}", "{day} 종료, {by}; 다이제스트 {digest}"),
    "decisions": Words("Decisions", "결정"),
    "none yet": Words("None yet.", "아직 없습니다."),
    "agenda": Words("Agenda", "안건"),
    "agenda 45": Words("Agenda: 45 minutes", "안건: 45분"),
    "minutes": Words("{n} min", "{n}분"),
    "five answers": Words("The five answers", "다섯 가지 답"),
    "not the code": Words("Not a change of the code", "코드의 변화가 아닌 것"),
    "same commit": Words(
        "Both snapshots are of one commit: only ages, branches and what was looked at differ.",
        "두 스냅샷은 같은 커밋입니다. 경과 시간, 브랜치, 살펴본 범위만 다릅니다.",
    ),
    "flows": Words("Debt taken on and paid", "새로 진 부채와 갚은 부채"),
    "not listed then": Words(
        "What was taken on and paid since {day} is not known place by place: that snapshot was made from history, "
        "which counts places and lists none. The next review, between two scans, will tell it.",
        "{day} 이후 새로 진 부채와 갚은 부채는 항목별로 알 수 없습니다. 그 스냅샷은 이력에서 만든 것이어서 항목의 "
        "수만 있고 목록은 없습니다. 두 번의 스캔 사이를 보는 다음 검토에서 알 수 있습니다.",
    ),
    "what moved": Words("What moved the answers", "답을 움직인 것"),
    "what moved them": Words("What moved them", "답을 움직인 것"),
    "new places": Words("The heaviest new places", "가장 무거운 새 항목"),
    "heaviest places": Words("The heaviest places", "가장 무거운 항목"),
    "some not known": Words("", "그 밖에 새로 생긴 것인지 알 수 없는 항목이 있습니다. 이유:"),
    "none known": Words("", "아래 항목이 새로 생긴 것인지는 알 수 없습니다. 이유:"),
    "not known in full": Words("", "{kinds}: 일부만 알 수 있습니다. 이유:"),
    "carried": Words("Actions carried over", "넘어온 할 일"),
    "goals": Words("Goals", "목표"),
    "ran out": Words("Ran out", "기한이 지난 것"),
    "questions": Words("Questions only people can answer", "사람만 답할 수 있는 질문"),
    "to commit": Words("To commit in .github/mldebt.yml", ".github/mldebt.yml에 커밋할 내용"),
    "once it stands": Words(
        "What was accepted counts as accepted once this stands there:",
        "아래 내용이 그 파일에 들어가야 수용한 것으로 셉니다.",
    ),
    "once it stands in": Words(
        "What was accepted counts as accepted once this stands in `.github/mldebt.yml`:",
        "아래 내용이 `.github/mldebt.yml`에 들어가야 수용한 것으로 셉니다.",
    ),
    "how to read": Words("How to read this", "읽는 방법"),
    "reading": Words(
        "A letter is the weakest part's, and there is none while fewer than half of the parts have a proven scale. "
        "“C (B to E)” says what the unseen parts leave open. Unknown is never zero. ▲ better and ▼ worse speak of the "
        "code; what only the way of judging moved is said apart. A place weighs its severity times how often its file "
        "changed in a year.",
        "등급은 가장 약한 부분의 등급이며, 검증된 척도가 있는 부분이 절반이 안 되면 등급이 없습니다. "
        "“C (B to E)”는 보지 못한 부분에 따라 달라질 수 있는 범위입니다. 알 수 없음은 0이 아닙니다. "
        "▲ 좋아짐과 ▼ 나빠짐은 코드에 대한 말이며, 판정 방식만 달라진 것은 따로 적습니다. "
        "한 곳의 무게는 심각도에 그 파일이 1년 동안 바뀐 횟수를 곱한 값입니다.",
    ),
    "rests on": Words("What this rests on", "근거"),
    "basis": Words(
        "{name}: snapshot {digest}, {made}, scales {profile}, scoring {scoring}",
        "{name}: 스냅샷 {digest}, {made}, 척도 {profile}, 판정 규칙 {scoring}",
    ),
    "from history": Words("made from history", "이력에서 만듦"),
    "scanned": Words("scanned", "스캔함"),
    "Then": Words("Then", "이전"),
    "Now": Words("Now", "현재"),
    "Decision": Words("Decision", "결정"),
    "What": Words("What", "내용"),
    "Owner": Words("Owner", "담당자"),
    "Due": Words("Due", "기한"),
    "Topic": Words("Topic", "주제"),
    "What there is": Words("What there is", "다룰 내용"),
    "Minutes": Words("Minutes", "시간(분)"),
    "Question": Words("Question", "질문"),
    "Answer": Words("Answer", "답"),
    "Letter": Words("Letter", "등급"),
    "Number": Words("Number", "수치"),
    "Parts seen": Words("Parts seen", "살펴본 부분"),
    "Change": Words("Change", "변화"),
    "Kind of debt": Words("Kind of debt", "부채 종류"),
    "Debt": Words("Debt", "부채"),
    "Taken on": Words("Taken on", "새로 짐"),
    "Paid": Words("Paid", "갚음"),
    "Severity": Words("Severity", "심각도"),
    "Place": Words("Place", "위치"),
    "Effort": Words("Effort", "노력"),
    "Outcome": Words("Outcome", "결과"),
    "About": Words("About", "대상"),
    "What was said": Words("What was said", "말한 내용"),
    "By": Words("By", "말한 사람"),
    "Until": Words("Until", "기한"),
    "none": Words("", "없음"),
    "judged anew": Words("", "{told}, 새 규칙으로 {then}, 현재 {now}"),
    "then and now": Words("", "{then}, 현재 {now}"),
    "unknown": Words("unknown", "알 수 없음"),
    "no change": Words("no change", "변화 없음"),
    "no letter": Words("No letter.", "등급 없음."),
    "letter": Words("Letter: {letter}.", "등급: {letter}."),
    "then and now of": Words("Then and now: {number}.", "이전과 현재: {number}."),
    "parts": Words("{seen} of {total} parts seen.", "{total}개 부분 가운데 {seen}개를 살펴봄."),
    "order": Words(words.ORDER, "심각도에 1년 동안 파일이 바뀐 횟수를 곱한 순서입니다."),
    "changes": Words("", "1년 동안 {n}번 바뀜"),
    "changes not known": Words("", "바뀐 횟수를 알 수 없음"),
    "accepted of": Words("", "{now} (수용 {accepted})"),
    "more": Words("And {n} more.", "그 밖에 {n}건."),
    "more in json": Words("And {n} more, which JSON lists.", "그 밖에 {n}건이 더 있으며, JSON에 모두 있습니다."),
    "and more": Words("and {n} more", "그 밖에 {n}건"),
    "pay off": Words("Pay it off: {how}", "갚는 법: {how}"),
    "no owner": Words("no owner", "담당자 없음"),
    "who": Words("{owner}, holds until {until}", "{owner}, {until}까지 유효"),
    "who by": Words("{owner}, due {due}, holds until {until}", "{owner}, 기한 {due}, {until}까지 유효"),
    "not answered": Words("Not answered.", "답하지 않았습니다."),
    "not answered yet": Words("Not answered yet.", "아직 답하지 않았습니다."),
    "write on": Words("Owner: ____________ Due: ____________", "담당자: ____________ 기한: ____________"),
    "due by": Words("{owner}, due {due}", "{owner}, 기한 {due}"),
    "until": Words("{owner}, until {until}", "{owner}, {until}까지"),
    "place": Words(
        "{title}: {severity}, effort {effort}, {changes}.", "{title}: 심각도 {severity}, 노력 {effort}, {changes}."
    ),
    "done": Words("Done.", "완료."),
    "dropped": Words("Dropped.", "그만둠."),
    "refactor": Words("Refactor", "리팩터링"),
    "supervise": Words("Supervise", "관찰"),
    "critical": Words("Critical", "신규 금지"),
    "accept": Words("Accept", "수용"),
    "stays": Words("it stays: {why}", "그대로 두는 이유: {why}"),
    "intended": Words("taken on knowingly", "알고서 진 부채"),
    "test-data": Words("there for tests", "테스트를 위한 곳"),
    "remediated": Words("dealt with in a way that cannot be seen", "보이지 않는 방법으로 해결함"),
    "not-applicable": Words("the rule is wrong here", "여기에는 규칙이 맞지 않음"),
    "not-supported": Words("what would pay it off is not to be had", "갚을 방법이 아직 없음"),
    "held": Words("held", "지켜짐"),
    "broken": Words("broken", "어긋남"),
    "open outcome": Words("open", "진행 중"),
    "ran out outcome": Words("ran out", "기한 지남"),
    "not measurable": Words("not measurable", "측정할 수 없음"),
    "low": Words("low", "낮음"),
    "medium": Words("medium", "보통"),
    "high": Words("high", "높음"),
    "new": Words("new", "새로 생김"),
    "gone": Words("gone", "사라짐"),
    "was": Words("was", "이전"),
}


class Speech(NamedTuple):
    """How a review is said to one reader. `around` is the language of the page that it stands in."""

    language: str = "en"
    around: str = ""  # empty: the page is of the same language

    @property
    def is_korean(self) -> bool:
        return Words("", "ko").in_language(self.language) == "ko"

    @property
    def tag(self) -> str:
        """For `lang` attributes."""
        return "ko" if self.is_korean else "en"

    def __call__(self, label: str, **values: object) -> str:
        return _LABELS[label].in_language(self.language).format(**values)

    def marked(self, html: str) -> str:
        """HTML in the reader's language, marked where the page around it is of another."""
        return f'<span lang="{self.tag}">{html}</span>' if html and self.around not in ("", self.tag) else html

    def english(self, html: str) -> str:
        """HTML that stays English, marked where the page around it is Korean."""
        return f'<span lang="en">{html}</span>' if html and (self.around or self.tag) == "ko" else html

    def word(self, known: str) -> str:
        """One of the program's own words that the record holds; any other stays as it is."""
        ids = {"open": "open outcome", "ran out": "ran out outcome"}
        found = _LABELS.get(ids.get(known, known))
        return found.in_language(self.language) if found is not None and self.is_korean else known

    def way(self, word: str) -> str:
        return _WAYS[word] if self.is_korean else words.WORDS[word]

    def change(self, line: AnswerLine) -> str:
        """What became of an answer, in a word or three."""
        told = words.change_word(line)
        return self("no change") if told == words.NO_CHANGE else self.way(line.word)

    def changes(self, one: Place) -> str:
        """How often its file changes."""
        if not self.is_korean:
            return words.changes(one)
        return self("changes not known") if one.interest is None else self("changes", n=f"{one.interest:,}")

    def places(self, one: Record) -> str:
        return self("new places" if one.places_are_new else "heaviest places")

    def headline(self, one: Record) -> str:
        if not self.is_korean:
            return words.headline(one)
        counted = len(one.decisions), sum(bool(row.answer) for row in one.asked)
        state, day = ("closed", one.closed) if one.closed else ("open", one.day)
        return self(state, day=day, decisions=counted[0], answers=counted[1])

    def letters(self, line: AnswerLine) -> str:
        """What became of the letter: the judging told apart from the code."""
        told = words.letters(line)
        if not self.is_korean or told == line.now:
            return told
        if told == words.NO_LETTER:
            return self("none")
        if line.is_judged_anew:
            return self("judged anew", told=line.told, then=line.then, now=line.now)
        return self("then and now", then=line.then, now=line.now)

    def subject(self, one: Decision) -> str:
        """What was decided on; and of what is accepted, why it stays."""
        if not one.reason:
            return one.title
        why = self(one.reason) if one.reason in _LABELS else one.reason
        return f"{one.title} ({self('stays', why=why)})"

    def balance(self, one: Flow) -> tuple[str, ...]:
        """Then, taken on, paid, now."""
        *cells, now = words.balance(one)
        if one.accepted and self.is_korean:
            now = self("accepted of", now=now.partition(" (")[0], accepted=f"{one.accepted:,}")
        return *map(self.word, cells), self.word(now)

    def places_note(self, one: Record) -> tuple[str, str]:
        """Ours, and the reason, which stays English: of which places it is not known whether they are new."""
        if not self.is_korean or not one.places_why:
            return words.places_note(one), ""
        return self("some not known" if one.places_are_new else "none known"), f"{one.places_why}."

    def not_listed(self, one: Record) -> str:
        """Why a first review cannot tell places; empty where it can."""
        return self("not listed then", day=one.before.day) if words.lists_none(one) else ""

    def flow_notes(self, one: Record) -> list[tuple[str, str]]:
        """Ours, and the reason, which stays English: why it is not known in full what came and went."""
        if not self.is_korean:
            return [(note, "") for note in words.flow_notes(one)]
        kinds: dict[str, list[str]] = {}
        for flow in one.flows:
            if flow.why:
                kinds.setdefault(flow.why, []).append(flow.title)
        return [(self("not known in full", kinds=", ".join(titles)), f"{why}.") for why, titles in kinds.items()]


ENGLISH = Speech()
