"""Names in a list that lack the level which the others begin with: 省发改委、财政厅. Pure."""

import re
from functools import lru_cache

from edu_sheet.rules.units import pieces
from edu_sheet.words.text import bare

# Banks and the like are named after no county.
_OF_NO_LEVEL = re.compile(
    r"(?:.{2,4}(?:银保监|证监|金融监管|外汇管理)局|人行|人民银行|中国|国家|国网|移动|联通|电信|铁塔|烟草|邮政|邮储|石油|石化|铁路|海关|银保监|金融监管|.{2,3}(?:生态环境|税务|气象|海事|出入境|检验检疫|邮政管理|通信管理|能源监管)"
    r"|北京|天津|河北|山西|内蒙古|辽宁|吉林|黑龙江|上海|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|重庆|四川"
    r"|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆"
    r"|(?!市场|城市|机关|应急|交通|公路|林业|粮食|港口|药品|房产|国有|土地|海洋|园林|文物|旅游|景区|能源|矿山|医保|城乡)"
    r".{2,3}(?:管理局|电业局|供电局)|[工农中建]行|农商|.{0,4}银行)"
)


@lru_cache(maxsize=4096)
def without_level(text: str) -> tuple[tuple[str, str], ...]:
    """Return (name, as it may be meant) for names in a list that lack the level others begin with.

    省发改委、财政厅: the second may be 省财政厅, or another's.
    """
    names = [piece.text for piece in pieces(text, {})]
    level = next((name[0] for name in names if re.match(r"(?!市场)[省州市县区旗]..", name)), "")
    if not level:
        return ()
    return tuple(
        (name, level + name)
        for name in names
        if re.search(r"(?:局|委|厅|办|(?<!营业|项目|事业|经营)部|办公室)$", name)
        and not _OF_NO_LEVEL.match(name)
        and not re.match(
            r"[省州市县区旗各团国全驻中]|有关|相关|人民|(?:.{2,6}(?:县|市|区|镇|(?<!城)乡|街道|省|州|公司|集团))",
            bare(name),
        )
    )
