"""No secret comes through, whatever stands around it."""

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.finding.masking import MASK, masked

LETTERS = string.ascii_letters + string.digits


def of(letters: str, least: int, most: int) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=least, max_size=most)


VARIABLE = re.compile(r"\$[A-Z_][A-Z0-9_]*")  # names a secret, holds none
PASSWORD = of(LETTERS + "!#$%^*_-+.", 6, 30).filter(lambda word: not VARIABLE.fullmatch(word))
KEYS = {
    "AWS key id": of(string.ascii_uppercase + string.digits, 16, 16).map("AKIA{}".format),
    "GitHub token": st.builds("gh{}_{}".format, st.sampled_from("pousr"), of(LETTERS, 36, 36)),
    "GitHub fine-grained token": of(LETTERS + "_", 40, 82).map("github_pat_{}".format),
    "GitLab token": of(LETTERS, 20, 20).map("glpat-{}".format),
    "Slack token": of(string.digits + "-", 20, 30).map("xoxb-{}".format),
    "Google key": of(LETTERS + "_-", 35, 35).map("AIza{}".format),
    "Stripe key": of(LETTERS, 24, 24).map("sk_live_{}".format),
    "model provider's key": of(LETTERS, 40, 48).map("sk-{}".format),
    "Hugging Face token": of(LETTERS, 34, 34).map("hf_{}".format),
    "JSON web token": st.builds("eyJ{}.{}.{}".format, of(LETTERS, 20, 30), of(LETTERS, 20, 30), of(LETTERS, 20, 30)),
}
AROUND = ["{}", "x = '{}'", 'call("{}", 3)', "# {} is mine", "key: {}\n", 'a = [\n    "{}",\n]', "export A={} && run"]


@pytest.mark.parametrize("kind", KEYS)
@given(data=st.data(), around=st.sampled_from(AROUND))
def test_an_issued_key_is_known_by_its_form(kind: str, data: st.DataObject, around: str):
    key = data.draw(KEYS[kind])
    shown = masked(around.format(key))
    assert key not in shown
    assert key[-8:] not in shown
    assert MASK in shown


ASSIGNED = [
    "password={}", "password = '{}'", 'PASSWORD="{}"', "passwd: {}", "db_password: '{}'", '{{"password": "{}"}}',
    "connect(host='h', password='{}')", "config['password'] = '{}'", "API_KEY={}", "api-key: {}", 'secret = f"{}"',
    "aws_secret_access_key = {}", "client_secret='''{}'''", "password = (\n            '{}'\n)", 'if token == "{}":',
    "DB_PASS={}", "https://x.example/?token={}&a=1", "Server=h;Uid=u;Pwd={};", "AccountKey={};EndpointSuffix=x",
]  # fmt: skip


@given(PASSWORD, st.sampled_from(ASSIGNED))
def test_what_is_assigned_to_a_secret_name_is_not_shown(word: str, form: str):
    shown = masked(form.format(word))
    assert MASK in shown
    assert word not in shown


@given(
    PASSWORD.filter(lambda word: "#" not in word),
    st.sampled_from(["https", "postgresql+psycopg", "redis", "mongodb+srv", "amqp", "s3"]),
)
def test_an_address_keeps_its_host_and_loses_its_password(word: str, scheme: str):
    shown = masked(f"engine = create_engine('{scheme}://user:{word}@db.example:5432/shop')")
    assert shown == f"engine = create_engine('{scheme}://user:{MASK}@db.example:5432/shop')"


def test_a_user_without_a_password_may_be_a_token():
    assert masked("git clone https://0123456789@host.example/a.git") == f"git clone https://{MASK}@host.example/a.git"


def test_after_the_head_of_a_pem_block_nothing_is_shown_up_to_its_end():
    block = "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nabc+/=\n-----END RSA PRIVATE KEY-----"
    assert (
        masked(f"KEY = '''{block}'''")
        == f"KEY = '''-----BEGIN RSA PRIVATE KEY-----{MASK}-----END RSA PRIVATE KEY-----'''"
    )
    assert masked("-----BEGIN OPENSSH PRIVATE KEY-----\nMIIEow") == f"-----BEGIN OPENSSH PRIVATE KEY-----{MASK}"


def test_a_line_from_the_middle_of_a_key_is_not_shown():
    assert masked("    MIIEpAIBAAKCAQEA3Tz2mr7SZiAMfQyuvBjM9Oi80e4p/Xn5c2pWl+8b7AOLFRYK") == f"    {MASK}"
    assert masked("x('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY')") == f"x('{MASK}')"
    assert masked("k = '9a0364b9e99bb480dd25e1f0284c8555'") == f"k = '{MASK}'"


@pytest.mark.parametrize(
    "code",
    [
        "max_tokens = 512",
        "tokenizer = AutoTokenizer.from_pretrained(name)",
        "password = os.environ['PASSWORD']",
        "token: str | None = None",
        "def login(user: str, password: str) -> None:",
        "password=settings.password,",
        "PASSWORD=$DB_PASSWORD",
        "token = ${{ secrets.TOKEN }}",
        "from src.shelfcast.models.gradient_boosting_regressor import GradientBoostingRegressorWithExtraTrees",
        "test_a_very_long_name_of_a_test_that_goes_on_and_on_2()",
        "x = data/processed/2024/train_features_v2.parquet",
        "https://github.com/owner/name/blob/main/a.py",
        "a @ b.T",
    ],
)
def test_code_without_a_secret_stays_as_it_is(code: str):
    assert masked(code) == code


@given(st.text(max_size=300))
def test_masking_twice_changes_nothing_more(text: str):
    assert masked(masked(text)) == masked(text)


def test_only_the_beginning_of_a_long_text_is_looked_at():
    assert len(masked("a " * 100_000)) == 4_000
