"""The paper's figure 1 for one repository: where each box stands, and how large it is.

Only a small part of a real system is ML code. In the paper it is the small box in the middle; here the area of
every box follows its lines. Source: Sculley et al. 2015, figure 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from collectors.facts.files import Place
from scoring.debts import Words
from scoring.wording import ENGLISH, Numbers

WIDTH, HEIGHT = 720.0, 440.0  # the narrowest wide figure, in pixels: percentages are taken of it
PHONE_WIDTH, PHONE_HEIGHT = 340.0, 760.0
LEAST = (112.0, 60.0)  # a box smaller than this can't hold its name and number


class PlaceWords(NamedTuple):
    name: Words
    sentence: Words


PLACES: Mapping[Place, PlaceWords] = {
    Place.CONFIGURATION: PlaceWords(
        Words("Configuration", "설정"),
        Words("Settings, parameters and environment files.", "설정값, 매개변수, 환경 파일입니다."),
    ),
    Place.DATA_COLLECTION: PlaceWords(
        Words("Data collection", "데이터 수집"),
        Words("Code that fetches, loads and stores data.", "데이터를 가져오고 읽고 저장하는 코드입니다."),
    ),
    Place.DATA_VERIFICATION: PlaceWords(
        Words("Data verification", "데이터 검증"),
        Words("Checks of schemas, ranges and distributions.", "스키마, 범위, 분포를 확인하는 코드입니다."),
    ),
    Place.FEATURE_EXTRACTION: PlaceWords(
        Words("Feature extraction", "피처 추출"),
        Words("Raw data made into what a model reads.", "원본 데이터를 모델 입력으로 바꾸는 코드입니다."),
    ),
    Place.ML_CODE: PlaceWords(
        Words("ML code", "ML 코드"),
        Words("Models, losses, training and evaluation.", "모델, 손실 함수, 학습과 평가 코드입니다."),
    ),
    Place.ANALYSIS_TOOLS: PlaceWords(
        Words("Analysis tools", "분석 도구"),
        Words("Plots, notebooks and reports for looking.", "그래프, 노트북, 보고서입니다."),
    ),
    Place.PROCESS_MANAGEMENT: PlaceWords(
        Words("Process management", "프로세스 관리"),
        Words("Pipelines, schedules and build steps.", "파이프라인, 스케줄, 빌드 단계입니다."),
    ),
    Place.RESOURCE_MANAGEMENT: PlaceWords(
        Words("Resource management", "자원 관리"),
        Words("Machines, clusters, containers and quotas.", "머신, 클러스터, 컨테이너, 할당량입니다."),
    ),
    Place.SERVING: PlaceWords(
        Words("Serving", "서빙"),
        Words("What hands predictions to others.", "예측을 다른 곳에 제공하는 코드입니다."),
    ),
    Place.MONITORING: PlaceWords(
        Words("Monitoring", "모니터링"),
        Words("Metrics, logs and alerts of the running system.", "운영 중인 시스템의 지표, 로그, 경보입니다."),
    ),
    Place.TESTS: PlaceWords(
        Words("Tests", "테스트"),
        Words(
            "Tests of the code. The paper's figure has no box for them.", "코드 테스트입니다. 논문의 그림에는 없습니다."
        ),
    ),
    Place.UNCLASSIFIED: PlaceWords(
        Words("Not placed", "분류하지 못함"),
        Words(
            "Code whose place in the figure could not be told from its path, imports or calls.",
            "경로, 임포트, 호출만으로는 그림에서의 위치를 알 수 없던 코드입니다.",
        ),
    ),
}


class Box(NamedTuple):
    place: Place
    files: int
    lines: int
    share: float  # of all lines in the figure, 0 to 1


class Rect(NamedTuple):
    """Left, top, width, height in percent of the figure."""

    left: float
    top: float
    width: float
    height: float


Way = Literal["row", "column"]
WAYS: tuple[Way, ...] = ("row", "column")


@dataclass(frozen=True, slots=True)
class Group:
    """Boxes side by side ("row") or one above the other ("column"); where free, whichever leaves more room."""

    way: Way  # where free: the way for which room is always kept
    inside: tuple[Group | Place, ...]
    is_free: bool = False


LEFT = Place.CONFIGURATION
MIDDLE = Group(
    "column",
    (
        Group("row", (Place.DATA_COLLECTION, Place.DATA_VERIFICATION), is_free=True),
        Group("row", (Place.FEATURE_EXTRACTION, Place.ML_CODE, Place.RESOURCE_MANAGEMENT)),
        Group("row", (Place.ANALYSIS_TOOLS, Place.PROCESS_MANAGEMENT), is_free=True),
    ),
)
RIGHT = Group("column", (Place.SERVING, Place.MONITORING), is_free=True)
BELOW = Group("row", (Place.TESTS, Place.UNCLASSIFIED))
WIDE = Group("column", (Group("row", (LEFT, MIDDLE, RIGHT)), BELOW))
NARROW = Group("column", (LEFT, MIDDLE, RIGHT, BELOW))


def boxes(counted: Mapping[Place, tuple[int, int]]) -> tuple[Box, ...]:
    """Every box of the figure, in the paper's order, from (files, lines) by place. What was not seen is 0."""
    total = sum(lines for _, lines in counted.values())
    found = ((place, *counted.get(place, (0, 0))) for place in Place)
    return tuple(Box(place, files, lines, lines / total if total else 0.0) for place, files, lines in found)


def wide(drawn: Sequence[Box]) -> dict[Place, Rect]:
    """The figure for a desk: three columns around the ML code, tests and the unplaced below."""
    return _percent(WIDE, drawn, WIDTH, HEIGHT)


def narrow(drawn: Sequence[Box]) -> dict[Place, Rect]:
    """The figure for a phone: the same groups, one above the other."""
    return _percent(NARROW, drawn, PHONE_WIDTH, PHONE_HEIGHT)


def _percent(tree: Group, drawn: Sequence[Box], width: float, height: float) -> dict[Place, Rect]:
    lines = {box.place: float(box.lines) for box in drawn}
    placed = _in_proportion(_place(tree, lines, Rect(0, 0, width, height)), lines)
    across, down = 100 / width, 100 / height
    return {
        place: Rect(r.left * across, r.top * down, r.width * across, r.height * down) for place, r in placed.items()
    }


def _in_proportion(cells: Mapping[Place, Rect], lines: Mapping[Place, float]) -> dict[Place, Rect]:
    """Each box in the middle of its cell, its area in proportion to its lines, but never under LEAST."""
    scale = min((cells[p].width * cells[p].height / lines[p] for p in cells if lines[p]), default=0.0)
    return {place: _shrunk(cell, scale * lines[place]) for place, cell in cells.items()}


def _shrunk(cell: Rect, area: float) -> Rect:
    """A rectangle of this area in the middle of its cell, of the cell's shape as far as LEAST allows."""
    width = _held(cell.width * (area / (cell.width * cell.height)) ** 0.5, LEAST[0], cell.width)
    height = _held(area / width, LEAST[1], cell.height)
    width = _held(area / height, LEAST[0], cell.width)
    return Rect(cell.left + (cell.width - width) / 2, cell.top + (cell.height - height) / 2, width, height)


def _held(value: float, least: float, most: float) -> float:
    return min(most, max(least, value))


def _place(node: Group | Place, lines: Mapping[Place, float], rect: Rect) -> dict[Place, Rect]:
    if isinstance(node, Place):
        return {node: rect}
    if node.is_free:
        return max((_place(Group(way, node.inside), lines, rect) for way in WAYS), key=_room)
    is_row = node.way == "row"
    length = rect.width if is_row else rect.height
    sizes = _divided(
        length,
        [_weight(child, lines) for child in node.inside],
        [_least(child)[0 if is_row else 1] for child in node.inside],
    )
    found: dict[Place, Rect] = {}
    start = rect.left if is_row else rect.top
    for child, size in zip(node.inside, sizes, strict=True):
        inner = Rect(start, rect.top, size, rect.height) if is_row else Rect(rect.left, start, rect.width, size)
        found |= _place(child, lines, inner)
        start += size
    return found


def _room(placed: Mapping[Place, Rect]) -> float:
    """How well the tightest box holds its label; 1 or more where all fit."""
    return min(min(rect.width / LEAST[0], rect.height / LEAST[1]) for rect in placed.values())


def _weight(node: Group | Place, lines: Mapping[Place, float]) -> float:
    return lines.get(node, 0.0) if isinstance(node, Place) else sum(_weight(child, lines) for child in node.inside)


def _least(node: Group | Place) -> tuple[float, float]:
    """The smallest width and height that leaves every box inside readable."""
    if isinstance(node, Place):
        return LEAST
    inside = [_least(child) for child in node.inside]
    widths, heights = [size[0] for size in inside], [size[1] for size in inside]
    return (sum(widths), max(heights)) if node.way == "row" else (max(widths), sum(heights))


def _divided(length: float, weights: Sequence[float], least: Sequence[float]) -> list[float]:
    """`length` shared by weight, where no part falls under its least. Equal shares where it can't be met."""
    if sum(least) >= length:
        return [length * part / sum(least) for part in least]
    fixed: dict[int, float] = {}
    while True:
        free = [i for i in range(len(weights)) if i not in fixed]
        rest, weight = length - sum(fixed.values()), sum(weights[i] for i in free)
        shares = {i: rest * weights[i] / weight if weight else rest / len(free) for i in free}
        tight = {i: least[i] for i in free if shares[i] < least[i]}
        if not tight:
            return [(fixed | shares)[i] for i in range(len(weights))]
        fixed |= tight


def percent(share: float, numbers: Numbers = ENGLISH) -> str:
    """ "34 %"; what is there but rounds to nothing is "<1 %"."""
    return f"<{numbers.share('1')}" if 0 < share < 0.01 else numbers.share(f"{share * 100:.0f}")


def css(drawn: Sequence[Box], picked: Place | None) -> str:
    """Where the buttons with the keys `box_…` stand, on a desk and on a phone, and which one is picked."""
    lines = [_rule(place, rect) for place, rect in wide(drawn).items()]
    narrower = [_rule(place, rect) for place, rect in narrow(drawn).items()]
    quiet = "background: transparent; border-style: dotted;"
    lines += [f".st-key-figure .st-key-box_{box.place} button {{{quiet}}}" for box in drawn if not box.files]
    rules = f"{''.join(lines)}@container page (max-width: 720px) {{{''.join(narrower)}}}"
    if picked is not None:
        rules += (
            f".st-key-figure .st-key-box_{picked} button {{outline: 3px solid var(--md-link); outline-offset: -1px;}}"
        )
    return rules


def _rule(place: Place, rect: Rect) -> str:
    left, top, width, height = (f"{side:.3f}%" for side in rect)
    return f".st-key-figure .st-key-box_{place} {{left: {left}; top: {top}; width: {width}; height: {height};}}"
