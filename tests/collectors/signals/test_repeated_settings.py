"""Settings that a file gives twice."""

from collectors.facts.declarations import Declarations, Declared, declarations
from collectors.facts.files import FileKind, Place
from collectors.readers.declarations import read_settings_file
from collectors.signals.repeated_settings import repeated_settings
from scoring.signal import Measurement
from tests.builders import file, tree


def measured(text: str, path: str = "params.yaml", place: Place = Place.CONFIGURATION) -> Measurement:
    found = read_settings_file(path, text.encode())
    assert found
    files = tree(file(path, kind=FileKind.CONFIGURATION, place=place))
    return repeated_settings(files, declarations([Declared(path, found)], [path]))


def test_a_key_that_stands_twice_in_one_table_is_a_place() -> None:
    found = measured("train:\n  depth: 3\n  trees: 1\n  depth: 5\n")
    assert (found.value, found.n) == (1, 1)
    (spot,) = found.spots
    assert (spot.path, spot.line, spot.snippet, spot.key) == ("params.yaml", 4, "depth", "train.depth")
    assert spot.note == "first in line 2"


def test_json_is_read_too() -> None:
    assert measured('{"a": 1,\n "a": 2}\n', "params.json").value == 1


def test_two_tables_may_share_names() -> None:
    assert measured("a:\n  depth: 3\nb:\n  depth: 5\n").value == 0
    assert measured("base: &b\n  depth: 3\nb:\n  <<: *b\n  depth: 5\n").value == 0


def test_sections_of_ini_may_come_again_and_files_of_tools_are_no_settings() -> None:
    assert measured("[a]\nx = 1\n[a]\nx = 2\n", "net.cfg").value is None
    assert measured("a: 1\na: 2\n", "ci.yaml", Place.PROCESS_MANAGEMENT).value is None
    assert repeated_settings(tree(), Declarations()).value is None
