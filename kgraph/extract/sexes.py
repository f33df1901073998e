"""What a text's titles and people's forenames tell of their sex: whom "she" may mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from kgraph.extract.reading import Mention
from kgraph.facts import Entity

_MALE = re.compile(r"\b(?:Mr|Sir|Lord)\b\.?")
_FEMALE = re.compile(r"\b(?:Mrs|Ms|Miss|Dame|Lady|Baroness)\b\.?")
_TITLE_REACH = 9  # characters before a name that hold its title


def sexes_of(text: str, mentions: Iterable[Mention], forenames: Mapping[str, str]) -> dict[Entity, str]:
    """The people of a text whose sex ("f", "m") is told.

    forenames  the sex that names in lower case are usually given to; titles, which are sure, count for more
    """
    found: dict[Entity, str] = {}
    titled: dict[Entity, str] = {}
    for mention in mentions:
        if mention.entity.type != "person":
            continue
        given = mention.entity.text.lower().split()[:-1]
        if (sex := next((forenames[name] for name in given if name in forenames), None)) is not None:
            found[mention.entity] = sex
        words = text[max(0, mention.start - _TITLE_REACH) : mention.end] + " " + mention.entity.text
        if _MALE.search(words):
            titled[mention.entity] = "m"
        elif _FEMALE.search(words):
            titled[mention.entity] = "f"
    return found | titled
