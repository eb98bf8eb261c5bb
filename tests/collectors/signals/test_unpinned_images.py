"""Images by digest, by tag, by nothing."""

import pytest

from collectors.signals.unpinned_images import unpinned_images
from scoring.finding import Severity
from tests.collectors.signals.declared import seen

PINNED = "python:3.11@sha256:" + "0" * 64


def images(*names: str):
    texts = {f"{number}/Dockerfile": f"FROM {name}\n" for number, name in enumerate(names)}
    return unpinned_images(seen(texts)[1])


def test_what_has_no_digest_is_a_place():
    found = images(PINNED, "python:3.11", "redis", "postgres:latest")
    assert (found.value, found.n) == (3 / 4, 4)
    assert [(spot.snippet, spot.severity) for spot in sorted(found.spots)] == [
        ("python:3.11", None),
        ("redis", Severity.MEDIUM),
        ("postgres:latest", Severity.MEDIUM),
    ]
    assert dict(found.details) == {"of them with a tag that is meant to move": 2}


def test_few_images_are_shown_without_a_share():
    found = images("python:3.11")
    assert found.value is None
    assert [(spot.path, spot.line) for spot in found.spots] == [("0/Dockerfile", 1)]


def test_an_image_counts_once_in_a_file():
    names = ("redis:7", "redis:7", PINNED, "x:1")
    rows = [f"  {letter}:\n    image: {name}\n" for letter, name in zip("abcd", names, strict=True)]
    text = f"services:\n{''.join(rows)}"
    found = unpinned_images(seen({"docker-compose.yml": text})[1])
    assert (found.value, found.n, min(spot.line for spot in found.spots)) == (2 / 3, 3, 3)


@pytest.mark.parametrize("name", ["python:${VERSION}", "x/a-$NAME:1"])
def test_what_only_the_run_knows_is_not_counted_but_said(name: str):
    found = images(PINNED, PINNED.replace("python", "a"), "b:1", name)
    assert (found.n, found.seen, found.total) == (3, 3, 4)


def test_stages_scratch_and_machines_are_no_images():
    texts = {
        "Dockerfile": f"FROM {PINNED} AS build\nFROM scratch\nFROM build\n",
        ".github/workflows/ci.yml": "jobs:\n  a:\n    strategy:\n      matrix:\n        include:\n"
        "          - image: ubuntu-22.04-arm\n          - image: windows-latest\n",
    }
    assert unpinned_images(seen(texts)[1]).spots == ()


def test_an_image_that_is_built_here_pushed_or_a_machine_is_not_built_on():
    texts = {
        "docker-compose.yml": "services:\n  a:\n    build: .\n    image: own:latest\n",
        ".github/workflows/ci.yml": "jobs: {a: {steps: [{uses: x/push@v1, with: {image: 'own:latest'}}]}}\n",
        ".circleci/config.yml": "jobs:\n  a:\n    machine:\n      image: ubuntu-2004:202010-01\n",
    }
    assert unpinned_images(seen(texts)[1]).spots == ()


def test_no_image_is_unknown():
    assert unpinned_images(seen({"Makefile": "a:\n\tmake\n"})[1]).value is None
