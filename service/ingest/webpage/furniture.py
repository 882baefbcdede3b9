"""What of a government web page is furniture: parts by their name, lists of links, and lines by their wording."""

from __future__ import annotations

import re

#: Words of ids and classes that name furniture, whole.
_NAMES = frozenset(
    {
        *(
            "nav",
            "menu",
            "crumb",
            "crumbs",
            "curmb",
            "dqwz",
            "location",
            "position",
            "foot",
            "bottom",
            "share",
            "social",
        ),
        *("tool", "tools", "print", "aside", "related", "relate", "xgxw", "xgwj", "xgyd", "rank", "ewm", "erweima"),
        *("search", "login", "banner", "yqlj", "links", "pager", "page", "comment", "comments", "advert", "ad", "ads"),
        *("gotop", "backtop", "wza", "header", "top", "logo", "fx", "hot"),
    }
)
#: Beginnings of such words.
_PREFIXES = (
    *(
        "navbar",
        "navi",
        "menu",
        "submenu",
        "topnav",
        "mainnav",
        "breadcrumb",
        "footer",
        "copyright",
        "sharebox",
        "bdshare",
    ),
    *(
        "jiathis",
        "toolbar",
        "sidebar",
        "relatednews",
        "recommend",
        "qrcode",
        "friendlink",
        "pagination",
        "topbar",
        "sitemap",
    ),
)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar", "toolbar", "complementary"})
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

_TOOL = (
    r"打印(?:本页|本文|此页|文章|页面)?|关闭(?:本页|窗口|页面|此页)?|(?:加入|我要)?收藏(?:本页|本站)?|设为首页|字体(?:大小)?|字号|文字大小"
    r"|放大|缩小|默认|恢复|特大|分享(?:到|至|按钮)?|微信(?:好友|朋友圈)?|朋友圈|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|复制链接"
    r"|扫一扫[^，。；]{0,24}|返回(?:顶部|首页|列表|上一页|上页)|(?:我要)?纠错|语音播报|(?:全文)?朗读|无障碍(?:浏览|阅读)?|适老化|长者模式"
    r"|(?:浏览|点击|阅读|访问)(?:次数|数|量)?|下载本文|下载全文|网站支持IPv6"
)
_STRONG_TOOL = re.compile(_TOOL)
_TOOL_LINE = re.compile(rf"(?:{_TOOL}|[大中小次人]|[\d\s\W_])+")
_BREADCRUMB = re.compile(
    r"(?:您?(?:现在|当前|目前)?(?:所在|所处)?的?位置|您(?:现在|当前)?(?:所)?[在处](?:的?位置)?|当前(?:所在)?(?:位置|栏目))\s*(?:是|为)?\s*[：:>＞》]"
    r"|(?:网站)?首页\s*[>＞›»→/\\|]+\s*\S"
)
_NEIGHBOUR = re.compile(r"[\[【〔<（(]?\s*(?:上|下)一?[篇条页]\s*(?:[\]】〕>）)]?\s*[：:]|[\]】〕>）)]|$)")
_RELATED = re.compile(
    r"[\[【]?(?:相关(?:链接|阅读|新闻|文章|文件|信息|报道|稿件|推荐|资讯|解读)|延伸阅读|热点(?:推荐|新闻|信息|关注)|推荐阅读|最新(?:信息|新闻|文章)|猜你喜欢|友情链接|网站导航)[\]】]?\s*[：:]?"
)
_FOOTER_MARK = re.compile(
    r"网站标识码|ICP\s*备|公网?安备|备案(?:号|序号)|版权所有|copyright|©|技术支持\s*[：:]|(?:建议|最佳)[^，。]{0,12}(?:分辨率|浏览器)",
    re.IGNORECASE,
)
_FOOTER_LINE = re.compile(
    r"(?:主办|承办|协办|运维|维护|建设|指导|管理)(?:单位|部门)?\s*[：:]|地\s*址\s*[：:]|邮\s*(?:编|政编码|箱)\s*[：:]|(?:联系|值班|咨询|办公|网站)?电\s*话\s*[：:]|传\s*真\s*[：:]"
    r"|(?:网站地图|联系我们|关于我们|网站声明|使用帮助|隐私保护|法律声明|无障碍|站点地图)",
)
_CREDIT = re.compile(
    r"[（(\[【]?\s*(?:责任?编辑|编辑|值班编辑|初审|复审|终审|审核|校对|审签|监制|签发)\s*[：:]\s*[^，。；]{0,40}"
)
_MAX_FURNITURE_LINE = 160
_MAX_FOOTER_LINES = 14
_MAX_CREDIT_LINES = 6


def is_furniture_part(names: str, role: str) -> bool:
    """Say whether the id, the classes or the role of an element name furniture."""
    words = [word.lower() for word in _WORDS.findall(names)]
    named = any(word in _NAMES or word.startswith(_PREFIXES) for word in words)
    return named or role.strip().lower() in _ROLES


def is_furniture_line(text: str) -> bool:
    """Say whether a line holds nothing but tools, a breadcrumb, or a link to the page before or after."""
    if len(text) > _MAX_FURNITURE_LINE:
        return False
    if (_STRONG_TOOL.search(text) or set(text) >= set("大中小")) and _TOOL_LINE.fullmatch(text):
        return True
    return _BREADCRUMB.match(text) is not None or _NEIGHBOUR.match(text) is not None


def opens_related(text: str) -> bool:
    """Say whether a line is the heading of a list of links to other pages."""
    return _RELATED.fullmatch(text) is not None


def is_footer_mark(text: str) -> bool:
    """Say whether a line can only stand in the footer of a site."""
    return len(text) <= _MAX_FURNITURE_LINE * 2 and _FOOTER_MARK.search(text) is not None


def footer_start(lines: list[str]) -> int:
    """Return where the footer and the credits at the end of a page begin; `len(lines)` if there are none.

    主办单位 and 承办单位 are fields of a plan, too: they count only next to a mark that no plan bears.
    """
    end = len(lines)
    while end > 0 and end > len(lines) - _MAX_FOOTER_LINES:
        line = lines[end - 1]
        if not (is_footer_mark(line) or is_furniture_line(line) or _FOOTER_LINE.match(line)):
            break
        end -= 1
    if not any(map(is_footer_mark, lines[end:])):
        end = len(lines)
    start = end
    while start > 0 and start > end - _MAX_CREDIT_LINES:
        if not (_CREDIT.fullmatch(lines[start - 1]) or is_furniture_line(lines[start - 1])):
            break
        start -= 1
    return start
