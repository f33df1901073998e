"""People, committees, groups: whom a name tells only together with the body they belong to.

Within a block of one name, or of one surname and one body, so that the cost grows with the number of names and not
with that of pairs (blocking: Papadakis et al. 2020, https://doi.org/10.1145/3377455).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations

from kgraph.resolve.joining import Joiner, Outcome
from kgraph.resolve.judgements import Key

# Of different people of one name, or of one surname at one body, at most so many are compared each with each.
_MOST = 12


@dataclass(slots=True)
class _Unit:
    """One of those to be told apart, with all that documents say of it, its bodies as they have been resolved.

    own, beside   as in `Evidence`, only bodies that count as evidence
    about         local bodies its documents are about
    posts         (role, body), and ("", group) of groups and parties it belongs to
    """

    root: Key
    own: set[Key] = field(default_factory=set)
    beside: set[Key] = field(default_factory=set)
    about: set[Key] = field(default_factory=set)
    posts: set[tuple[str, Key]] = field(default_factory=set)

    def take(self, other: _Unit) -> None:
        self.own |= other.own
        self.beside |= other.beside
        self.about |= other.about
        self.posts |= other.posts


def join_members(joiner: Joiner) -> None:
    """Joins all whom a name alone does not identify."""
    people = joiner.naming.people
    kinds = {root.type for root in map(joiner.root, joiner.keys) if not root.id} - joiner.naming.unique - {""}
    # First the organs to which people belong: that two people are of one committee is evidence.
    for types in (kinds - people, kinds & people):
        blocks: dict[tuple[str, str], list[_Unit]] = defaultdict(list)
        for unit in _units(joiner, types):
            name = joiner.naming.person(unit.root.name) if unit.root.type in people else unit.root.name
            blocks[unit.root.type, name].append(unit)
        left: list[_Unit] = []
        for type_name, name in sorted(blocks):
            found = blocks[type_name, name]
            left += found if type_name in people and " " not in name else _Namesakes(joiner, found).join()
    _join_variants(joiner, left)


def _units(joiner: Joiner, types: Set[str]) -> list[_Unit]:
    units: dict[Key, _Unit] = {}
    about: dict[str, set[Key]] = {}
    for key in joiner.keys:
        if key.id or (key.type and key.type not in types):
            continue
        root = joiner.root(key)
        if root.id or root.type not in types:
            continue
        if key.document not in about:
            about[key.document] = set(filter(joiner.is_local, joiner.roots(joiner.about.get(key.document, ()))))
        unit = units.get(root)
        if unit is None:
            unit = units[root] = _Unit(root)
        evidence = joiner.evidence[key]
        unit.about |= about[key.document]
        if evidence.posts:
            unit.own |= joiner.own(evidence)
            unit.posts |= {(role, joiner.root(body)) for role, body in evidence.posts}
        unit.beside |= joiner.roots(evidence.beside) | unit.own
    return list(units.values())


class _Namesakes:
    """All of one type and name. Joins those whom a common body shows to be one, by the best evidence first."""

    def __init__(self, joiner: Joiner, units: Sequence[_Unit]) -> None:
        self.joiner = joiner
        self.people = units[0].root.type in joiner.naming.people
        self.units = {unit.root: unit for unit in units}

    def join(self) -> list[_Unit]:
        """Those that remain."""
        if len(self.units) > 1:
            local = self.joiner.is_local
            self.by_body(lambda unit: unit.own, "{name}, and both of {body}")
            self.by_body(lambda unit: filter(local, unit.beside), "{name}, with {body} in a fact of both")
            self.by_body(lambda unit: unit.beside, "{name}, with {body} in a fact of both")
            self.by_documents()
            self.refuse()
        return list(self.units.values())

    def by_body(self, bodies: Callable[[_Unit], Iterable[Key]], reason: str) -> None:
        blocks: dict[Key, list[Key]] = defaultdict(list)
        for root, unit in self.units.items():
            for body in bodies(unit):
                blocks[body].append(root)
        for body in sorted(blocks):
            heads: list[Key] = []
            for root in blocks[body]:
                unit = self.unit(root)
                for head in heads[:_MOST]:
                    if unit.root == self.unit(head).root or self.unite(self.unit(head), unit, reason, body):
                        break
                else:
                    heads.append(root)

    def by_documents(self) -> None:
        """Those of whom no local body is known, by the bodies that their documents are about."""
        loose = [unit for unit in self.units.values() if not self.local(unit)]
        firm: dict[Key, set[Key]] = defaultdict(set)
        for root, unit in self.units.items():
            for body in self.local(unit):
                firm[body].add(root)
        for unit in loose:
            if not self.people and len(unit.about) != 1:
                continue
            fitting = {self.unit(root).root: body for body in sorted(unit.about) for root in firm.get(body, ())}
            if len(fitting) == 1:
                ((root, body),) = fitting.items()
                self.unite(self.unit(root), unit, "{name}, in documents about {body}", body)
        loose = [unit for unit in loose if unit.root in self.units and not self.local(unit)]
        blocks: dict[Key, _Unit] = {}
        for unit in loose:
            if self.people or len(unit.about) == 1:
                for body in sorted(unit.about):
                    head = blocks.setdefault(body, unit)
                    self.unite(self.unit(head.root), self.unit(unit.root), "{name}, in documents about {body}", body)

    def local(self, unit: _Unit) -> set[Key]:
        return {body for body in unit.beside if self.joiner.is_local(body)}

    def unit(self, root: Key) -> _Unit:
        return self.units[self.joiner.root(root)]

    def unite(self, one: _Unit, other: _Unit, reason: str, body: Key) -> bool:
        if one.root == other.root or self.conflict(one, other):
            return False
        if not self.joiner.join(one.root, other.root, self.reason(one, other, reason, body)):
            return False
        kept, gone = (one, other) if self.joiner.root(one.root) == one.root else (other, one)
        kept.take(gone)
        del self.units[gone.root]
        return True

    def reason(self, one: _Unit, other: _Unit, reason: str, body: Key) -> str:
        name = "the same full name" if one.root.name == other.root.name else "the same name but for titles"
        return reason.format(name=name, body=self.joiner.title(body))

    def conflict(self, one: _Unit, other: _Unit) -> tuple[Key, Key] | None:
        """Two bodies that speak for two people: those to which they belong, or else local ones beside them."""
        if one.own & other.own:
            return None
        local, telling = self.joiner.is_local, self.joiner.tells_apart
        for first, second in (
            (set(filter(telling, one.own)), set(filter(telling, other.own))),
            (set(filter(local, one.beside)), set(filter(local, other.beside))),
        ):
            if first & second:
                return None
            if first and second:
                return min(first, key=self.order), min(second, key=self.order)
        return None

    def order(self, body: Key) -> tuple[bool, Key]:
        """Local bodies first."""
        return not self.joiner.is_local(body), body

    def refuse(self) -> None:
        """Notes why those that remain are not one."""
        if not self.people:
            return
        for one, other in combinations(list(self.units.values())[:_MOST], 2):
            if bodies := self.conflict(one, other):
                first, second = map(self.joiner.title, bodies)
                outcome: Outcome = "refused" if all(map(self.joiner.is_local, bodies)) else "doubtful"
                self.joiner.decide(one.root, other.root, outcome, f"the same full name, but {first} and {second}")
            else:
                self.joiner.decide(one.root, other.root, "doubtful", "the same full name, but no body in common")


# --- one name in several forms -----------------------------------------------------------------------------


def _join_variants(joiner: Joiner, units: Sequence[_Unit]) -> None:
    """People of one surname at one body whose given names may be forms of one: "Andy", "Andrew", "A."."""
    blocks: dict[tuple[str, Key], list[_Unit]] = defaultdict(list)
    for unit in units:
        for body in unit.beside:
            blocks[joiner.naming.person(unit.root.name).split()[-1], body].append(unit)
    for block in sorted(blocks):
        found = blocks[block]
        if 1 < len(found) <= _MOST * _MOST:
            _join_block(joiner, found, block[1])


def _join_block(joiner: Joiner, units: Sequence[_Unit], body: Key) -> None:
    fitting: list[tuple[_Unit, _Unit, str]] = []
    partners: dict[Key, list[_Unit]] = defaultdict(list)
    for one, other in combinations(units, 2):
        form = _form(joiner, one, other)
        if form is not None:
            fitting.append((one, other, form))
            partners[one.root].append(other)
            partners[other.root].append(one)
    several = {root for root, found in partners.items() if _several(joiner, found)}
    for one, other, form in fitting:
        if joiner.root(one.root) == joiner.root(other.root):
            continue
        shared = list(_second(joiner, one, other, body))
        what = f"{form} of one name, and both of {joiner.title(body)}"
        if {one.root, other.root} & several:
            joiner.decide(one.root, other.root, "doubtful", what, "but it may be several people's")
        elif not shared:
            joiner.decide(one.root, other.root, "doubtful", what, "but nothing else in common")
        elif joiner.join(one.root, other.root, what, *shared):
            one.take(other)
            other.take(one)


def _several(joiner: Joiner, units: Sequence[_Unit]) -> bool:
    """Whether among these, each of whose names may be a form of one name, are two who cannot be one person."""
    return any(
        joiner.root(one.root) != joiner.root(other.root)
        and joiner.naming.person(one.root.name) != joiner.naming.person(other.root.name)
        and _form(joiner, one, other) is None
        for one, other in combinations(units[:_MOST], 2)
    )


def _form(joiner: Joiner, one: _Unit, other: _Unit) -> str | None:
    first, second = joiner.naming.person(one.root.name), joiner.naming.person(other.root.name)
    if first == second:
        return None
    if " " in first and " " in second:
        return joiner.naming.variant(first, second)
    return "surname" if " " in first or " " in second else None


def _second(joiner: Joiner, one: _Unit, other: _Unit, body: Key) -> Iterator[str]:
    """The further evidence: posts at this body that few hold at once, and groups."""
    for role, where in sorted(one.posts & other.posts):
        if role and where == body and role not in joiner.naming.common_roles:
            yield f"both {role}"
        elif not role:
            yield f"both of {joiner.title(where)}"
