"""Whose a row of 时限节点 or 办结 is: the tasks of a plan, found by key or by number."""

from collections.abc import Iterable, Mapping, Sequence

from edu_sheet.plan.issued.ordinals import number_of
from edu_sheet.plan.workbook.located import Findings, Line, Located
from edu_sheet.words.columns import NUMBER, Column
from edu_sheet.words.place import Place
from edu_sheet.words.plan import Task
from edu_sheet.words.text import bare


class Known:
    """The tasks of a plan, to be found by key or by the number that is shown."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self.by_key: Mapping[str, Task] = {task.key: task for task in tasks}
        self.by_number: dict[str, list[Task]] = {}
        for task in self.by_key.values():
            self.by_number.setdefault(bare(task.shown), []).append(task)

    def named(self, said: str) -> Sequence[Task]:
        """Return the tasks that show a number: several where parts of the plan count anew."""
        number = number_of(said)
        return self.by_number.get(bare(said), self.by_number.get(str(number or ""), []))

    def shown(self, said: str) -> Task | None:
        """Return the one task that shows a number; None where none or several do."""
        found = self.named(said)
        return found[0] if len(found) == 1 else None

    def of_row(
        self, located: Located, line: Line, key: str, gone: str, remark: Column, to: Findings
    ) -> Task | None:
        """Return whose row it is: by its key, else by 序号; None for a remark below the table.

        `gone` is the variant that says what is wrong where the task of the key is no more, `remark`
        the column in which a person may write below the table.
        """
        where, said = located.place(line, NUMBER), line.text(NUMBER).strip()
        if key:
            task = self.by_key.get(key)
            if task is None:
                if not to.errors:
                    to.add(f"unknown_task:{gone}", where)
            elif task not in self.named(said):
                to.add("deadline_number", where, task=task.named, text=said)
            return task
        if line.values.keys() <= {remark}:
            return None
        task = self.shown(said)
        if task is None and not to.errors:
            self._report_unknown(said, where, to)
        return task

    def _report_unknown(self, said: str, where: Place, to: Findings) -> None:
        if several := len(self.named(said)):
            to.add("unknown_task:several", where, text=said, count=several)
        else:
            to.add("unknown_task", where, text=said)
