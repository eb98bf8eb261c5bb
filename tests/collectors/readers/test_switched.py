"""Names that code turns on, or lets people turn on."""

import pytest

from collectors.facts.words import ANY_OPTION, number_of, numbers_in
from collectors.readers.switched import switched


@pytest.mark.parametrize(
    "text",
    [
        "f(use_it=True)",
        "def f(use_it: bool = True): pass",
        '{"use_it": True}',
        'cfg["use_it"] = True',
        "use_it: true_or_false = True",
        'add_argument("--use-it", action="store_true")',
        '@click.option("--use_it", is_flag=True)',
        'flags.DEFINE_bool("use_it", False, "words")',
    ],
)
def test_each_way_to_turn_it_on(text: str) -> None:
    assert number_of("use_it") in numbers_in(switched(text))


@pytest.mark.parametrize("text", ["f(use_it=False)", "if use_it is True: f()", "use_it = flag", "use_it"])
def test_what_is_not_turned_on(text: str) -> None:
    assert number_of("use_it") not in numbers_in(switched(text))


@pytest.mark.parametrize(
    "text", ['add_argument(f"--{name}")', 'add_argument("--" + name)', "fire.Fire(main)", "c.merge_from_list(o)"]
)
def test_options_of_whatever_there_is(text: str) -> None:
    assert number_of(ANY_OPTION) in numbers_in(switched(text))
