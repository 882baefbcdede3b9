"""Page furniture: lines that belong to the page or the site, never to the document."""

from __future__ import annotations

import re

#: Furniture is short; anything longer is read as text, whatever words it contains.
_MAX_LENGTH = 90

_DASH = r"[-–—―─－_~·•]"
_PAGE_NUMBER = re.compile(
    rf"(?:{_DASH}\s*)+\d{{1,4}}\s*(?:{_DASH}\s*)+"
    r"|\d{1,3}"
    r"|\d{1,3}\s*[/／]\s*\d{1,3}"
    r"|(?:当前)?第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:[\s,，/／]*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?"
    r"|共\s*\d{1,5}\s*页|页码\s*[:：]?\s*\d{1,5}|Page\s*\d{1,4}(?:\s*of\s*\d{1,4})?|[Pp]\.?\s*\d{1,4}"
    r"|[（(]?(?:上接|下转|转|接)\s*第?\s*\d{1,3}\s*[版页][）)]?"
)

#: Anywhere in a short line that is not prose these words make it furniture.
_ANYWHERE = re.compile(
    r"ICP备|公网安备|网安备|网站标识码|版权所有|[Cc]opyright|©|技术支持[:：]"
    r"|扫一扫|扫码(?:关注|阅读|下载|查看)|(?:扫描|长按|识别)[^。，；]{0,8}二维码|微信扫"
    r"|打印本页|关闭(?:窗口|本页)|本页打印|返回顶部|加入收藏|设为首页|收藏本[页站]|分享到|分享至|一键分享"
    r"|您是第\s*\d+|字[号体]\s*[:：]|【\s*(?:字体|字号|打印|关闭|大)|[\[［]\s*(?:打印|关闭|大\s*中\s*小)"
    r"|当前位置\s*[:：]|您(?:现在)?(?:所在)?的?位置\s*[:：]|首页\s*(?:>|＞|›|»|→)"
    r"|下载本文档|下载客户端|点击下载|点击(?:查看|阅读|展开)(?:更多|全文|原文)|展开全文|阅读原文|开通会员"
)

#: These words also occur in reports; they are furniture only as a counter or as an entry of a menu.
_COUNTER = re.compile(r"(?:浏览|访问|阅读|点击)(?:次数|总?量|数)\s*(?:[:：]|\d|$|[）)\]】])")
_MENU_ENTRY = re.compile(
    r"(?:^|[\s|｜·])(?:无障碍(?:浏览|阅读|模式)?|长者(?:模式|专区|助手|版)|适老(?:版|模式)|关怀版|网站地图|隐私声明|我要纠错"
    r"|免费下载|文档下载|在线预览|相关(?:链接|阅读|推荐|新闻)|热门(?:推荐|文章)|联系我们|关于我们)(?:$|[\s|｜·:：])"
)

#: A line that begins with one of these labels and a colon is a by-line or a navigation line.
_BY_LINE = re.compile(
    r"^[（(【\[［]?\s*(?:责任编辑|责编|编辑|本期编辑|值班编辑|校对|责任校对|一审|二审|三审|初审|复审|终审|编审|网络编辑|实习编辑"
    r"|来源|信息来源|文章来源|稿件来源|本文来源|发布时间|发布日期|发表时间|更新时间|发布机构|发布人|信息提供|供稿|撰稿|作者|通讯员|记者"
    r"|索引号|主题分类|信息分类|公开方式|公开范围|上一篇|下一篇|上一条|下一条|上一页|下一页|关键词|关键字|标签|分享)"
    r"\s*[:：/]"
)

_WHOLE_LINE = re.compile(
    r"分享|打印|关闭|收藏|无障碍|长者版|繁體|繁体|English|登录|注册|首页|目\s*录|返回|更多|纠错|上一[页篇]|下一[页篇]|尾页|末页|大\s*中\s*小"
    r"|微信(?:\s*微博)?|微博|朋友圈|QQ空间|[-=_*·.—\s]{3,}"
)
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")


def is_page_number(line: str) -> bool:
    """Say whether `line` holds nothing but a page number or a “continued on page” note."""
    return _PAGE_NUMBER.fullmatch(line.strip()) is not None


def is_furniture(line: str) -> bool:
    """Say whether one physical line is page furniture (page number, by-line, site navigation).

    Args:
        line: one line without its line break; surrounding white space is ignored.
    """
    line = line.strip()
    if not line or len(line) > _MAX_LENGTH:
        return False
    if _PAGE_NUMBER.fullmatch(line) or _WHOLE_LINE.fullmatch(line) or _WEB_ADDRESS.fullmatch(line):
        return True
    if _reads_as_prose(line):
        return False
    return any(pattern.search(line) for pattern in (_BY_LINE, _ANYWHERE, _COUNTER, _MENU_ENTRY))


def _reads_as_prose(line: str) -> bool:
    """Say whether the line is a clause that merely mentions a furniture word."""
    marks = line.count("，") + line.count("；")
    return marks >= 2 or (
        marks >= 1 and line.endswith(("。", "；", "，")) and "扫" not in line[:6] and "版权" not in line
    )
