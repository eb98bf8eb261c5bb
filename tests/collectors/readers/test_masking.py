"""Secrets and people do not leave the readers; what only looks like one to a careless eye stays."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.facts.settings import ValueKind
from collectors.readers.masking import is_random, is_secret_name, masked
from tests.collectors.readers.settings_by_hand import read, values

RANDOM = "q7Zt9XbK2mWv5RyL8pNc3HdJ"  # made up here, of no service


@pytest.mark.parametrize(
    "name",
    ["password", "DB_PASSWORD", "dbPassword", "api_key", "apiKey", "API-KEY", "access_key_id", "secret", "SECRET_KEY",
     "aws_secret_access_key", "auth_token", "token", "hf_token", "client_secret", "private_key", "credentials",
     "connection_string", "storage_account_key", "smtp_pass", "SENTRY_DSN"],
)  # fmt: skip
def test_these_names_hold_secrets(name: str) -> None:
    assert is_secret_name(name)


@pytest.mark.parametrize(
    "name",
    ["max_tokens", "tokenizer", "pad_token", "mask_token", "num_tokens", "token_type", "primary_key", "key", "keys",
     "foreign_key",
     "sort_key", "passes", "bypass", "compass", "author", "secretary", "monkey", "special_tokens", "pass"],
)  # fmt: skip
def test_these_names_do_not(name: str) -> None:
    assert not is_secret_name(name)


def test_a_value_under_a_secret_name_is_not_kept_whatever_its_type() -> None:
    summary = read("a.yaml", "db:\n  password: hunter2\n  pin_token: 1234\n  port: 5432\n  use_password: true\n")
    assert {row.name: (row.value, row.kind) for row in summary.keys} == {
        "db.password": (None, ValueKind.SECRET),
        "db.pin_token": (None, ValueKind.SECRET),
        "db.port": (5432, ValueKind.INTEGER),
        "db.use_password": (True, ValueKind.BOOLEAN),
    }


@pytest.mark.parametrize(
    "value",
    ["${DB_PASSWORD}", "$TOKEN", "${{ secrets.TOKEN }}", "{{ var }}", "<your token>", "${oc.env:TOKEN}", "", "none"],
)
def test_a_reference_to_a_secret_is_none(value: str) -> None:
    assert masked(value, ("token",)) == value


def test_a_reference_with_a_value_to_fall_back_to_is_one() -> None:
    assert masked("${DB_PASSWORD:-hunter2}", ("password",)) is None


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("postgres://me:hunter2@host/db", "postgres://***@host/db"),
        ("https://ghtoken@host.org/x.git", "https://***@host.org/x.git"),
        ("Server=x;Password=hunter2;", "Server=x;Password=***;"),
        ("https://x.org/?sig=abcdef&a=1", "https://x.org/?sig=***&a=1"),
        ("curl --token=abcdefgh x", "curl --token=*** x"),
        ("AKIA" + "IOSFODNN7EXAMPLE", "***"),
        ("use ghp_" + "a1B2" * 9 + " now", "use *** now"),
        (RANDOM, "***"),
        ("x bf20f8639d760e07d2bfac162d47fdf77b74626f", "x ***"),
        ("ada@example.org", "***"),
        ("Ada <ada@example.org>", "Ada <***>"),
    ],
)
def test_what_looks_like_a_secret_or_a_person_is_cut_out(value: str, shown: str) -> None:
    assert masked(value) == shown


@pytest.mark.parametrize(
    "value",
    [
        "s3://bucket/datasets/imagenet_2012/train-00001-of-01024.tfrecord",
        "lightning.pytorch.loggers.csv_logs.CSVLogger",
        "facebook/wav2vec2-large-960h-lv60-self",
        "python:3.11@sha256:" + "0123456789abcdef" * 4,
        "actions/checkout@" + "0123456789abcdef0123456789abcdef01234567",
        "git@github.com:a/b.git",
        "2026-11-24T10:20:30.123456",
        "The quick brown fox jumps over the lazy dog, 42 times.",
        "MyVeryLongClassNameForTraining2",
        "src/features/build_features_for_customers.py",
    ],
)
def test_what_is_none_stays(value: str) -> None:
    assert masked(value) == value


def test_a_hash_that_names_content_stays() -> None:
    digest = "0123456789abcdef" * 2
    assert masked(digest, ("outs", "[0]", "md5")) == digest
    assert masked(digest, ("session",)) == "***"


def test_people_are_not_kept() -> None:
    text = '[project]\nauthors = [{name = "Ada L", email = "ada@example.org"}]\nname = "x"\n'
    assert values("pyproject.toml", text) == {
        "project.authors[0].name": None,
        "project.authors[0].email": None,
        "project.name": "x",
    }


def test_a_secret_of_kubernetes_and_a_named_value_are_not_kept() -> None:
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: x}\ndata: {user: YWRh, any: aGk=}\n"
    assert values("a.yaml", text) == {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata.name": "x",
        "data.user": None,
        "data.any": None,
    }
    text = "env:\n- name: DB_PASSWORD\n  value: hunter2\n- name: HOST\n  value: db\n- TOKEN=hunter2\n"
    assert values("a.yaml", text) == {
        "env[0].name": "DB_PASSWORD",
        "env[0].value": None,
        "env[1].name": "HOST",
        "env[1].value": "db",
        "env[2]": "TOKEN=***",
    }


MADE_UP = ["kTX6T5bC6O3hDpHJanr4VjXi", "kha2mn82r7HQm6Q73swkjesLaQutYDtD", "kd8bU0bWwJacl7mU56vvGWgUX1c6fvL4v5Httlej"]
"""Letters and digits drawn here by chance; they open nothing."""
SECRETS = {
    "a.yaml": "password: {0}\nx: {0}\n{0}: 1\n<<: {0}\nextends: {0}\ninclude: {0}.yaml\n"
    "command: python {0}.py --token {0}\nimage: {0}\n",
    "a.json": '{{"password": "{0}", "x": ["{0}"], "{0}": 1}}',
    "a.toml": 'password = "{0}"\nx = "{0}"\n{0} = 1\n',
    "a.ini": "[{0}]\npassword = {0}\nx = {0}\n{0} = 1\n",
    "a.gin": "password = '{0}'\nf.x = '{0}'\nf.y = ['{0}']\ninclude '{0}'\n",
    ".env": "X={0}\nY='{0}\n{0}='\nexport Z=\"{0}\n{0}=\"\n{0}=\n",
    "requirements.txt": "--extra-index-url https://u:{0}@x/simple\na @ git+https://{0}@x/a.git\n"
    "b @ https://u:{0}@x/b.whl\n-r https://u:{0}@x/r.txt\n",
    "Dockerfile": "FROM a\nARG TOKEN={0}\nENV PASSWORD {0}\nRUN TOKEN={0} python x.py --token {0} https://u:{0}@x/y.py\n",
    "Makefile": "TOKEN={0}\na:\n\tpython x.py --token $(TOKEN) https://u:{0}@x/y.py\n",
    "x.sh": "export TOKEN={0}\npython x.py $TOKEN\npython https://u:{0}@x/y.py\n",
    ".github/workflows/a.yml": "env:\n  TOKEN: {0}\njobs:\n  a:\n    steps:\n"
    "    - run: python x.py --token {0}\n      env: {{PASSWORD: {0}}}\n",
    "dvc.yaml": "stages:\n  a:\n    cmd: python x.py {0}\n    deps: ['https://u:{0}@x/y']\n",
    "a.dvc": "deps:\n- url: x\n  path: y\n  repo: {{url: 'https://u:{0}@x/y.git', rev_lock: abc}}\n",
    "pyproject.toml": '[project]\ndependencies = ["a @ git+https://u:{0}@x/a.git"]\n'
    '[tool.poetry.dependencies]\nb = {{git = "https://u:{0}@x/b.git"}}\n',
}


@pytest.mark.parametrize("path", SECRETS)
@pytest.mark.parametrize("secret", MADE_UP)
def test_a_secret_leaves_no_reader(path: str, secret: str) -> None:
    summary = read(path, SECRETS[path].format(secret))
    assert summary.unread is None
    assert secret not in repr(summary)


def test_random_texts_are_told_from_words() -> None:
    drawn = Random(2015)
    letters = [is_random(urlsafe_b64encode(drawn.randbytes(30)).decode()) for _ in range(300)]
    assert sum(letters) > 0.8 * len(letters)
    digits = [is_random(drawn.randbytes(16).hex()) for _ in range(300)]
    assert sum(digits) > 0.98 * len(digits)


@given(st.text(max_size=300), st.lists(st.text(max_size=20), max_size=3))
def test_any_value_is_survived_and_masking_twice_changes_nothing_more(value: str, above: list[str]) -> None:
    once = masked(value, above)
    assert once is None or masked(once, above) in {once, None}
