"""What prose must not be read as: nobody is made responsible here, or something only went wrong."""

from __future__ import annotations

import re

_PUNISHED = re.compile(
    r"^\s*截[至止]|严肃问责|追责|追究|严肃处理|[出列]席|参加(?:了|此次|本次)?.{0,4}会|处分(?!人员|决定)|警告|记过|诫勉|免职|被立案|立案审查|双开|批评教育|时任|(?:有效|保质|质保)期(?:为|至)|(?:召开|举行)[^，。每]{1,14}会[^。；]{0,30}(?:参加|主持|出席|列席)|通报批评|组织处理|约谈了|被问责"
)
_FORMULA = re.compile(
    r"一岗双责|谁主管|谁负责|谁牵头|主体责任|监督责任|首责|总责|总抓|亲自抓|主要领导.{0,4}抓|一级抓一级|党政同责"
)
#: A body of its own name bears what formulas lay on everybody (县发改局负总责).
_BURDENED = re.compile(
    r"(?<![各级])[\u4e00-\u9fff]{2}(?:局|办|中心|公司|集团|街道|医院|学院)(?:党[委组]|党工委)?(?:对[^，,。；;]{2,16})?负(?:总责|主体责任)"
)
_PRINCIPLE = re.compile(r"(?:按照?|本着|坚持|遵循)[^。；;]{2,30}?(?:的)?(?:原则|要求|思路)[，,]")
_MASKED_PERSON = re.compile(r"[\u4e00-\u9fff](?:某|×|[xX＊*]{2})")
_REPORTED = re.compile(
    r"(?:条例|办法|规定|制度|》)(?:明确|规定|要求|指出)|明确规定|(?:指出|强调|要求)[，,：:]?\s*[“\"]"
)
_DEFICIENT = re.compile(
    r"不力|不到位|不够|不足|不严|不实|缺位|缺失|推诿|虚化|弱化|滞后|未[^雨]|没有|尚未|流于|走过场|敷衍|虚假|造成|导致|违规|擅自|不清|不明|薄弱|落后|不作为|不了了之|停留在"
)
_NARRATED = re.compile(
    r"没有(?!.{0,6}的)|无人(?!机)|没人|从未|从不|从没|却|反倒|反而|竟|只说|[两二三四五六七八九十\d]年来(?!的)|连续[\d两三四五]年|至今|多年|结果是?[，：]|应付|不知情|^有的|[，；]有的|^个别|不少(?!于)|一些|^部分|[，；]部分[^，]{0,4}[干党单部同镇乡村]"
    r"|究其|根子|(?:其|重要|根本|主要|深层)原因|原因在于|之所以|为何|为什么|普遍(?=不|没|未|缺|认为)|几成|成惯例|谁也|恰逢|事后补|甚至|毛病|还在犯|仅靠|只靠|全靠|任由|到头来|干脆|改革前|来信后"
)
#: What still has not happened, with nothing planned behind it.
_STILL_NOT = re.compile(r"至今[仍尚还]?[未没](?![^。；;]*(?:由|责成|限期|务必|下一步|[底日月旬年]前|[日天月]内))")
_PLANNED = re.compile(
    r"[\d一二三四五六七八九十][月日][底末上中下旬]*(?:之?前|以前)|[年月]底前|[日月周天]内|务必|必须|限期|责成|牵头|下一步|今后|此后|整改责任|节前|为?责任人"
)
_ATTRIBUTE = re.compile(
    r"(?:把|将|对)[^，,。]{0,4}?应([^，,。]{1,2})未\1|对[^，,。]{1,14}的|(?:对|把|将)?(?:未|不|没有|违规|擅自|虚假|瞒报|逾期)[^，,。的]{0,14}的|不(?:得|少于|低于|晚于|合格|予|符)|尚?未(?:完成|整改|办)[^，,。]{0,4}的"
)
_ATTRIBUTIVE = re.compile(
    r"[\u4e00-\u9fff]{2}的(?!$)|[^，,。；;、]{0,6}(?:分管|管理|负责|牵头|承建|建设|使用|编制|实施|出资|主管|主办|组织)的"
)
_INSPECTOR = re.compile(r"(?:巡察|巡视|督察|审计|检查|考核|巡查|调研)组$")
_OUTSIDER = re.compile(r"(?:[^县市区镇乡]{0,4}(?:外包|维保|厂家|供货|供应商|软件商|软件公司)|第三方|监理)")
_EVERYBODY = re.compile(r"各级|各地|各单位(?!主要|负责|办公室|党)|各部门(?!主要|负责|办公室|党)|各有关|全[县市区镇乡]")


def refuses(sentence: str) -> bool:
    """Say whether nobody in `sentence` is made responsible: punishment, duty formula or reported rule."""
    sentence = _PRINCIPLE.sub("", sentence)
    named = _MASKED_PERSON.search(sentence) is not None or _BURDENED.search(sentence) is not None
    if _FORMULA.search(sentence) is not None and not named:
        return True
    if _STILL_NOT.search(sentence) is not None:
        return True
    if _NARRATED.search(sentence) is not None and _PLANNED.search(sentence) is None:
        return True
    return _PUNISHED.search(sentence) is not None or _REPORTED.search(sentence) is not None


def is_deficiency(sentence: str) -> bool:
    """Say whether `sentence` speaks of something that went wrong."""
    return _DEFICIENT.search(sentence) is not None


def is_unfulfilled(predicate: str) -> bool:
    """Say whether a predicate tells of a failure; what it says about others (对未办证的…) does not count."""
    return _DEFICIENT.search(_ATTRIBUTE.sub("", predicate)) is not None


def is_attribute(predicate: str) -> bool:
    """Say whether a predicate only describes a thing that follows (由A分管的扶贫项目)."""
    return _ATTRIBUTIVE.match(predicate) is not None


def is_inspector(name: str) -> bool:
    """Say whether `name` is a body that inspects (巡察组, 督察组)."""
    return _INSPECTOR.search(name) is not None


def is_outsider(name: str) -> bool:
    """Say whether `name` is a hired party without a name (外包公司, 设备厂家工程师), which helps who is responsible."""
    return _OUTSIDER.match(name) is not None


def is_everybody(name: str) -> bool:
    """Say whether `name` addresses everybody, as calls and formulas do (各级各部门)."""
    return _EVERYBODY.match(name) is not None
