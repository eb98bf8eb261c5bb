"""Names that occur in texts, kept as numbers of 32 bits: a word more in two million reads as one that is there."""

from __future__ import annotations

import sys
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable
from zlib import crc32

UNPACKED = "**"
"""Before the name of a mapping that is unpacked into a call."""

ANY_OPTION = "--*"
"""Among names that can be turned on: all of them, on the command line."""


def digest(words: Iterable[bytes]) -> str:
    """Four bytes a word, little end first, in base64."""
    numbers = array("I", sorted(set(map(crc32, words))))
    if sys.byteorder == "big":
        numbers.byteswap()
    return b64encode(numbers.tobytes()).decode()


def numbers_in(text: str) -> array[int]:
    """What `digest` wrote. Raises ValueError for anything else."""
    numbers = array("I")
    numbers.frombytes(b64decode(text))
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def number_of(name: str) -> int:
    """Of a name however it is written: `learning_rate`, `LEARNING_RATE` and `learningRate` are one."""
    return crc32(name.replace("_", "").lower().encode("utf-8", "surrogateescape"))
