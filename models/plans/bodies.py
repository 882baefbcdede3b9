"""The words that tell units, posts, persons and groups apart."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNIT_TAILS = (
    "人民政府|政府|党委|党组|党工委|党支部|党总支|机关党委|总支部|总支|支部|支委会|支委|纪委监委|纪委|监委|纪工委|纪检监察组|纪检组|纪检监察室|派驻组|人大常委会|人大|政协|"
    "法院|检察院|组织部|宣传部|统战部|政法委|编办|县委|市委|区委|省委|工委|团委|团县委|团市委|团区委|妇联|工会|总工会|工商联|科协|文联|残联|侨联|红十字会|供销社|联社|"
    "信用社|合作社|管委会|管理委员会|委员会|居委会|村委会|居委|村委|理事会|董事会|监事会|经理层|领导小组|工作领导小组|指挥部|专班|工作组|督查组|督导组|巡察组|检查组|督察组|"
    "审计组|工作队|小组|储备库|粮库|冷库|油库|班组|项目组|征迁组|审核岗|会计岗|出纳岗|窗口岗|管理岗|监督岗|经办岗|教研组|年级组|组|大队|支队|总队|中队|队|开发区|园区|新区|示范区|高新区|管理区|景区|街道办|街办|街道|办事处|镇|乡|村|社区|苏木|嘎查|"
    "农场|林场|牧场|渔场|局|委|厅|办|办公室|科|股|处|室|部|署|院|校|所|站|中心|台|馆|社|会|团|园|公司|集团|厂|矿|分局|支局|分公司|子公司|支公司|银行|支行|分行|"
    "医院|卫生院|学院|大学|学校|中学|小学|幼儿园|党校|协会|学会|商会|机构|部门|单位|企业|事业部|项目部|车间|物业|电信|移动|联通|烟草|供电|消防救援|公安|税务|机关|工区|"
    "基地|超市|酒店|门诊部|教研室|实验室|图书馆|党组织|基层组织|两委|“两委”|四套班子|两办|一府两院|系"
)

_TITLE_HEADS = (
    "书记|局长|主任|科长|股长|处长|部长|厅长|司长|署长|镇长|乡长|县长|区长|市长|省长|州长|旗长|村长|校长|院长|所长|站长|队长|组长|会长|主席|常委|委员|总经理|经理|"
    "董事长|董事|监事长|监事|总监|主管|秘书长|秘书|主编|台长|馆长|场长|园长|厂长|矿长|行长|社长|理事长|理事|班长|班子成员|党组成员|成员|总工程师|总会计师|总经济师|"
    "总农艺师|总规划师|工程师|会计师|会计|出纳|专干|网格员|网格长|支书|检察长|专员|督学|调研员|巡视员|主任科员|科员|干事|政委|教导员|指导员|辅导员|政治处主任|指挥长|河长|"
    "湖长|林长|路长|田长|街长|楼长|段长|片长|库长|党员|联络员|管理员|助理|安全员|库管员|保管员|审计员|核算员|报账员|采购员|质检员|检验员|档案员|驾驶员|统计员|协管员|宣传员|保洁员|审核员|化验员|技术员|施工员|资料员|防疫员|班主任|医生|医师|护士长|护士|药师|监督员|护林员|巡河员|负责人|负责同志|领导|一把手|“一把手”|分管同志|主要同志|工作人员|经办人|"
    "责任人|庭长|政协主席|人大主席|讲师|教授|教师|主席团成员|军代表|园区主任|督察长|研究员|审计师|法人代表|法定代表人|站务员|值班员|带班员|代班长|领班|调度员|信息员|讲解员|调解员|巡查员|巡护员|监管员|安监员|监护员|操作员|维修工|电工|保安队长|教研员|代办员|指挥员|消防员|信贷员|炊事员|厨师长|收银员|售票员|监理|总账|司机|值班长|护理员|检查员|记账员|核查员|复核员|督导员|督查员|讲师团长|民警|队员|召集人|干部"
)

_MODIFIERS = (
    "党组|党委|党工委|党支部|党总支|总支|支部|机关党委|机关|纪委|监委|纪工委|纪检组|纪检|组织|宣传|统战|武装|政法|团委|团支部|工会|人大|政协|妇联|班子|领导班子"
    "|常务|分管|专职|兼职|执行|第一|一级|二级|三级|四级|挂职|主要|综合|行政|技术|业务|财务|主持工作的?|代理|包村|驻村|包片|联村|副|总|代|正|各|委"
    "|县级|市级|区级|镇级|乡级|村级|省级|党群|办公厅"
)

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄"
    "和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉钮龚程嵇邢"
    "裴陆荣翁荀羊甄曲封储靳段富巫乌焦巴弓牧隗谷车侯全班仰秋仲伊宫宁仇栾甘厉戎祖武符刘景詹束龙叶司韶郜黎蓟薄印宿白怀蒲鄂索咸籍赖卓蔺屠蒙池乔阴胥闻党翟谭贡劳姬申扶堵冉宰雍桑桂濮牛寿通边扈燕冀郏浦尚"
    "农温别庄晏柴瞿阎充慕连茹习艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殳沃利蔚越隆师巩聂晁勾敖融冷訾辛阚那简饶空曾毋沙养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖邸闫涂代覃仝佟仉"
)
_COMPOUND = "欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|百里|呼延|独孤"

_SHORT_BODIES = re.compile(
    "(?:县委|市委|区委|省委|党校|学校|医院|法院|校办|党办|政府|纪委|监委|工会|妇联|团委|党委|党组|政协|人大|两办|两委|编办)$"
)

_MASK = "某×xXＸｘ＊*〇○□"


def _alternatives(words: str) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words.split("|")), key=lambda word: (-len(word), word)))


UNIT_TAIL = re.compile(rf"(?:{_alternatives(_UNIT_TAILS)})$")
TITLE_TAIL = re.compile(rf"(?:{_alternatives(_TITLE_HEADS)})$")
_ONE_TITLE = rf"(?:{_MODIFIERS})*(?:{_alternatives(_TITLE_HEADS)})(?:[（(][^（()）]{{1,12}}[)）])?"
TITLE_PHRASE = re.compile(rf"{_ONE_TITLE}(?:[、，,兼 　]\s*{_ONE_TITLE})*$")
_MASKED = (
    rf"(?:{_COMPOUND}|[\u4e00-\u9fff])(?:[{_MASK}]{{1,3}}[\u4e00-\u9fff甲乙丙丁]?|[\u4e00-\u9fff][{_MASK}]{{1,2}})"
)
MASKED_NAME = re.compile(
    rf"(?:{_COMPOUND}|[{_SURNAMES}甲乙丙丁])(?:[{_MASK}]{{1,3}}(?![{_MASK}])[甲乙丙丁]?|[\u4e00-\u9fff]?[{_MASK}]{{1,3}})$"
    rf"|[\u4e00-\u9fff](?<![该本每各的在由和及与或向对是为等以任])(?:某{{1,2}}|[×XＸ＊*]{{1,2}})[甲乙丙丁]?$"
)
_SIMPLE_MASKED = re.compile(rf"(?:{_COMPOUND}|[\u4e00-\u9fff])(?:某{{1,2}}|[×XＸ＊*]{{1,2}})[甲乙丙丁]?$")
_PLACEHOLDER_NAME = re.compile(rf"[{_MASK}]{{2,4}}$")
_REAL_NAME = re.compile(
    rf"(?:(?:{_COMPOUND})[\u4e00-\u9fff]{{1,2}}|[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}|[\u4e00-\u9fff]{{2,8}}[·•][\u4e00-\u9fff]{{2,8}})$"
)
#: How colleagues are called (小容, 老柳); a name only behind a post.
_FAMILIAR_NAME = re.compile(rf"[小老](?![师班区])[{_SURNAMES}]$")
_SURNAME_TITLE = re.compile(rf"([{_SURNAMES}])((?:副)?(?:{_alternatives(_TITLE_HEADS)}))$")

_GROUP = re.compile(
    r"各|^[省市县区旗乡镇村]、|全体|所有|有关|相关|涉事|涉及|其他|其余|成员单位$|班子成员$|党员干部$|干部职工$|(?<!安)全员$|(?:帮扶|包联)责任人$|^(?:网格员|护林员|巡河员|管水员)$|(?:包[村企片联保组]|驻[村点企]|联村|业务|一线|技术)(?:干部|骨干|力量|领导)$|^(?:上述|前述|以上|下列)|^[两二三四五六七八九十百\d]+[个家](?!体)|^每[名位个家所座村户]|驻村工作队$|^[省市县区镇乡村校院局]级领导(?:干部)?$|^(?:乡镇|镇街|镇村|村居|村社|属地)[\u4e00-\u9fff]*(?:长|书记|委员|负责人|领导|政府|党委|干部|员)$|^企业(?:主要|安全)*负责人$|职能部门$|主管部门$|等部门$|等单位$|同志$(?<=负责同志)"
)
_UNNAMED = re.compile(
    r"(?:[省市县区镇乡村街校院局]|本|基层|上级)?(?:直|级|直属|属)?"
    r"(?:行业主管|行业|主管|职能|施工|参建|监理|设计|建设|外包|平台|维保|消防维保|检测|服务|运营|养护|责任|牵头|配合|承办|业务|包联|帮扶|所属|下属|属事|属地|具体|使用|产权|管护|运维|中介|第三方|监管|保洁|供货|承包|劳务|检测|村级|镇级|县级|乡镇|社区|县域|公立|民办)*"
    r"(?:部门|单位|科室|股室|处室|机构|企业|站所|卫生院|卫生室|中小学校?|幼儿园|养老院|敬老院|医疗机构|党组织|支部|镇街|乡镇|街道|村居|村社|村|社区|主体)$"
    r"|(?:外包|平台|施工|监理|运营|维保|承建|第三方|中介|保洁|养护|设计|供货|承包|劳务|检测|物业服务?|软件|测绘|评估|专业)(?:公司|企业|方|机构|商)$"
)
_BARE_GENERIC = re.compile(
    r"(?:县|市|区|乡|镇|街道|村|社区|园区|办事处|街办|部门|单位|科室|股室|处室|站所|支部|党支部|党组织|党工委|党总支|纪委|政府|人民政府|党委|管委会|开发区|乡镇|镇街|居委会|村委会|企业|学校|学院|机关|直属单位|[（(][^（()）]{1,10}[)）])+$"
)
_NOT_SPLIT = re.compile(
    r"(?:省|市|县|区|镇|乡|村|社区|街道|局|校|院|厂|公司|集团|企业|机关|基层|本级|各级)?"
    r"(?:党委|党组|党工委|党支部|党总支|总支|支部|纪委|纪工委|委|村委会|居委会|两委|班子|办公室|人大|政协|工会|团委|单位|部门|科室|小组|组|队)?$"
)

_GROUP_TAIL = re.compile(
    r"(?:乡镇|镇街|村居|村社|站所|民警|教师|医生|医师|护士|网格|党员|干部|职工|班子成员|成员|人员|责任人|负责人|负责同志|领导|主体|网格员|街道|政府|党员干部|[（(][^（()）]{1,12}[)）])$"
    rf"|(?:{_alternatives(_UNIT_TAILS)})$"
)
#: A body named before, or the one that writes (该局, 我镇党委).
_REFERRING = re.compile(
    r"[该我本](?:局|镇|乡|村|院|校|委|办|县|区|站|所|厂|科|处|股|队|司|公司|中心|街道|社区|支部|集团|企业)(?:党[委组]|党支部|党总支|党工委|机关|班子|办公室|[\u4e00-\u9fff]{0,4}[科股室处])?$"
)
_ABBREVIATION = re.compile(
    r"[省市县区镇乡]?(?:发改|财政|住建|审计|教育|科技|工信|公安|民政|司法|人社|自然资源|国土|环保|生态环境|交通|水利|农业|农业农村|商务|文旅|文化|卫健|卫生|应急|市场监管|统计|医保|林业|林草|城管"
    r"|税务|渔政|信访|扶贫|乡村振兴|退役军人|组织|宣传|统战|政法|纪检|监察|人事|党建|气象|消防|交管|公安交管|国资|金融|数据|行政审批)$"
)
_NOT_IN_NAMES = re.compile(
    r"带队|根据|按照(?!职)|依照|遵照|鉴于|[的了对将未把被从向使让并但而须没是]|(?<!机)要|不(?!动产)|在(?!建)|于(?!家)|逐|联系(?!点|群众|人|科|处|室|办|会)|具体|各(?=[一二两三四五六七八九十\d出抽]|派(?!出所|出机构|驻))|(?<!安)全部|全程|成立|抽调|抽派|派(?!出所|驻|遣)|春耕|以(?![上下内外])|前(?![进锋哨山海门湾郭旗沿])|应(?!急)|(?<![国公私共])有(?!关|限|色)|为(?!民)|其(?!他|它|余)|牵头(?!单位|部门)|负责(?!人|同志)|配合(?!单位|部门)|会同|承办(?!单位|部门|科|人)|主办(?!单位|部门|科|方)|协办(?!单位|部门)|会办|协助|督促|制定|开展|加强|完成|整改(?!办|专班|工作|领导)"
    r"|推进|进行|问题(?!整改)|情况|方面|机制|制度|组织(?=实施|开展|召开|对|人员|各|[一二两三四五六七八九十\d]|听|专|交叉|力量|有关|相关|全)|落实|统一|强化|严格|建立|按照?职责|反映|上报|经费|资金(?!科|股|中心)|(?<![主责])任(?=[总副]?(?:组长|队长|指挥长|主任|成员))|担任|兼任|汇总|后(?![勤保])|一家|考察(?!组)|聘请|进驻|授权|传到|直查|快办|盯办|督办(?!科|室|组|局|办|中心|单位|部门|人)|报(?!社|刊|道|业)|审议|通过|提出|批准|印发|修订|清理|排查|核实|召开|汇报|提请|发现|检查(?=发现)|联合(?!会|社|体|党|工会)|(?<=[镇乡村局社区处科办])[两三四五六七八九十]个(?!体)|\d{3}|[：:\"]|“(?!两委”)|(?<!两委)”"
)


def is_certain_name(token: str) -> bool:
    """Say whether `token` is a name even in running prose, where no label vouches for it."""
    if not 2 <= len(token) <= 24 or _NOT_IN_NAMES.search(token) is not None:
        return False
    if is_masked_name(token) or _headed_by_post(token) or _REFERRING.match(token):
        return True
    if is_group_name(token):
        return _GROUP_TAIL.search(token) is not None or ends_with_title(token)
    if len(token) == 2 and _SHORT_BODIES.match(token) is None:
        return is_title(token)
    return is_unit_name(token) or ends_with_title(token)


def _headed_by_post(token: str) -> bool:
    found = _SIMPLE_MASKED.search(token)
    return found is not None and (is_title(token[: found.start()]) or is_certain_name(token[: found.start()]))


def simple_masked_name(token: str) -> str | None:
    """Return the masked name (one sign and its mask) that ends a longer token, or ``None``."""
    found = _SIMPLE_MASKED.search(token)
    return found[0] if found is not None else None


def find_foreign(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Find the words in ``text[start:end]`` that stand in no name (verbs, particles, quotation marks)."""
    return _NOT_IN_NAMES.finditer(text, start, end)


def is_unit_name(token: str) -> bool:
    """Say whether `token` ends the way names of bodies end (``县财政局``)."""
    return len(token) >= 2 and UNIT_TAIL.search(token) is not None


def is_title(token: str) -> bool:
    """Say whether `token` is nothing but a title or a chain of titles (``党组书记、局长``)."""
    return TITLE_PHRASE.match(token) is not None


def ends_with_title(token: str) -> bool:
    """Say whether `token` ends with the head word of a title."""
    return TITLE_TAIL.search(token) is not None


def is_masked_name(token: str) -> bool:
    """Say whether `token` is a surname with masked given name (``王某某``, ``李××``)."""
    return 2 <= len(token) <= 5 and MASKED_NAME.match(token) is not None


def is_person_name(token: str) -> bool:
    """Say whether `token` can stand for a person's name: masked, placeholder, or surname with given name."""
    if is_masked_name(token) or _PLACEHOLDER_NAME.match(token) is not None:
        return True
    if _REAL_NAME.match(token) is None:
        return False
    return not (is_unit_name(token) or ends_with_title(token) or is_group_name(token))


def is_familiar_name(token: str) -> bool:
    """Say whether `token` is a surname with 小 or 老 before it, which is a name only behind a post (收费员小容)."""
    return _FAMILIAR_NAME.match(token) is not None


def surname_with_title(token: str) -> tuple[str, str] | None:
    """Split ``刘校长`` into surname and title, or return ``None``."""
    found = _SURNAME_TITLE.match(token)
    return (found[1], found[2]) if found and not is_title(token) else None


def is_group_name(token: str) -> bool:
    """Say whether `token` names a class of bodies or people rather than one of them (``各镇街``)."""
    return _GROUP.search(token) is not None or _UNNAMED.match(token) is not None or is_department(token)


def is_department(token: str) -> bool:
    """Say whether `token` is a department called by its line of work alone (``审计部门``)."""
    return token.endswith("部门") and token[0] not in "省市县区镇乡" and is_abbreviation(token[:-2])


def is_abbreviation(token: str) -> bool:
    """Say whether `token` is the short name of a line of administration (``发改``, ``财政``), maybe with its level."""
    return _ABBREVIATION.match(token) is not None


def is_bare_class(token: str) -> bool:
    """Say whether `token` is a class word without a name of its own (``街道``, ``区政府``), as after ``各县、``."""
    return _BARE_GENERIC.match(token) is not None


def split_unit_and_title(token: str) -> tuple[str | None, str] | None:
    """Split ``县财政局局长`` into unit and title; the unit is ``None`` where no named unit stands before the title.

    Returns:
        ``None`` if `token` does not end in a title.
    """
    if not ends_with_title(token):
        return None
    if is_title(token):
        return None, token
    for cut in range(2, len(token)):
        unit, title = token[:cut], token[cut:]
        if "、" not in unit and is_title(title) and (is_unit_name(unit) or unit.endswith(("两委", "“两委”"))):
            return (None, token) if _NOT_SPLIT.match(unit) else (unit, title)
    return None, token
