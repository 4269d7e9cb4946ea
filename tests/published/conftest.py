"""What several tests of pages and files share."""

from __future__ import annotations

import dataclasses
import shutil
from pathlib import Path

import pytest

from site_builder.published.build import Builder
from site_builder.published.inputs import Inputs, load_inputs
from site_builder.published.write import Site
from site_builder.release.policy import load_policy
from site_builder.vocabulary.planes import Classification
from tests.building import few_indicators
from tests.published import held
from tests.published.held import ROOT


@pytest.fixture(scope="session")
def everything() -> Inputs:
    """The committed inputs, which no test changes."""
    return held.everything()


@pytest.fixture(scope="session")
def builder() -> Builder:
    """What builds the site of them."""
    return held.builder()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with a release of a few indicators."""
    root = few_indicators(tmp_path_factory.mktemp("small") / "root", ("SG07", "SG12", "P2f"), "SG07")
    shutil.copytree(ROOT / "tests/sites/small/datapackages", root / "datapackages", dirs_exist_ok=True)
    return root


@pytest.fixture(scope="session")
def real_inputs(small: Path) -> Inputs:
    """Its inputs, where the release is called real."""
    inputs = load_inputs(small)
    real = (dataclasses.replace(one, classification=Classification.DISCLOSURE_CONTROLLED) for one in inputs.releases)
    return dataclasses.replace(inputs, releases=tuple(real))


@pytest.fixture(scope="session")
def real_site(small: Path, real_inputs: Inputs) -> Site:
    """The site of these; its files are made when asked for."""
    return Builder(small, real_inputs, load_policy(small)).site
