from __future__ import annotations

import pytest

from tests.lineage_by_hand import seen

ARGPARSE = """
    import argparse
    import pandas as pd

    def main():
        parser = argparse.ArgumentParser()
        parser.add_argument("--input-path", "-i", default="data/default.csv")
        parser.add_argument("output")
        parser.add_argument("--fast", action="store_true")
        args = parser.parse_args()
        frame = pd.read_csv(args.input_path)
        if args.fast:
            frame.to_csv("fast.csv")
        else:
            frame.to_csv(args.output)

    if __name__ == "__main__":
        main()
"""


def test_argparse_takes_its_values_from_the_words():
    assert seen(ARGPARSE, "--input-path", "a.csv", "b.csv") == ["r a.csv", "w b.csv"]
    assert seen(ARGPARSE, "b.csv", "-i", "a.csv") == ["r a.csv", "w b.csv"]
    assert seen(ARGPARSE, "--input-path=a.csv", "b.csv", "--fast") == ["r a.csv", "w fast.csv"]
    assert seen(ARGPARSE, "b.csv") == ["r data/default.csv", "w b.csv"]


def test_without_the_words_defaults_are_known_and_the_rest_is_said_to_be_given():
    assert seen(ARGPARSE, open_=True) == ["r data/default.csv", "w ?", "w fast.csv"]


def test_sys_argv():
    code = """
        import sys
        import pandas as pd
        if len(sys.argv) != 3:
            sys.exit(1)
        pd.read_csv(sys.argv[1]).to_csv(sys.argv[2])
    """
    assert seen(code, "a.csv", "b.csv") == ["r a.csv", "w b.csv"]
    assert seen(code, "a.csv") == []
    assert seen(code, open_=True) == ["r ?", "w ?"]


def test_subcommands_of_argparse():
    code = """
        import argparse
        import pandas as pd
        def make(args):
            pd.read_csv(args.path)
        def drop(args):
            pd.read_json("drop.json")
        parser = argparse.ArgumentParser()
        below = parser.add_subparsers(dest="what")
        one = below.add_parser("make")
        one.add_argument("--path", default="made.csv")
        one.set_defaults(func=make)
        other = below.add_parser("drop")
        other.set_defaults(func=drop)
        args = parser.parse_args()
        args.func(args)
    """
    assert seen(code, "make", "--path", "a.csv") == ["r a.csv"]
    assert seen(code, "drop") == ["r drop.json"]
    assert seen(code, open_=True) == ["r drop.json", "r made.csv"]


def test_click():
    code = """
        import click
        import pandas as pd
        @click.command()
        @click.argument("source", type=click.Path())
        @click.option("--out", "-o", "target", default="out.csv")
        def main(source, target):
            pd.read_csv(source).to_csv(target)
        if __name__ == "__main__":
            main()
    """
    assert seen(code, "a.csv", "-o", "b.csv") == ["r a.csv", "w b.csv"]
    assert seen(code, open_=True) == ["r ?", "w out.csv"]


def test_groups_of_click():
    code = """
        import click
        import pandas as pd
        @click.group()
        def cli():
            pass
        @cli.command()
        @click.option("--path", default="one.csv")
        def one(path):
            pd.read_csv(path)
        @cli.command()
        def other():
            pd.read_csv("other.csv")
        if __name__ == "__main__":
            cli()
    """
    assert seen(code, "one", "--path", "a.csv") == ["r a.csv"]
    assert seen(code, open_=True) == ["r one.csv", "r other.csv"]


def test_typer():
    code = """
        import typer
        import pandas as pd
        app = typer.Typer()
        @app.command()
        def make(source: str, target: str = typer.Option("out.csv")):
            pd.read_csv(source).to_csv(target)
        @app.command()
        def drop(path: str = "drop.csv"):
            pd.read_csv(path)
        if __name__ == "__main__":
            app()
    """
    assert seen(code, "make", "a.csv", "--target", "b.csv") == ["r a.csv", "w b.csv"]
    assert seen(code, "drop") == ["r drop.csv"]
    assert seen(code.replace("app()", "typer.run(make)"), "a.csv") == ["r a.csv", "w out.csv"]


def test_fire():
    code = """
        import fire
        import pandas as pd
        class Pipeline:
            def __init__(self, root="data"):
                self.root = root
            def make(self, name, target="out.csv"):
                pd.read_csv(f"{self.root}/{name}.csv").to_csv(target)
        if __name__ == "__main__":
            fire.Fire(Pipeline)
    """
    assert seen(code, "make", "a", "--target=b.csv") == ["r data/a.csv", "w b.csv"]
    assert seen(code, "make", "--name", "a") == ["r data/a.csv", "w out.csv"]


def test_flags_of_absl():
    code = """
        from absl import app, flags
        import pandas as pd
        FLAGS = flags.FLAGS
        flags.DEFINE_string("source", "a.csv", "help")
        def main(_):
            pd.read_csv(FLAGS.source)
        if __name__ == "__main__":
            app.run(main)
    """
    assert seen(code) == ["r a.csv"]
    assert seen(code, "--source=b.csv") == ["r b.csv"]


def test_the_environment_gives_its_default_or_says_its_name():
    head = "import os\nimport pandas as pd\n"
    code = f"{head}pd.read_csv(os.getenv('A', 'a.csv'))\npd.read_csv(os.environ.get('B', 'b.csv'))\n"
    assert seen(code) == ["r a.csv", "r b.csv"]
    assert seen(head + "pd.read_csv(os.environ['A'])\n") == ["r ?"]


def test_dataclasses_as_options():
    code = """
        from dataclasses import dataclass
        from transformers import HfArgumentParser
        import pandas as pd
        @dataclass
        class Args:
            source: str
            target: str = "b.csv"
        (args,) = HfArgumentParser(Args).parse_args_into_dataclasses()
        pd.read_csv(args.source).to_csv(args.target)
    """
    assert seen(code, "--source", "a.csv") == ["r a.csv", "w b.csv"]
    assert seen(code, open_=True) == ["r ?", "w b.csv"]


CONFIG = """
    import argparse, yaml
    parser = argparse.ArgumentParser()
    parser.add_argument("--config-path", required=True)
    with open(parser.parse_args().config_path) as file:
        open(yaml.safe_load(file)["data"])
"""


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"params.yaml": "data: a.csv", ".pre-commit-config.yaml": "x: 1"}, ["r a.csv", "r params.yaml"]),
        ({"conf/config.yml": "data: a.csv", "params.yaml": "x: 1"}, ["r a.csv", "r conf/config.yml"]),
        ({"a/config.yml": "data: a.csv", "b/config.yml": "data: b.csv"}, ["r ?"]),
        ({"params.yaml": "data: a.csv", "settings.yaml": "data: b.csv"}, ["r ?"]),
        ({"docker-compose.yaml": "data: a.csv"}, ["r ?"]),
    ],
)
def test_an_option_that_names_a_settings_file_means_the_only_one_there_is(files, found):
    assert seen(CONFIG, files=files, open_=True) == found
    assert seen(CONFIG, "--config-path", "x.yaml", files=files) == ["r ?", "r x.yaml"]


def test_a_settings_file_that_is_the_default_but_not_there_is_the_only_one_of_its_name():
    code = CONFIG.replace("required=True", 'default="params.yaml"')
    assert seen(code, files={"config/params.yaml": "data: a.csv"}, open_=True) == ["r a.csv", "r config/params.yaml"]
    assert seen(code, files={"config/params.yaml": "data: a.csv"}) == ["r ?", "r params.yaml"]
