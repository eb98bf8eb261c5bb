from collectors.facts.files import File, FileKind, Place
from collectors.signals.ml_code_share import ml_code_share
from tests.builders import file, tree

ML = file("train.py", 50, place=Place.ML_CODE)
SERVING = file("api.py", 150, place=Place.SERVING)


def unplaced(lines: int) -> File:
    return file("misc.py", lines, place=Place.UNCLASSIFIED)


def test_ml_code_is_counted_against_all_own_lines():
    found = ml_code_share(tree(ML, SERVING, file("big.csv", 9999, kind=FileKind.DATA)))
    assert (found.value, found.n, found.coverage) == (0.25, 200, 1)
    assert [(row.subject, row.number) for row in found.evidence] == [("train.py", 50)]
    assert dict(found.details) == {"lines: ml_code": 50, "lines: serving": 150}


def test_lines_that_fit_no_box_are_in_the_whole_and_lower_the_coverage():
    found = ml_code_share(tree(ML, SERVING, unplaced(200)))
    assert (found.value, found.seen, found.total) == (0.125, 200, 400)


def test_files_that_could_not_be_read_lower_the_coverage_by_their_number():
    gone = file("gone.py", 0, place=Place.UNCLASSIFIED)
    gone = gone._replace(summary=gone.summary._replace(unread="missing"))
    found = ml_code_share(tree(ML, SERVING, gone, gone._replace(path="lost.py")))
    assert (found.value, found.seen, found.total) == (0.25, 100, 200)
    assert found.note.endswith("files left unread: 2")


def test_more_than_half_without_a_box_is_unknown():
    found = ml_code_share(tree(ML, SERVING, unplaced(201)))
    assert found.value is None
    assert "half" in found.reason


def test_many_tests_do_not_hide_that_the_system_itself_fits_no_box():
    tests = file("test_misc.py", 1000, kind=FileKind.TEST, place=Place.TESTS)
    assert ml_code_share(tree(SERVING, unplaced(151), tests)).value is None
    assert ml_code_share(tree(SERVING, unplaced(150), tests)).value == 0


def test_a_system_without_ml_code_has_none_of_it():
    assert ml_code_share(tree(SERVING)).value == 0


def test_no_lines_are_unknown():
    assert ml_code_share(tree(file("train.py", 0, place=Place.ML_CODE))).value is None
