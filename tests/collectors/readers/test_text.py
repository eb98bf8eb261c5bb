"""Bytes into text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collectors.readers.text import decoded, is_binary

KOREAN = "# 모델"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        (KOREAN.encode("utf-16"), KOREAN),
        (b"\xfe\xff" + KOREAN.encode("utf-16-be"), KOREAN),
        (b"\xff\xfe\0\0" + KOREAN.encode("utf-32-le"), KOREAN),
        (b"# coding: latin-1\n# \xe9", "# coding: latin-1\n# é"),
        (b"#!x\n# -*- coding: euc-kr -*-\n" + KOREAN.encode("euc-kr"), "#!x\n# -*- coding: euc-kr -*-\n" + KOREAN),
        (b"# coding: utf-8\n\xe9", "# coding: utf-8\né"),
        (b"# coding: no-such-thing\n\xe9", "# coding: no-such-thing\né"),
        (b"# coding: zlib_codec\n\xe9", "# coding: zlib_codec\né"),
        (b"# coding: idna\n\xe9", "# coding: idna\né"),
        (b"\xe9", "é"),
    ],
)
def test_encodings(content: bytes, text: str) -> None:
    assert decoded(content) == text


@given(st.binary())
def test_every_content_is_some_text_with_one_kind_of_line_end(content: bytes) -> None:
    assert "\r" not in decoded(content)


def test_binary_is_what_git_takes_for_it() -> None:
    assert is_binary(b"a\0b")
    assert not is_binary(b"a" * 8_000 + b"\0")
    assert not is_binary("a".encode("utf-16"))
