"""Classes that train or predict, and what they inherit."""

import pytest

from collectors.facts.files import FileKind
from collectors.facts.units import Unit
from collectors.signals.interface_coverage import interface_coverage
from tests.builders import tree
from tests.collectors.signals.files_with_units import with_units


def model(name: str, *bases: str, methods: tuple[str, ...] = ("fit", "predict")) -> Unit:
    return Unit(name, 1, 9, is_class=True, bases=bases, methods=methods)


BARE = model("Alone")
NETS = [model(name, "torch.nn.Module", methods=("forward",)) for name in ("A", "B", "C")]


def measured(*classes: Unit):
    return interface_coverage(tree(with_units("models.py", *classes)))


def test_the_base_of_a_package_is_an_interface_and_none_is_none():
    found = measured(*NETS, BARE)
    assert (found.value, found.n) == (0.75, 4)
    assert [(row.subject, row.note) for row in found.evidence] == [("models.py", "Alone has no interface")]
    assert dict(found.details) == {"a base of a package": 3, "no interface": 1}


def test_a_base_of_the_project_that_two_share_is_one_and_is_not_counted_itself():
    base = model("Model", "abc.ABC")
    found = measured(base, model("A", "Model"), model("B", "shop.models.Model"), BARE)
    assert (found.value, found.n) == (2 / 3, 3)
    assert dict(found.details)["a base shared in the project"] == 2


def test_a_base_with_one_heir_is_shared_by_nobody():
    assert measured(model("Model"), model("A", "Model"), BARE, model("Other")).value == 0


def test_a_base_with_one_heir_that_has_an_interface_passes_it_on():
    found = measured(model("Net", "torch.nn.Module"), model("A", "Net"), BARE)
    assert (found.value, found.n) == (2 / 3, 3)


def test_a_protocol_counts_by_name_and_by_its_methods():
    protocol = model("Predicts", "typing.Protocol", methods=("predict",))
    found = measured(protocol, model("A", "Predicts"), model("B"), model("C", methods=("fit",)))
    assert (found.value, found.n) == (2 / 3, 3)
    assert dict(found.details) == {"a protocol of the project": 2, "no interface": 1}


@pytest.mark.parametrize("base", ["object", "abc.ABC", "typing.Generic", "dict", "threading.Thread"])
def test_plain_classes_are_no_interface(base: str) -> None:
    assert measured(BARE, model("A", base), *NETS[:1]).value == pytest.approx(1 / 3)


def test_a_base_that_is_not_found_lowers_the_coverage():
    found = measured(*NETS, model("A", "Starred"))
    assert (found.value, found.n, found.seen, found.total) == (1, 3, 3, 4)


def test_tests_inner_classes_and_classes_that_neither_train_nor_predict_do_not_count():
    rows = (model("A.Inner"), model("Reader", methods=("read",)), *NETS)
    found = interface_coverage(
        tree(with_units("a.py", *rows), with_units("test_a.py", BARE, model("B"), kind=FileKind.TEST))
    )
    assert (found.value, found.n) == (1, 3)


def test_two_classes_are_too_few():
    assert measured(BARE, NETS[0]).value is None
