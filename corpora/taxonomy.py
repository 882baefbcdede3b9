"""The label system: roles, families and labels with their definitions and borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import yaml

from corpora.errors import TaxonomyError
from corpora.schema.statement import Role


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A sentence role with its Chinese name and the rule that decides it."""

    role: Role
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Family:
    """A group of labels."""

    code: str
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of problem.

    Attributes:
        code: stable code, family code and two digits.
        definition: what falls under the label.
        border: where the border to neighbouring labels runs, empty if nowhere near.
        aliases: other names in use.
        examples: invented statements that bear the label.
    """

    code: str
    name: str
    family: str
    definition: str
    border: str
    aliases: tuple[str, ...]
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """A validated label system; the order of `labels` is the order of the model's outputs."""

    version: int
    roles: tuple[RoleEntry, ...]
    families: tuple[Family, ...]
    labels: tuple[Label, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """All label codes in order."""
        return tuple(label.code for label in self.labels)

    def label(self, code: str) -> Label:
        """Return the label with this code.

        Raises:
            KeyError: if there is none.
        """
        for label in self.labels:
            if label.code == code:
                return label
        raise KeyError(code)

    def without(self, codes: Sequence[str]) -> Taxonomy:
        """Return the taxonomy less some labels.

        Raises:
            TaxonomyError: if it has no such label.
        """
        missing = sorted(set(codes) - set(self.codes))
        if missing:
            raise TaxonomyError(f"no such label: {', '.join(missing)}")
        return replace(self, labels=tuple(label for label in self.labels if label.code not in codes))

    def names(self) -> dict[str, str]:
        """Return code to Chinese name."""
        return {label.code: label.name for label in self.labels}


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """Read and validate a taxonomy, by default the one that comes with the program.

    Raises:
        TaxonomyError: if the file cannot be read or breaks a rule of the format.
    """
    if path is None:
        raw = resources.files("corpora").joinpath("taxonomy.yaml").read_text(encoding="utf-8")
        return parse_taxonomy(raw, name="taxonomy.yaml")
    try:
        raw = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{path.name}: cannot be read as UTF-8 text: {error}") from error
    return parse_taxonomy(raw, name=path.name)


def parse_taxonomy(raw: str, *, name: str) -> Taxonomy:
    """Parse the YAML text of a taxonomy.

    Raises:
        TaxonomyError: if the text breaks a rule of the format.
    """
    try:
        content = yaml.safe_load(raw)
    except yaml.YAMLError as error:
        raise TaxonomyError(f"{name}: not valid YAML: {error}") from error
    if not isinstance(content, dict):
        raise TaxonomyError(f"{name}: must be a mapping with version, roles, families and labels")
    labels = tuple(_label(entry, name) for entry in _entries(content, "labels", name))
    if "extends" in content:
        base = _base(content, name)
        families = (*base.families, *(_families(content, name) if "families" in content else ()))
        taxonomy = replace(base, families=families, labels=(*base.labels, *labels))
    else:
        taxonomy = Taxonomy(_version(content, name), _roles(content, name), _families(content, name), labels)
    _check(taxonomy, name)
    return taxonomy


def _base(content: Mapping[str, object], name: str) -> Taxonomy:
    """Return the taxonomy that a file adds to: ``extends: mingze`` is the one that comes with the program."""
    if content["extends"] != "mingze":
        raise TaxonomyError(f"{name}: extends can only be 'mingze', not {content['extends']!r}")
    return load_taxonomy()


def _families(content: Mapping[str, object], name: str) -> tuple[Family, ...]:
    return tuple(
        Family(_text(e, "code", name), _text(e, "name", name), _text(e, "note", name))
        for e in _entries(content, "families", name)
    )


def _version(content: Mapping[str, object], name: str) -> int:
    version = content.get("version")
    if not isinstance(version, int):
        raise TaxonomyError(f"{name}: version must be a number, not {version!r}")
    return version


def _roles(content: Mapping[str, object], name: str) -> tuple[RoleEntry, ...]:
    roles = content.get("roles")
    if not isinstance(roles, dict) or set(roles) != {role.value for role in Role}:
        raise TaxonomyError(f"{name}: roles must be exactly {', '.join(role.value for role in Role)}")
    return tuple(
        RoleEntry(role, _text(roles[role.value], "name", name), _text(roles[role.value], "note", name)) for role in Role
    )


def _label(entry: Mapping[str, object], name: str) -> Label:
    code = _text(entry, "code", name)
    border = entry.get("not", "")
    return Label(
        code=code,
        name=_text(entry, "name", name),
        family=code[:2],
        definition=_text(entry, "is", name),
        border=str(border),
        aliases=_texts(entry, "aliases", code, name),
        examples=_texts(entry, "examples", code, name),
    )


def _entries(content: Mapping[str, object], key: str, name: str) -> Sequence[Mapping[str, object]]:
    entries = content.get(key)
    if not isinstance(entries, list) or not entries or not all(isinstance(entry, dict) for entry in entries):
        raise TaxonomyError(f"{name}: {key} must be a non-empty list of entries")
    return entries


def _text(entry: object, key: str, name: str) -> str:
    value = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(value, str) or not value.strip():
        raise TaxonomyError(f"{name}: an entry lacks the text {key!r}: {entry!r}")
    return value.strip()


def _texts(entry: Mapping[str, object], key: str, code: str, name: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise TaxonomyError(f"{name}: {key} of {code} must be a list of non-empty texts")
    return tuple(value.strip() for value in values)


def _check(taxonomy: Taxonomy, name: str) -> None:
    codes = taxonomy.codes
    repeated = sorted({code for code in codes if codes.count(code) > 1})
    if repeated:
        raise TaxonomyError(f"{name}: label codes must be unique, repeated: {', '.join(repeated)}")
    families = {family.code for family in taxonomy.families}
    for label in taxonomy.labels:
        if label.family not in families:
            raise TaxonomyError(f"{name}: {label.code} belongs to no family in {sorted(families)}")
