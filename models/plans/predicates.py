"""What a clause of prose says about its subject: the role its predicate gives, and how surely."""

from __future__ import annotations

import re

from corpora.schema.plan import SubjectKind, SubjectRole

_NUMBER = "[\\d一二三四五六七八九十两半几]"
_TIME = (
    r"(?:(?:于|在|自|从|到|至|最迟|最晚|赶在|今后|以后|今年|明年|本年度?|\d{4}年|次年|每年)*"
    rf"(?:{_NUMBER}{{1,3}}月份?(?:{_NUMBER}{{1,3}}[日号]|[上中下]旬|[底末初])?|{_NUMBER}{{1,3}}[日号]|本?[月年周季旬][内底末中初]|本周[一二三四五六日末]?|近[期日]|当[日天月年周]|[上下]半年"
    rf"|[一二三四第]{{1,2}}季度|半年一次|一年[一两]次|每(?:{_NUMBER}|半)?个?(?:[日天周旬月季年]|季度|半年|学期|批次)(?:{_NUMBER}+[日号]|[一二三四五六日]|[底末初])?|{_NUMBER}{{1,3}}个?(?:工作日|日|天|周|月|小时|星期|季度)|今后|以后|事后|随后|后续"
    rf"|[^，,。；;、]{{2,12}}?后{_NUMBER}{{1,3}}个?(?:小时|工作日|[日天周月])(?=内|之内|以内)"
    r"|[^，,。；;]{1,6}(?:节|开学|汛期|春耕|秋收)(?=前))"
    r"(?:\d{1,2}[日号])?(?:上午|下午|下班|一次)?(?:之?前|以前|之?内|以内|之?后|起|开始|左右)?)"
)
_MANNER = (
    "同志|正在|一律|要|应当|应|须|将|需|拟|必须|务必|可|具体|共同|联合(?=[督开行整])|统一|全程|各自|分别|积极|主动|密切|全力|全面|同步|总体?|直接|依法依规|依法|依职责|定期|不定期|随机|及时|立即|尽快|抓紧|逐[项一户条企处件个场村]|先行?"
    r"|限(?=[\d一二三四五六七八九十本年月])|从严|承诺|再|也|均|都|各(?![乡镇村部单科股县市区家])|分头|集中|重新|严格|认真|切实|继续|进一步|常态化|已经?|即将|最迟|每次|当场|现场|驻点|跟踪(?=[\u4e00-\u9fff])|日常|负责(?=牵头|配合|[全跟日联]|[督监验审复]|协助)|(?:按照?|依据|根据)(?:各自)?(?:工作)?(?:职责|职能|分工)+"
)
_ADVERBIAL = re.compile(rf"(?:{_MANNER}|{_TIME}|[，\s])*")
_NOT_A_VERB = (
    r"(?!单位|部门|科室|股室|处室|领导|人(?!员|才|居)|同志|干部|责任|作用|不|意识|力度|职责|度|制(?!定|发|作|止)|区域"
    r"|抓总不|质量|水平|能力|意识|作用|力度|效果|成效|质效|氛围|乏力|缺位|流于|浮于|走过场|难(?!题|点)|弱|体系|方面|人员|方(?!案|式|法)|组(?!织)|的(?!$))"
)
_NO_DUTY = re.compile(
    r"统筹协调|总协调|[兼担]?任(?!务)|授权|批准|审批(?!股|科)|审议|决定|指定|委派|任命|反馈|指出|移交|交办|通报(?=了|的|批评)|调整了?分工|研究部署|发现|检查时|拨付了|分管|主管|承建|推荐|管理的|使用的|编制的|实施的|负责的|牵头的|组成|领导(?!小组)|主持|召开|转(?!办|交)"
    r"|对[^，,]{1,24}(?:反思|检讨|检视|剖析|道歉|重视)|听.{0,3}汇报|过问|说明情况|收到|接到|认为|高度重视|负责(?:最终)?解释|负责日常|设在|下设|是|作为(?!.{0,6}责任)|成立了|参加了|出席|列席|莅临|到会|表示|(?:在[^，,]{0,8}会上)|发言|致辞|讲话|印发$|行使|代为|代(?=签|拟|填|写|笔|考)|点名|签批支出|独自承担"
)
_LEADS = re.compile(
    rf"牵(?:好|起)?头{_NOT_A_VERB}|牵头责任|挑头|牵总|双牵头|共同牵头|主办{_NOT_A_VERB}|主责{_NOT_A_VERB}|主抓|抓总(?!不)"
)
_LEADS_PERSON = re.compile(
    r"挂帅|带队|领衔|挂点|包片|坐镇|负总责|总负责|负第一责任|第一责任人|联系[^，,。；;]{1,8}整改|(?:任|为)总?组长"
)
_CALLS = re.compile(r"(?:专题|集体|提级)?(?:调度|约谈)$")
_HOLDS_CASE = re.compile(r"包案|包抓|包联|包保|领办")
_KEEPS_AT = re.compile(r"负责(?:跟踪)?盯[办着]|(?=.*每)[^，,]{0,6}参与")
_SAYS = re.compile(
    r"(?:会议|已|曾)?(?:要求|明确|规定|强调|提出|决定|指出|认为|表示)$|(?:负责)?总协调|为[^，,]{2,20}(?:公司|集团|院|局|所|中心|企业|厂|队)$"
)
_FOUND_OUT = re.compile(r"时发现|检查发现|中发现|以来")
_ASSISTS_FIRST = re.compile(rf"(?:全程|密切|积极|主动)*(?:配合|协助|协办|会办|协同|协作){_NOT_A_VERB}")
_ASSISTS = re.compile(
    rf"参与{_NOT_A_VERB}|参加(?!了|会)|协助|配合(?!不)|协作|派[^，,]{{0,8}}(?:人|员|家|骨干|力量)|抽[^，,]{{0,4}}人(?!事)|提供(?!的)|帮带|把脉|(?:技术|业务|跟上|上门|驻点|挂点|做好[^，,]{{0,8}})(?:指导|支持|支撑)"
    r"|做好[^，,]{0,10}(?:衔接|配合|警戒|保障|服务)|抄送|教(?=群众|村民|农户|职工|学生)|^指导$"
)
_WATCHES_FIRST = re.compile(
    rf"(?:全程|跟踪|日常|挂牌|联合|指导|组织|负责|参与|常态化|从严|嵌入式?|现场)*(?:督办|盯办|盯守|盯防|督导|督促|监督|督查|验收|监管|审核|审签|复查|复核|抽查|抽看|抽检|回访|把关|考核验收|责成|跟进|盯(?:进度|住|紧|着)){_NOT_A_VERB}"
)
#: Leading a check is checking (牵头督导, 牵头验收).
_WATCHES_AHEAD = re.compile(r"牵头(?:负责|组织|开展)?(?:督[办导查]|监督|验收|复[查核])")
_WATCHES_LAST = re.compile(
    r"(?:督办|盯办|督导|督查|监督|抽查|复查|复核|审核|审签|回访|跟进|验收|把关|飞行检查|评查|抽检|抽看|全程跟踪|通报排名|通报进度|提醒函|督办函|督查通报|盯住不放|盯进度|盯到底|跟踪|联合执法|(?<=[月周季旬年日])通报)"
    rf"(?:{_NUMBER}+[次遍]|到底|到位|检查|落实|情况|合格.{{0,6}}|不少于.{{0,4}})?$"
)
_CARRIES = re.compile(
    rf"(?:包案|包抓|包联|包保|领办|负责|承办|承担|组织实施|抓好落实|抓好?整改|抓落实|狠抓落实|具体抓|限期整改|组织整改|认领|兜底|执笔){_NOT_A_VERB}"
)
_DIRECT = re.compile(r"负(?:有)?直接责任|负具体责任|作为[^，,]{0,6}责任人")
_ACT_WORDS = (
    "落实|实施|执行|办理|开展|制定|修订|修改|修编|完善|健全|建立|设立|设置|成立|配备|配齐|增设|新增|新建|改造|维修|检修|修剪|修复|恢复|更换|拆除|清理|清退|清零|清查|清点|清运|清收|排查|摸排|摸底|核实|核对|核查|核验|核销|核定|统计|登记"
    "|建档|建账|入账|退还|退回|收回|追缴|追回|催缴|缴回|上缴|拨付|拨清|发放|兑现|公示|公布|公开|通报|约谈|处置|处理|整治|整理|整改|纠正|解决|化解|取缔|关停|关闭|停止|督促|指导|辅导|培训|轮训|学习|宣讲|编制|编印|编写|起草|草拟|拟定|拟订|印发"
    "|出台|出具|提交|提请|上报|报送|报告|反馈给|征求|梳理|汇总|汇编|规范|优化|调整|明确|细化|推进|推动|推行|实行|启动|启用|运用|采用|改用|对接|联系|走访|入户|入企|巡查|巡山|巡河|巡检|值守|值班|驻村|驻场|轮值|轮流|轮岗|测试|检测|监测|校准|校对|盘点|盘库|对账|碰头|会商"
    "|研判|分析|评估|评审|复垦|复绿|补植|补齐|补录|补办|补签|补登|补缴|补检|补考|补充|补助|供应|调拨|调配|调运|采购|招标|招租|招聘|签订|签字|双签|签收|签批|移交|交接|交回|交出|归还|归档|存档|备案|审查|抽调|选派|安排|筹措|筹集|保障|保管|管护|看护|巡护|养护"
    "|清洗|消毒|消杀|加固|硬化|疏浚|疏通|绿化|拉网|逐条|销号|张贴|贴到|悬挂|制作|录入|更新|维护|上传|扫描|誊录|留存|建设|施工|完工|统一口径|加工|生产|搬离|搬迁|腾退|撤销|撤除|注销|合并|收集|收齐|受理|答复|回复|回应|告知|通知|传达|督战|指挥|调度|协调|统筹|调研|听证|调解"
    "|执法|查处|处罚|立案|追责|认定|鉴定|带班|巡逻|上门|听取|听证|直查|快办|联审|会审|会签|联办|联查|踏勘|即知即改|立行立改|立查立改|下沉|蹲点|包干|包保|划定|划转|确权|勘界|测绘|监理|送达|配送|投放|布设|安装|安装好|拿出|做好|抓好|抓实|把好|用好|管好|负起|担起|扛起|压实|传到|交到|改到|放到|聘请|邀请|发函|下发|制发|来建|重建|续建|扩建|翻新|改建|付款|结算|清算|销毁"
    "|开放|开设|开通|增加|压减|压缩|削减|控制|取消|废止|终止|暂停|恢复供|接通|抢抓|抢修|行动|出公告|核减|核增|换装|培育|引进|落地|自查|互查|普查|复训|演练|召集|考核|测评|评议|述职|宣誓|讲解|帮扶|帮助|扶持|支持|争取|申请|申报|报请|报批|审定|审结|复盘|总结|提炼|归集|清仓|盘活"
)
#: Acts that also begin the name of a section (组织部, 审计局), unless what follows is another word (组织科技人员).
_ACT_OR_BODY = r"(?:组织|宣传|审计|服务)(?!部(?!署|分)|局(?!部)|厅|署|股|室|站|中心|公司|委员|处(?!理|置|罚)|科(?!技|普|研|学)|办(?!理|法|好))"
_ACTS = re.compile(
    rf"(?:{'|'.join(sorted(set(_ACT_WORDS.split('|')), key=len, reverse=True))})(?!的$|质量|水平|能力|意识|作用|力度|效果|成效|质效|氛围|乏力|缺位|流于|浮于|走过场|难(?!题|点)|弱|体系|方面|人员|不(?!少|得|合))|{_ACT_OR_BODY}|查(?!出)|改(?!革)|拿|报(?!社|刊|道|告称)|发(?!现|生|展)|交(?!通|叉)|补|建(?!议|设的)|修|拆|清|退|追|派|教(?!育|师|材|学)|抽|出(?!现|租|纳)"
)
_DISPOSES = re.compile(
    r"(?:把|将(?!于|要|会)|对(?!不|比)|就|为|给|向|按|依|以|用|逐|从|在|于|每|与|同(?!意|志)|跟|限|要|须|应|需|拟|均|也|先|再|各|分|联合|会同|协同|不定期|定期|最迟|最晚|负|挂|带队|牵|包|盯|跟|双)"
)
_OBLIGED = re.compile(r"(?:要|应当|应|须|必须|务必|需|限|拟|将(?=[于在进重尽全]))(?!求|紧|素|害|对|用|急|的|有)")
_PAST = re.compile(
    r"(?<!为|除)了(?!解|结)|曾|过(?=[，。]|$)|时发现|以来|先后|于\d{1,2}月\d{1,2}日(?!之?前|以前|起)|(?:19|20)\d\d年(?:以来|期间)|经查|\d{4}年\d{1,2}月\d{1,2}日(?!之?前|以前|起|止)|[^，,。每]{0,12}(?:召开|举行)(?![^，,。]{0,3}[一两]次)"
)
_COMPLETED = re.compile(
    r"(?:[已己]|于\d{1,2}月\d{1,2}日(?!之?前|以前)).{0,30}(?:整改|完成|办结|到位|约定|落实|销号|清退|补齐)"
)
_LIMITED = re.compile(
    r"每(?:[两三四半]|\d)?个?(?:[日天周旬月年]|季|批次|学期)|[年月日底末旬初节期学耕](?:之|以)?前|(?:日|天|周|月|年|时|度|期)(?:之|以)?内|[底末旬](?=[^，,。；;])|\d月(?!\d)|[一二三四上下]季度|半年|常态化|长期坚持|限期|接报"
)


def role_of_predicate(predicate: str, kind: SubjectKind, *, ordered: bool) -> tuple[SubjectRole | None, bool]:
    """Say what role the rest of a clause gives its subject.

    Args:
        predicate: the clause behind the subject, without its closing sign.
        kind: what the subject is; the same verb makes a unit `lead` and a person `leader`.
        ordered: the subject stands behind 由, 请 or 责成, so that any act is an assignment.

    Returns:
        The role, and whether it is firm; not firm is an act with no word of duty in it. ``None`` for no role.
    """
    start = adverbial_end(predicate)
    core = predicate[start:]
    if _assigns_nothing(predicate, core, kind):
        return None, False
    stated = _stated_role(predicate, core, kind)
    if stated is not None:
        return (None, False) if is_over(predicate) and not ordered else (stated, True)
    if ordered or _CARRIES.match(core):
        return (_carrier(kind), True) if core else (None, False)
    firm = _dated_act(predicate, core, start)
    return (None, False) if firm is None else (_carrier(kind), firm)


def _assigns_nothing(predicate: str, core: str, kind: SubjectKind) -> bool:
    if _SAYS.match(predicate) or _NO_DUTY.match(core) or _FOUND_OUT.search(predicate):
        return True
    return kind is not SubjectKind.PERSON and re.match(r"统筹(?!推进|实施|做好)", core) is not None


def _dated_act(predicate: str, core: str, start: int) -> bool | None:
    """Say whether an act without a word of duty has a limit; ``None`` for what is no act to come."""
    if _COMPLETED.search(predicate):
        return False
    if _PAST.search(predicate):
        return None
    if _OBLIGED.match(predicate) or (start and has_limit(predicate[:start])):
        return has_limit(predicate)
    acts = start > 0 or _ACTS.match(core) is not None or _DISPOSES.match(predicate) is not None
    return False if acts and core else None


def adverbial_end(predicate: str) -> int:
    """Return where the verb of a predicate begins: behind modal verbs, adverbs and times."""
    found = _ADVERBIAL.match(predicate)
    return found.end() if found is not None else 0


def opens_predicate(text: str, position: int, end: int) -> bool:
    """Say whether ``text[position:end]`` goes on as a predicate does, so that a name may end before it."""
    start = position + adverbial_end(text[position:end])
    if start > position and start < end:
        return True
    return any(
        pattern.match(text, start, end) is not None
        for pattern in (
            _ACTS,
            _DISPOSES,
            _LEADS,
            _LEADS_PERSON,
            _ASSISTS_FIRST,
            _ASSISTS,
            _WATCHES_FIRST,
            _CARRIES,
            _NO_DUTY,
            _PASSIVE,
        )
    )


_PASSIVE = re.compile(r"跟踪(?![\u4e00-\u9fff])|负(?!责人|责同志)|作为|为(?=.{0,8}责任)|牵|挂|包|盯|派|抽|出")


def is_over(predicate: str) -> bool:
    """Say whether a predicate tells of what has been done, without any time to come."""
    return _PAST.search(predicate) is not None and not has_limit(predicate)


def has_limit(clause: str) -> bool:
    """Say whether a clause speaks of a time to come or a frequency."""
    return _LIMITED.search(clause) is not None


def _stated_role(predicate: str, core: str, kind: SubjectKind) -> SubjectRole | None:
    person = kind in (SubjectKind.PERSON, SubjectKind.POST)
    if _DIRECT.search(predicate) or (person and _KEEPS_AT.match(predicate)):
        return SubjectRole.OWNER
    if _ASSISTS_FIRST.match(core):
        return SubjectRole.COOPERATING
    if not _WATCHES_AHEAD.match(core):
        if _LEADS.search(predicate):
            return SubjectRole.LEADER if person else SubjectRole.LEAD
        if person and _heads(predicate, kind):
            return SubjectRole.LEADER
    if _WATCHES_AHEAD.match(core) or _WATCHES_FIRST.match(core) or _WATCHES_LAST.search(predicate):
        return SubjectRole.SUPERVISING
    if _ASSISTS.search(predicate):
        return SubjectRole.COOPERATING
    return None


def _heads(predicate: str, kind: SubjectKind) -> bool:
    """Say whether a person or post stands over the work: holds the case, answers for the whole, calls others to account."""
    if any(pattern.search(predicate) for pattern in (_HOLDS_CASE, _LEADS_PERSON)):
        return True
    return _CALLS.match(predicate) is not None or (
        kind is SubjectKind.PERSON and re.search(r"统筹(?!协调)", predicate) is not None
    )


def _carrier(kind: SubjectKind) -> SubjectRole:
    """Return who a person is that carries out a task (its owner), and a body (responsible)."""
    return SubjectRole.OWNER if kind in (SubjectKind.PERSON, SubjectKind.POST) else SubjectRole.RESPONSIBLE
