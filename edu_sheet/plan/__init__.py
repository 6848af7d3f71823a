"""分工方案: from Word, Excel or Markdown to the plan workbook, and from that to a Plan."""
