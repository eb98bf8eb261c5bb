"""Names that nnU-Net and its kin bring in with a star."""

from __future__ import annotations

from tests.lineage_by_hand import seen

STAR = "from batchgenerators.utilities.file_and_folder_operations import *\nimport numpy as np\n"


def test_join_is_that_of_the_standard_library():
    assert seen(STAR + "np.load(join('data', 'a.npy'))") == ["r data/a.npy"]


def test_what_lies_in_a_folder_is_called_by_its_beginning_and_ending():
    code = """
for path in subfiles("raw", suffix=".npy"):
    np.load(path)
for name in subfiles("raw", join=False, prefix="x_", suffix=".npy"):
    np.load(join("other", name))
for path in subdirs("cases"):
    np.load(join(path, "a.npy"))
for path in nifti_files("scans"):
    np.load(path)
"""
    assert seen(STAR + code) == [
        "r cases/\u25cc/a.npy", "r other/x_\u25cc.npy", "r raw/\u25cc.npy", "r scans/\u25cc.nii.gz",
    ]  # fmt: skip


def test_its_own_readers_and_writers():
    code = """
plan = load_json("plan.json")
np.load(plan["data"])
stored = load_pickle("a.pkl")
save_json({"from": stored}, "b.json")
save_pickle(stored, "c.pkl")
"""
    assert seen(STAR + code, files={"plan.json": '{"data": "d.npy"}'}) == [
        "r a.pkl", "r d.npy", "r plan.json", "w b.json", "w c.pkl",
    ]  # fmt: skip


def test_nothing_is_made_up_where_the_folder_is_not_known():
    code = "def f(folder):\n    for path in subfiles(folder):\n        np.load(path)\nf(input())\n"
    assert seen(STAR + code) == ["r ?"]
