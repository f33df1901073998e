import pytest

from kgraph.language import UnsuitablePipeline, load


@pytest.fixture(scope="session")
def nlp():
    try:
        return load()
    except UnsuitablePipeline as error:
        pytest.skip(str(error))
