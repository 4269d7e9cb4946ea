"""The invented house, built once; it is not changed by any test."""

from __future__ import annotations

import pytest

from site_builder.confidential.standards import Standards
from tests.confidential.house import build_house


@pytest.fixture(scope="session")
def standards(tmp_path_factory: pytest.TempPathFactory) -> Standards:
    return build_house(tmp_path_factory.mktemp("house"))
