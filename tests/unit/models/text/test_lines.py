from models.text.lines import ends_sentence, logical_lines


def joined(text):
    return [line.span.of(text).split("\n") for line in logical_lines(text)]


def test_hard_wrapped_paragraphs_are_joined():
    text = (
        "（一）落实全面从严治党主体责任不到位，对党风廉政建\n"
        "设工作研究部署不够，监督责任弱化\n"
        "　　柳湾镇党委对照反馈意见没有认真研究制定整改方案，整\n"
        "改任务没有分解到责任单位和责任人，有的单位以文件落\n"
        "实文件。"
    )
    assert [len(lines) for lines in joined(text)] == [2, 3]


def test_a_short_line_of_wrapped_text_goes_on_without_an_indent():
    text = (
        "柳湾镇党委对照反馈意见没有认真研究制定整改方案，整\n"
        "改任务没有分解到责任单位和责任人，有的单位以文件落\n"
        "实文件，有的单位以会议落实会议，预计\n"
        "2023年6月前才能把责任分解到责任单位和责任人身上，明\n"
        "确完成时限。"
    )
    assert len(logical_lines(text)) == 1


def test_indents_of_wrapped_text_outweigh_the_look_of_a_heading():
    text = (
        "　　柳湾镇党委对照反馈意见没有认真研究制定整改方案，整\n"
        "改任务没有分解到责任单位和责任人，有的单位以文件落实文\n"
        "件，有的单位以会议落实会议，有的单位只挂帅不出征，只表\n"
        "态不落实。\n"
        "　　（2）正在修订管理办法，预计\n"
        "2023年6月出台"
    )
    assert [len(lines) for lines in joined(text)] == [4, 2]


def test_a_long_heading_line_goes_on_in_a_shorter_one():
    text = "（一）落实全面从严治党主体责任不到位、对党风廉政建设工作研究\n部署不够"
    assert len(logical_lines(text)) == 1
    assert logical_lines(text)[0].heading is not None


def test_a_full_field_ends_before_a_longer_line():
    text = "整改时限：6月底前\n柳湾镇党委全年未专题研究党风廉政建设工作。"
    assert len(logical_lines(text)) == 2


def test_a_bracket_of_fields_ends_a_paragraph():
    text = "资产底数不清（责任单位：县财政局）\n账实不符。"
    assert len(logical_lines(text)) == 2


def test_furniture_stands_alone_even_inside_a_sentence():
    text = "整改任务没有分解\n— 3 —\n到责任单位。"
    assert [line.furniture for line in logical_lines(text)] == [False, True, False]
    assert not any(line.furniture for line in logical_lines(text, skip_furniture=False))


def test_a_heading_points_into_the_whole_text():
    text = "已整改。\n一、存在问题\n学习不深。"
    heading = logical_lines(text)[1].heading
    assert heading is not None
    assert heading.span.of(text) == "一、存在问题"


def test_every_kind_of_line_break_counts():
    text = "一、甲问题\r\n二、乙问题\r三、丙问题\u2028四、丁问题\x0c五、戊问题"
    assert len(logical_lines(text)) == 5


def test_sentence_punctuation_may_stand_before_closing_marks():
    assert ends_sentence("他说：“整改要见底。”")
    assert ends_sentence("账目不清.")
    assert not ends_sentence("共7.")
    assert not ends_sentence("”")
    assert not ends_sentence("")
