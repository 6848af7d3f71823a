"""Lines below a text that name units and are of no task: 版记, the foot of a web page. Pure."""

import re
from collections.abc import Container, Iterator, Sequence

from edu_sheet.plan.issued.blocks import Paragraph
from edu_sheet.plan.issued.broken_titles import like_title
from edu_sheet.plan.issued.draft import Left
from edu_sheet.plan.issued.labels import labels_at
from edu_sheet.plan.issued.ordinals import ordinal_of
from edu_sheet.plan.issued.passages import passage_of
from edu_sheet.words.text import bare

_PAGE = re.compile(
    r"扫一扫|打印本[页文]|[【\[]?打印[】\]]?.{0,3}[【\[]?关闭|上一[篇条]|下一[篇条]|相关(?:附件|文档|链接|阅读|解读)|分享到"
    r"|返回顶部|版权所有|ICP备|公网安备|网站标识码|技术支持|站点地图|网站地图"
)
_DAY = re.compile(r"(?:\d|[〇○零一二三四五六七八九]){4}年.{1,3}月.{1,3}日(?:印发)?")
_COPIES = re.compile(
    r"(?:抄送|抄报|主送|分送|发送|报送)[：:]|.{2,40}\d{4}年\d{1,2}月\d{1,2}日印发$"
)
_FOOT = re.compile(
    r"(?:主办|承办|协办|维护|起草|拟稿|报送)(?:单位|部门|科室|处室)?|技术支持|.{0,4}联系(?:人|电话|方式)|电话|邮箱|地址|校对|审核|核稿"
    r"|拟稿人?|(?:责任)?编辑|(?:信息)?来源|共?印数?"
)
_LABEL = re.compile(r"(?<![^\s，,；;。])([^\s，,；;。：:]{1,8})\s*[：:]")
_OFFICES = (
    r"(?:国务院|[^、，,；;。：:\d]{1,30}(?:政府|办公[室厅]|委员会|[县市区州旗省党]委|小组|指挥部))"
)
_SIGNS = re.compile(_OFFICES)  # 某县人民政府办公室 at the end
_SIGNS_DATED = re.compile(
    rf"{_OFFICES}|[^、，,；;。：:\d]{{1,30}}(?:[局厅]|中心|街道|办事处|联席会议)"
)
_SEALED = re.compile(r"\s*[（(][^（()）]{2,30}章[）)]$")  # （某局代章）, behind a name or below it
_DUTY = re.compile("(?:牵头|责任|配合)(?:单位|部门)?[：:]")
_ENDS = re.compile("解释|施行|印发")


def footers(paragraphs: Sequence[Paragraph], behind: Container[str]) -> Iterator[Left]:
    """Yield them: below a day, copies or the marks of a page; the last lines, which are asked of.

    `behind` are the places behind all tables.
    """
    lines = [*_below_an_end(paragraphs, behind)]
    for one in lines:
        yield Left(one.place, "正文", one.text, ask=bool(_DUTY.match(one.text)))
    apart = [*_with_neighbours([one for one in paragraphs if not _SEALED.fullmatch(one.text)])]
    signed = ""  # who signs in the line below, above a day
    for above, one, follows in reversed(apart):
        said = bare(_SEALED.sub("", one.text)).removeprefix("中共")
        dated = bool(_DAY.fullmatch(bare(follows))) or bool(signed and said[:2] == signed[:2])
        signs = (_SIGNS_DATED if dated else _SIGNS).fullmatch(said)
        signed = said if signs and dated and not _begins(one) else ""
        if signs and not _begins(one) and (dated or not follows):
            lines.append(one)
            yield Left(one.place, "正文", one.text, ask=not dated and bool(_speaks(above)))
    rest = [one for one in paragraphs if one not in lines]
    for one in _last_lines(rest, behind):
        named = any(_speaks(one.text))
        yield Left(one.place, "没有用到的单位行" if named else "正文", one.text, ask=named)


def _with_neighbours(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[str, Paragraph, str]]:
    """Yield the paragraphs, each with the texts above and below it; none that a list goes on in."""
    texts = ["", *(one.text for one in paragraphs), ""]
    for above, one, follows in zip(texts, paragraphs, texts[2:], strict=False):
        if not above.rstrip().endswith(tuple("、，,；;：:")):
            yield above, one, follows


def _below_an_end(paragraphs: Sequence[Paragraph], behind: Container[str]) -> Iterator[Paragraph]:
    """Yield the marks of a page, and what its end or a day below tasks has below it."""
    ended = answered = False
    for one in paragraphs:
        page = not _begins(one) and bool(_PAGE.search(one.text))
        ended = ended and not _begins(one) and (page or _is_aside(one.text))
        if page or (ended and _LABEL.match(one.text)):
            yield one
        answered = answered or one.place in behind or _answers(one)
        ended = ended or (answered and (page or _closes(one.text)))


def _answers(one: Paragraph) -> bool:
    said = passage_of(one, labelled=False).said
    return said is not None and said.names_units


def _closes(text: str) -> bool:
    return bool(_DAY.fullmatch(bare(text)) or _COPIES.match(text))


def _is_aside(text: str) -> bool:
    return bool(_LABEL.match(text) or _closes(text) or re.fullmatch(r"[（(].{2,30}[）)]", text))


def _begins(one: Paragraph) -> bool:
    return bool(one.number or ordinal_of(one.text) or like_title(one.text))


def _last_lines(paragraphs: Sequence[Paragraph], behind: Container[str]) -> Sequence[Paragraph]:
    """Return the lines at the end under labels of a foot, which stand nowhere else in the text."""
    start = len(paragraphs)
    while start and not _begins(paragraphs[start - 1]) and _of_foot(paragraphs[start - 1].text):
        start -= 1
    last, above = paragraphs[start:], paragraphs[:start]
    labels = {label for one in last for label in _LABEL.findall(one.text)}
    before = {label for one in above for label in _LABEL.findall(one.text)}
    if not labels or labels & before:
        return ()
    if last[0].place in behind and not (above and _begins(above[-1])):
        return last
    several = sum(map(_answers, above)) > 1
    closed = above and not _begins(above[-1]) and _ENDS.search(above[-1].text)
    return last if several and (closed or _answers(above[-1])) else ()


def _of_foot(text: str) -> bool:
    labels = _LABEL.findall(text)
    foot = bool(labels) and bool(_LABEL.match(text)) and all(map(_FOOT.fullmatch, labels))
    return foot or _closes(text)


def _speaks(text: str) -> list[str]:
    """Return the labels in a text that say who answers."""
    return [found[1] for found in labels_at(text) if re.search("主办|承办|牵头|责任", found[1])]
