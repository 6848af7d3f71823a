"""Findings about a returned file: whose it is, of which period and plan, and who sent it. Pure."""

from edu_sheet.words.findings import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: dict[str, tuple[Severity, str]] = {
    # --- what it is, and whose
    "unknown_file": (_E, "看不出这是本方案的填报表：没有识别码、表单编号，也没有填报单位和期次。"),
    "master": (
        _E,
        "这是总表，不是填报表：没有从中收取任何内容。总表在 成果 文件夹里直接修改即可。",
    ),
    "plan_workbook": (
        _E,
        "这是分工方案，不是填报表：没有从中收取任何内容。方案请放在工作区里修改。",
    ),
    "bad_signature": (_E, "识别码被改动过（{signal:signal}），不能确定是谁的表，没有收取。"),
    "bad_signature:accepted": (_E, "识别码被改动过（{signal:signal}）；按您的裁定照收。"),
    "other_plan": (
        _E,
        "这是另一个方案（另一个工作区）下发的填报表，没有收取：请核对是否发错、放错了工作区。",
    ),
    "other_plan:accepted": (
        _E,
        "这是另一个方案（另一个工作区）下发的填报表；按您的裁定照收。",
    ),
    "unit_contradiction": (
        _E,
        (
            "{one:signal}是“{first}”，{other:signal}却是“{second}”：可能是用别的单位的表填的，"
            "不能确定是谁的，没有收取。"
        ),
    ),
    "period_contradiction": (
        _E,
        (
            "{one:signal}是 {first}，{other:signal}却是 {second}：可能是用上期的表改了期次填的，"
            "不能确定是哪一期，没有收取。"
        ),
    ),
    "version_contradiction": (
        _E,
        (
            "{one:signal}是第 {first} 版的表，{other:signal}却是第 {second} 版："
            "可能是两份表拼在一起的，没有收取。"
        ),
    ),
    "version_contradiction:accepted": (
        _E,
        ("{one:signal}是第 {first} 版的表，{other:signal}却是第 {second} 版；按您的裁定照收。"),
    ),
    "unknown_unit": (_E, "填报单位“{unit}”没有领过填报表，不能确定是谁的，没有收取。"),
    "shared_name": (
        _E,
        (
            "只有表头的填报单位写着“{unit}”，这个名称不止一个单位用过或正在用（{names:quoted}），"
            "不能确定是谁的，没有收取。"
        ),
    ),
    "called_now": (_W, "表上的“{unit}”是下发时的名称，该单位现在叫“{now}”：按“{now}”计入。"),
    "called_now:left": (
        _W,
        (
            "表上的“{unit}”是下发时的名称，该单位已不在名录里，现在的“{unit}”是另一个单位："
            "按“{now}”计入。"
        ),
    ),
    "unknown_period": (_E, "看得出是“{unit}”的表，看不出是哪一期的，没有收取。"),
    "unknown_owner": (_E, "看得出是 {period.label} 的填报表，看不出是哪个单位的，没有收取。"),
    "unknown_number": (_E, "表单编号 {number} 在台账里查不到，不能确定是谁的表，没有收取。"),
    "not_issued": (
        _E,
        "没有给“{unit}”下发过 {period.label} 的填报表，没有收取：请核对单位和期次。",
    ),
    "wrong_period": (
        _E,
        (
            "这是 {period} 的填报表，“{unit}”该期已经报过，而 {awaited} 还没有报："
            "可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "wrong_period:unreported": (
        _E,
        (
            "这是 {period} 的填报表，文件名、邮件主题或正文写的却是 {awaited}，"
            "“{unit}”这两期都还没有报：可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "wrong_period:named": (
        _E,
        (
            "这是 {period} 的填报表，“{unit}”该期已经报过，内容不同，文件名或邮件主题写的却是 "
            "{awaited}：可能是用上期的表填了新一期的内容，没有收取。"
        ),
    ),
    "file_known": (
        _I,
        "文件名写的是“{unit}”（可能是 {periods}），表里没有写，仅供参考：请核实后写明单位和期次。",
    ),
    "unit_unclear": (
        _W,
        (
            "填报单位写的是“{said}”，不是“单位名录”里的名称；识别码和表单编号都是“{unit}”的，"
            "按“{unit}”收取，请核对。"
        ),
    ),
    "claimed_identity": (
        _E,
        (
            "表里只有{signal:signal}说是“{unit}”{period.label} 的表，没有识别码、表单编号和任务键，"
            "也不是从该单位的邮箱发来的，没有收取：请核实是谁的。"
        ),
    ),
    "claimed_identity:accepted": (
        _E,
        "只凭{signal:signal}认出是“{unit}”{period.label} 的表；按您的裁定照收。",
    ),
    "weak_identity": (_W, "只凭{signal:signal}认出是“{unit}”{period.label} 的表，请核对。"),
    "earlier_version": (
        _W,
        (
            "这是第 {version} 版的表，{period.label} 已改发第 {newest} 版：按旧表上的任务收取，"
            "新增或改动的任务请催报。"
        ),
    ),
    "file_name_differs": (_W, "文件名写的是“{named}”，表内是“{unit}”：以表内为准，请核对。"),
    "last_period_again": (
        _W,
        "这是 {period} 的填报表，内容与已收的相同；{awaited} 还没有报，是不是发错了文件？",
    ),
    "pasted_differs": (
        _E,
        (
            "表里自己写的是“{said}”，您指定的是“{unit}”{period.label}：请核对，"
            "指定错了的重新写明，确实是的才照收。"
        ),
    ),
    "pasted_differs:accepted": (
        _E,
        "表里自己写的是“{said}”，按您的裁定算“{unit}”{period.label} 的。",
    ),
    "assigned": (_I, "按您的裁定，作为“{unit}”{period.label} 的填报表。"),
    # --- who sent it
    "sender_contradiction": (
        _E,
        "表头写的是“{unit}”，发件邮箱 {sender} 却是“{owner}”的，别无识别码，不能确定，没有收取。",
    ),
    "sender_contradiction:accepted": (
        _E,
        "表头写的是“{unit}”，发件邮箱 {sender} 却是“{owner}”的；按您的裁定照收。",
    ),
    "sender_differs": (
        _W,
        "发件邮箱 {sender} 是“{owner}”的，表内是“{unit}”：以表内为准，请核对。",
    ),
    "sender_unknown": (
        _W,
        "发件邮箱 {sender} 不在“单位名录”里，也不是“{unit}”以前用的：以表内为准，请核对。",
    ),
    "sender_unproven": (
        _W,
        (
            "收信的邮件服务器验证发件人（{failed}），没有证明这封邮件出自发件邮箱，"
            "发件邮箱可能是冒用的：请向对方核实。"
        ),
    ),
    "sender_unproven:unclear": (
        _W,
        (
            "邮件的发件人认不准（不止一个地址，或写得不合规矩），不知道是从哪个邮箱来的，"
            "请向对方核实。"
        ),
    ),
    "sender_unproven:returned": (
        _W,
        "这是随退信带回来的，不是从发件邮箱直接报来的：请向对方核实。",
    ),
    "stranger_replaces": (
        _E,
        (
            "这份表要改掉“{unit}”已经报来的内容，发件邮箱却不能确认是该单位的，没有收取："
            "请向该单位核实，属实的照收。"
        ),
    ),
    "stranger_replaces:accepted": (
        _E,
        "发件邮箱不能确认是“{unit}”的，已改掉它以前报来的内容；按您的裁定照收。",
    ),
    "sender_known": (_I, "发件邮箱 {sender} 是“{owner}”的，仅供参考。"),
    "sender_known:passed_on": (
        _W,
        (
            "{sender} 发来的邮件里转发（或夹带）着别人的话，看不出是谁的报送，"
            "可能是“{owner}”的：请看清后写明单位和期次。"
        ),
    ),
    "sender_known:named": (
        _W,
        (
            "文件名里的单位和发件邮箱 {sender} 的不是一个，看不出是谁的报送，可能是“{owner}”的："
            "请看清后写明单位和期次。"
        ),
    ),
    "passed_on": (_I, "夹在 {sender} 的邮件里，原来是 {writer} 写的。"),
    "reply_to_letter": (
        _I,
        "这封邮件回复的是发给“{unit}”的 {period} 的邮件。",
    ),
}

SIGNALS = {
    "property": "文件属性里的识别码",
    "meta": "隐藏的识别表",
    "name": "名称里的识别码",
    "number": "表单编号",
    "keys": "任务键",
    "unit": "表头的填报单位",
    "period": "表头的期次",
    "sender": "发件邮箱",
    "reply": "它回复的邮件",
    "file": "文件名",
    "words": "邮件里写的单位",
}
