"""Tables of packages."""

import pytest

from collectors.readers import ml_packages as packages


@pytest.mark.parametrize(
    ("dotted", "package"),
    [
        ("sklearn.svm.SVC", "sklearn"),
        ("torch", "torch"),
        ("pyspark.ml.classification", "pyspark.ml"),
        ("pyspark.sql", None),
        ("torchery", None),
        ("numpy", None),
        ("", None),
    ],
)
def test_a_dotted_name_belongs_to_the_longest_package_above_it(dotted: str, package: str | None) -> None:
    assert packages.package_of(dotted, packages.ML_PACKAGES) == package


def test_helpers_of_every_program_are_no_ml_packages() -> None:
    assert not packages.ML_PACKAGES & {"numpy", "pandas", "scipy", "mlflow", "matplotlib", "flask", "pyspark"}


def test_a_package_has_one_purpose() -> None:
    tables = [
        packages.DATA_ACCESS,
        packages.DATA_VALIDATION,
        packages.FEATURES,
        packages.SERVING,
        packages.WEB,
        packages.RUNTIMES,
        packages.DEMO,
        packages.MONITORING,
        packages.PROCESS,
        packages.RESOURCES,
        packages.ANALYSIS,
    ]
    names = [name for table in tables for name in table]
    assert len(names) == len(set(names))
