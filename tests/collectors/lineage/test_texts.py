from __future__ import annotations

import pytest

from tests.lineage_by_hand import seen

READ = "import pandas as pd\n"


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("pd.read_csv('a/b.csv')", "a/b.csv"),
        ("pd.read_csv('a' + '/' + 'b.csv')", "a/b.csv"),
        ("d = 'a'\npd.read_csv(f'{d}/b.csv')", "a/b.csv"),
        ("pd.read_csv('%s/b_%02d.csv' % ('a', 3))", "a/b_03.csv"),
        ("pd.read_csv('%(d)s/b.csv' % {'d': 'a'})", "a/b.csv"),
        ("pd.read_csv('{}/{name}.csv'.format('a', name='b'))", "a/b.csv"),
        ("pd.read_csv('{0}/{1:03d}.csv'.format('a', 7))", "a/007.csv"),
        ("pd.read_csv('/'.join(['a', 'b.csv']))", "a/b.csv"),
        ("pd.read_csv('A/B.CSV'.lower())", "a/b.csv"),
        ("pd.read_csv('a/x.csv'.replace('x', 'b'))", "a/b.csv"),
        ("pd.read_csv('a/b.csv.gz'.split('.gz')[0])", "a/b.csv"),
        ("pd.read_csv('xa/b.csv'[1:])", "a/b.csv"),
        ("n = 3\npd.read_csv(f'a/{n:>03}.csv')", "a/003.csv"),
        ("pd.read_csv('a/' + str(2 + 1) + '.csv')", "a/3.csv"),
    ],
)
def test_a_text_that_is_put_together_of_constants_is_known(code, name):
    assert seen(READ + code) == [f"r {name}"]


def test_what_is_not_known_of_a_text_is_a_hole():
    assert seen(READ + "import time\npd.read_csv(f'a/{time.time()}.csv')") == ["r a/◌.csv"]


def test_a_text_that_is_all_holes_is_no_name():
    assert seen(READ + "pd.read_csv(f'{input()}.csv')") == ["r ?"]


def test_a_format_does_not_make_a_long_text():
    assert seen(READ + "pd.read_csv(f'a/{1:999999999}.csv')") == ["r a/◌.csv"]
    assert seen(READ + "pd.read_csv('a/%999999999d.csv' % 1)")
    (only,) = seen(READ + "pd.read_csv('a' * 10 ** 9)")
    assert len(only) < 500


def test_what_a_loop_counts_or_looks_for_is_not_its_start():
    code = """
        step, best = 0, 0.0
        for batch in loader():
            step += 1
            if score(batch) > best:
                best = score(batch)
            open(f"out/step-{step}/best_{best:.2f}.csv", "w")
        open(f"out/best_{best:.2f}.csv", "w")
    """
    assert seen(code) == ["w out/best_◌.csv", "w out/step-◌/best_◌.csv"]


def test_a_text_is_no_list():
    code = """
        def name():
            return "size"
        if isinstance(name(), list):
            for part in name():
                open(f"{part}.csv")
        else:
            open(f"{name()}.csv")
    """
    assert seen(code) == ["r size.csv"]
