import copy
import re

import pytest
import yaml

from corpora.errors import TaxonomyError
from corpora.schema.statement import Role
from corpora.taxonomy import load_taxonomy, parse_taxonomy

#: Stored results and trained models hold these codes in this order: never change, only append.
STABLE_CODES = (
    "DZ01 DZ02 DZ03 DZ04 MZ01 MZ02 MZ03 LZ01 LZ02 LZ03 LZ04 LZ05 LZ06 LZ07 LZ08 DU01 DU02 DU03 DU04 "
    "KZ01 KZ02 KZ03 WZ01 WZ02 WZ03 WZ04 WZ05 WZ06 ZG01 ZG02 ZG03 ZG04 ZG05 ZG06 ZG07 ZG08 ZG09 "
    "QT01 QT02 QT03 QT04 QT05 QT06 QT07 QT08 QT09 QT10 QT11 QT12"
)

TAXONOMY = load_taxonomy()

VALID = {
    "version": 7,
    "roles": {role.value: {"name": f"角色{role.value}", "note": "说明"} for role in Role},
    "families": [{"code": "AB", "name": "甲类", "note": "说明"}],
    "labels": [
        {
            "code": "AB01",
            "name": "甲一",
            "is": "甲的第一种",
            "not": "甲的第二种归 AB02",
            "aliases": ["甲壹"],
            "examples": ["例句。"],
        },
        {"code": "AB02", "name": "甲二", "is": "甲的第二种"},
    ],
}


def parse(change=None):
    content = copy.deepcopy(VALID)
    if change:
        change(content)
    return parse_taxonomy(yaml.safe_dump(content, allow_unicode=True), name="mine.yaml")


def put(value, *path):
    """Return a change that writes `value` at `path` of the content."""

    def change(content):
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return change


def drop(*path):
    """Return a change that takes the entry at `path` out of the content."""

    def change(content):
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return change


def test_the_taxonomy_of_the_program_has_49_labels_in_8_families_and_8_roles():
    assert (len(TAXONOMY.labels), len(TAXONOMY.families), len(TAXONOMY.roles)) == (49, 8, 8)
    assert {label.family for label in TAXONOMY.labels} == {family.code for family in TAXONOMY.families}


def test_the_codes_are_stable():
    assert TAXONOMY.version == 1
    assert TAXONOMY.codes == tuple(STABLE_CODES.split())


def test_no_name_or_alias_within_a_family_means_two_labels():
    names = [(label.family, name) for label in TAXONOMY.labels for name in (label.name, *label.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("label", TAXONOMY.labels, ids=lambda label: label.code)
def test_every_label_is_explained_and_shown(label):
    assert len(label.definition) >= 40
    assert not label.definition.endswith("。"), "the definition is a clause; users add the full stop"
    assert len(set(label.examples)) == 2


@pytest.mark.parametrize("label", TAXONOMY.labels, ids=lambda label: label.code)
def test_a_border_names_other_labels_that_exist(label):
    neighbours = set(re.findall(r"[A-Z]{2}\d{2}", label.border))
    assert neighbours
    assert neighbours <= set(TAXONOMY.codes) - {label.code}


def test_examples_do_not_repeat():
    examples = [example for label in TAXONOMY.labels for example in label.examples]
    assert len(examples) == len(set(examples))


def test_a_file_of_the_user_is_read_from_disk(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(yaml.safe_dump(VALID, allow_unicode=True), encoding="utf-8")
    taxonomy = load_taxonomy(path)
    assert (taxonomy.version, taxonomy.codes) == (7, ("AB01", "AB02"))
    assert taxonomy.names() == {"AB01": "甲一", "AB02": "甲二"}


def test_border_aliases_and_examples_may_be_left_out():
    label = parse().label("AB02")
    assert (label.border, label.aliases, label.examples) == ("", (), ())


def test_what_is_written_is_what_is_read():
    label = parse().label("AB01")
    assert (label.name, label.family, label.definition) == ("甲一", "AB", "甲的第一种")
    assert (label.border, label.aliases, label.examples) == ("甲的第二种归 AB02", ("甲壹",), ("例句。",))


def test_unknown_keys_are_ignored():
    assert parse(put(["某报告"], "labels", 0, "source")).codes == ("AB01", "AB02")


def test_an_unknown_code_is_a_key_error():
    with pytest.raises(KeyError, match="ZZ99"):
        parse().label("ZZ99")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param(drop("version"), "version must be a number, not None", id="no-version"),
        pytest.param(put("one", "version"), "version must be a number, not 'one'", id="version-is-text"),
        pytest.param(drop("roles"), "roles must be exactly problem, cause", id="no-roles"),
        pytest.param(drop("roles", "cause"), "roles must be exactly problem, cause", id="a-role-is-missing"),
        pytest.param(put({}, "roles", "verdict"), "roles must be exactly problem, cause", id="an-unknown-role"),
        pytest.param(
            drop("roles", "cause", "note"), "lacks the text 'note': {'name': '角色cause'}", id="role-without-note"
        ),
        pytest.param(put("原因", "roles", "cause"), "lacks the text 'name': '原因'", id="role-is-no-mapping"),
        pytest.param(drop("families"), "families must be a non-empty list", id="no-families"),
        pytest.param(put([], "families"), "families must be a non-empty list", id="empty-families"),
        pytest.param(drop("families", 0, "name"), "lacks the text 'name': {'code': 'AB'", id="family-without-name"),
        pytest.param(drop("labels"), "labels must be a non-empty list", id="no-labels"),
        pytest.param(put(["AB01"], "labels"), "labels must be a non-empty list of entries", id="label-is-no-mapping"),
        pytest.param(drop("labels", 1, "code"), "lacks the text 'code': {'is': '甲的第二种'", id="label-without-code"),
        pytest.param(drop("labels", 1, "is"), "lacks the text 'is': {'code': 'AB02'", id="label-without-definition"),
        pytest.param(
            put("  ", "labels", 1, "name"), "lacks the text 'name': {'code': 'AB02'", id="label-name-is-blank"
        ),
        pytest.param(put("甲壹", "labels", 0, "aliases"), "aliases of AB01 must be a list", id="aliases-are-a-text"),
        pytest.param(put([1], "labels", 0, "aliases"), "aliases of AB01 must be a list", id="alias-is-a-number"),
        pytest.param(put("例句", "labels", 0, "examples"), "examples of AB01 must be a list", id="examples-are-a-text"),
        pytest.param(
            put(["例句", ""], "labels", 0, "examples"), "examples of AB01 must be a list", id="example-is-empty"
        ),
        pytest.param(put("AB01", "labels", 1, "code"), "must be unique, repeated: AB01", id="a-code-twice"),
        pytest.param(put("ZZ01", "labels", 1, "code"), "ZZ01 belongs to no family", id="a-code-without-family"),
    ],
)
def test_a_broken_file_is_refused_and_the_entry_named(change, message):
    with pytest.raises(TaxonomyError, match=f"^mine.yaml: .*{re.escape(message)}"):
        parse(change)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        pytest.param("version: [1", "not valid YAML", id="not-yaml"),
        pytest.param("- 1", "must be a mapping", id="a-list"),
        pytest.param("", "must be a mapping", id="empty"),
    ],
)
def test_a_text_that_is_no_mapping_is_refused(raw, message):
    with pytest.raises(TaxonomyError, match=f"^mine.yaml: {message}"):
        parse_taxonomy(raw, name="mine.yaml")


@pytest.mark.parametrize(
    "content", [pytest.param(None, id="missing"), pytest.param("版本".encode("gb18030"), id="not-utf-8")]
)
def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path, content):
    path = tmp_path / "mine.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(TaxonomyError, match=r"mine\.yaml: cannot be read as UTF-8 text"):
        load_taxonomy(path)


OWN = """
extends: mingze
families:
  - {code: XF, name: 信访, note: 信访事项}
labels:
  - {code: XF01, name: 积案化解不力, is: 信访积案久拖不决, examples: [甲。, 乙。]}
  - {code: ZG10, name: 台账失真, is: 整改台账与实际不符}
"""


def test_a_file_may_add_labels_to_those_of_the_program():
    own = parse_taxonomy(OWN, name="own.yaml")

    assert own.codes == (*TAXONOMY.codes, "XF01", "ZG10")
    assert own.label("XF01").examples == ("甲。", "乙。")
    assert own.roles == TAXONOMY.roles


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("extends: mingze|extends: other", "extends can only be 'mingze'"),
        ("XF01|ZG01", "repeated: ZG01"),
        ("XF01|AA01", "AA01 belongs to no family"),
    ],
)
def test_an_addition_that_does_not_fit_is_refused(change, reason):
    with pytest.raises(TaxonomyError, match=reason):
        parse_taxonomy(OWN.replace(*change.split("|")), name="own.yaml")


def test_labels_can_be_left_out():
    assert "ZG04" not in TAXONOMY.without(["ZG04"]).codes
    with pytest.raises(TaxonomyError, match="no such label: XX01"):
        TAXONOMY.without(["XX01"])
