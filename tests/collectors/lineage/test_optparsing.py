"""optparse: options with their defaults, and the words beside them."""

from __future__ import annotations

from tests.lineage_by_hand import seen

CODE = """
    from optparse import OptionGroup, OptionParser, make_option
    import pandas as pd

    def main():
        parser = OptionParser("usage: %prog [options] TABLE", option_list=[make_option("--kept", default="kept.csv")])
        parser.add_option("-o", "--out", dest="out_dir", default="made")
        parser.add_option("-q", dest="quick", action="store_true", default=False)
        parser.add_option(make_option("--made", dest="listed"))
        group = OptionGroup(parser, "more")
        group.add_option("--more", default="more.csv")
        parser.add_option_group(group)
        (options, args) = parser.parse_args()
        frame = pd.read_csv(args[0])
        pd.read_csv(options.more)
        pd.read_csv(options.kept)
        if options.listed:
            pd.read_csv(options.listed)
        if not options.quick:
            frame.to_csv(f"{options.out_dir}/table.csv")

    if __name__ == "__main__":
        main()
"""


def test_words_go_to_their_options_and_what_is_left_is_told_by_its_place():
    assert seen(CODE, "a.csv") == ["r a.csv", "r kept.csv", "r more.csv", "w made/table.csv"]
    assert seen(CODE, "-o", "b", "a.csv", "--more=c.csv") == ["r a.csv", "r c.csv", "r kept.csv", "w b/table.csv"]
    assert seen(CODE, "--made", "l.csv", "a.csv", "-q") == ["r a.csv", "r kept.csv", "r l.csv", "r more.csv"]


def test_without_the_words_defaults_are_known_and_what_has_none_is_given():
    assert seen(CODE, open_=True) == ["r ?", "r kept.csv", "r more.csv", "w made/table.csv"]
