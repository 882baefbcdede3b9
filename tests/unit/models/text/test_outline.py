from models.text.outline import heading_chain, outline

PLAN = (
    "青禾县财政局巡察整改方案",
    "一、反馈问题及整改措施",
    "（一）学习不深入",
    "1.中心组学习不够。全年只学4次，记录不全。",
    "整改措施：制定学习计划。",
    "2.学习笔记雷同",
    "整改措施：开展抽查。",
    "（二）主体责任虚置问题突出。柳湾镇未签责任书。",
    "责任单位：县财政局",
    "二、工作要求",
    "加强组织领导。",
)


def titles(lines, number):
    return [heading.title for heading in heading_chain(outline(lines), number)]


def test_a_paragraph_knows_its_chain_of_headings():
    assert titles(PLAN, 6) == ["青禾县财政局巡察整改方案", "反馈问题及整改措施", "学习不深入", "学习笔记雷同"]


def test_a_numbered_paragraph_heads_nothing_unless_it_begins_with_a_name():
    assert titles(PLAN, 4) == ["青禾县财政局巡察整改方案", "反馈问题及整改措施", "学习不深入", "中心组学习不够"]


def test_a_numbered_paragraph_ends_the_heading_of_its_own_style():
    lines = (
        "（一）学习方面",
        "1.学习笔记雷同",
        "已抽查。",
        "2.柳湾镇党委全年只学习4次，未作记录，也未研讨。",
        "已补学。",
    )
    assert titles(lines, 2) == ["学习方面", "学习笔记雷同"]
    assert titles(lines, 4) == ["学习方面"]


def test_a_lead_in_heads_the_lines_below_its_paragraph():
    assert titles(PLAN, 8)[-1] == "主体责任虚置问题突出"
    entry = outline(PLAN)[7]
    assert entry.heading is not None
    assert not entry.whole


def test_an_outer_number_ends_all_inner_headings():
    assert titles(PLAN, 10) == ["青禾县财政局巡察整改方案", "工作要求"]


def test_numbers_may_nest_in_an_unusual_order():
    lines = ("1.关于“学习不深”问题的整改", "（1）学习笔记雷同", "已抽查。", "2.关于“台账不全”问题的整改", "已补齐。")
    assert titles(lines, 2) == ["关于“学习不深”问题的整改", "学习笔记雷同"]
    assert titles(lines, 4) == ["关于“台账不全”问题的整改"]


def test_a_bare_heading_stays_above_the_numbers_below_it():
    lines = ("存在问题", "1.台账不全", "县财政局未登记。", "整改措施", "补齐台账。")
    assert titles(lines, 2) == ["存在问题", "台账不全"]
    assert titles(lines, 4) == ["整改措施"]


def test_no_lines_have_no_outline():
    assert outline(()) == ()
