"""The words that give a role in running text: verbs, their adverbs, and what weakens them."""

from __future__ import annotations

import re

from corpora.schema.plan import SubjectRole

_ADVERBS = r"(?:同志|要|应当|应|须|将|具体|共同|联合|统一|全程|(?:按照?|依据|根据)(?:各自)?(?:工作)?(?:职责|职能|分工)+|各自|分别|积极|主动|密切|全力|全面|同步|总体?|直接|依职责|依法|负责(?=牵头|配合|(?:全程|跟踪|日常|联合)*(?:督|监督|验收|审核|复[查核])|协助)|\s)*"
_WEAKENED = (
    r"(?!单位|部门|科室|股室|处室|领导|人(?!员|才|居)|同志|干部|责任|作用|不|意识|力度|职责|度|制(?!定|发|作|止)|区域"
    r"|抓总不|方(?!案|式|法)|组(?!织))"
)
#: Verbs behind a name with the role they give, first match wins; ``None`` for verbs that assign nothing.
VERBS: tuple[tuple[SubjectRole | None, re.Pattern[str]], ...] = (
    (
        None,
        re.compile(
            _ADVERBS
            + r"(?:统筹协调|总协调|统筹|任|担任|兼任|授权|批准|审批|审议|研究|决定|指定|委派|任命|反馈|指出|移交|交办|通报|发现|检查(?!整改)|拨付|分管|主管|承建|推荐|出资|管理的|使用的|编制的|实施的|负责的|牵头的|出具|组成|领导|主持|召开|提供|转(?!办))"
        ),
    ),
    (
        SubjectRole.LEAD,
        re.compile(
            _ADVERBS
            + r"(?:牵头|主办|主责|主抓)"
            + _WEAKENED
            + r"(?:负责|抓总|抓好|组织实施|组织|实施|落实|办理|推进|抓)?"
        ),
    ),
    (
        SubjectRole.SUPERVISING,
        re.compile(
            _ADVERBS
            + r"(?:全程|跟踪|日常|挂牌|联合|指导|组织)*(?:督办|督导|督促|监督|督查|验收|监管|审核|复查|复核|核查|把关|考核验收)"
            + _WEAKENED
            + r"(?:检查|指导|落实|验收|把关)?"
        ),
    ),
    (
        SubjectRole.COOPERATING,
        re.compile(_ADVERBS + r"(?:配合|协助|协办|参与|协同|会办|提供技术指导|技术指导)" + _WEAKENED),
    ),
    (
        SubjectRole.LEADER,
        re.compile(_ADVERBS + r"(?:包抓|包案|包联|包保|领办|挂帅|领衔|挂点|包片|负总责|总负责)" + _WEAKENED),
    ),
    (
        SubjectRole.RESPONSIBLE,
        re.compile(
            _ADVERBS
            + r"(?:负责|承办|承担|组织实施|抓好落实|抓好?整改|抓落实|狠抓落实|落实|实施|执行|办理|限期整改|组织整改)"
            + _WEAKENED
        ),
    ),
)
TOGETHER = re.compile(r"(?:牵头)?(?:会同|联合|协同|商(?=[县市区省镇乡])|联动)")
TITLED = re.compile(
    r"(?:同志|均|分别|共同)?(?:作为|为|是)(?:本?[该此]?项?(?:目|工作|问题|整改)?的?|(?:以下|上述)?各?(?:项|事项|问题|任务)的?)?"
)
BY = re.compile(
    r"(?<![自缘事])(?<![^治管办处整受审清护]理)(?:交|改|均|先|再)?由(?!于|此|来|衷)|责成|责令|(?:安排|指派|委托|要求)(?=[\u4e00-\u9fff])|(?<![申邀聘报提])请(?!求|示|假|托|销)"
    r"|(?<![期权局有时限])限(?=[^，,。；;]{2,16}?[日天周月]内)"
)
LEAD_IN = re.compile(
    r"(?:(?:并|同时|其中|再(?!生)|请(?=各)|经(?![信济开贸管发营侦])|后(?![勤保])|另|此外|原则上|统一|建议|下一步|下步|以及|且|即(?!墨)|或|先(?![锋进])|目前|今后|以后|此后|最后|随后|然后|按照?分工|经研究|会议(?:明确|决定|要求)|具体|自即日起|从即日起|今年|明年|本年度)(?![\u4e00-\u9fff]{0,2}的))*[，,]?\s*"
)
UNDER = re.compile(r"在(.{2,16}?)(?:的)?(?:统一|坚强|集中|直接)?领导下")
HAS_ROLE_WORD = re.compile(
    r"牵头|负责|配合|协助|协办|会同|主办|承办|主责|督办|督导|监督|验收|包抓|包案|包联|包保|领办|参与|落实|由|责成|领导下|审核|复查|监管|跟踪|实施|会办|总责|为.{0,6}责任|抓"
)
