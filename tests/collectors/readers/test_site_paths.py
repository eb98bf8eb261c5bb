"""Paths of one machine."""

import pytest

from collectors.facts.sites import SiteKind
from tests.collectors.readers.sites_by_hand import kinds


@pytest.mark.parametrize(
    "path",
    [
        "/home/ada/data/train.csv",
        "/Users/ada/Desktop/a b.csv",
        "C:/Users/ada/a.csv",
        "C:\\\\Users\\\\ada\\\\a.csv",
        "D:/backup/a.csv",
    ],
)
def test_a_home_and_a_drive_are_of_one_machine(path: str) -> None:
    assert kinds(f'frame = "{path}"') == [SiteKind.LOCAL_PATH]


@pytest.mark.parametrize(
    "path",
    [
        "/home/jovyan/a.csv",
        "/home/user/data/a.csv",
        "/home/ada",
        "/home/azureuser/data/a.csv",
        "/home/oracle/oracleScripts",
        "/home/linuxbrew/.linuxbrew/Cellar/jmeter/",
        "C:/Users/username/data/a.csv",
        "C:/Users/Desktop/input_dir",
        "c:\\\\Users\\\\username\\\\crack\\\\a",
        "/mnt/models/a.bin",
        "/tmp/a.csv",  # noqa: S108
        "/dev/shm/x",  # noqa: S108
        "data/home/ada/a.csv",
        "/home/ada/a.csv was not found: give a path!",
        "C:/Windows/Fonts/arial.ttf",
        "https://example.com/home/ada/x",
    ],
)
def test_others_are_not(path: str) -> None:
    assert kinds(f'frame = "{path}"') == []


def test_a_docstring_holds_no_path() -> None:
    assert kinds('"""/home/ada/data/train.csv"""') == []


def test_the_beginning_of_an_f_string_is_one() -> None:
    assert kinds('frame = f"/home/ada/data/{name}"') == [SiteKind.LOCAL_PATH]
