"""What a file brings along that is said in the same words whatever its kind."""

from edu_sheet.words.findings import Finding, Severity


def macro() -> Finding:
    """Return the finding of a workbook with macros."""
    message = (
        "文件带有宏，程序没有运行它，只读取单元格："
        "请勿在 Excel 里启用宏，并提醒对方用下发的填报表填报"
    )
    return Finding("macro", Severity.WARNING, "", message)


def external_link() -> Finding:
    """Return the finding of a workbook that points to other files."""
    message = "文件链接到其他文件，程序没有打开那些文件：公式显示的是上次保存的结果，请核对"
    return Finding("external_link", Severity.WARNING, "", message)


def styles_missing() -> Finding:
    """Return the finding of a workbook whose number formats are lost."""
    message = "文件的样式部分缺失：文字照常读取，日期和百分比可能显示成数字，请与对方原件核对"
    return Finding("styles_missing", Severity.WARNING, "", message)
