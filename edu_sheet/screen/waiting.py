"""待处理's .txt: what is wrong with a file, and where on the screen it is settled."""

from collections.abc import Iterator
from typing import Any

from edu_sheet import app
from edu_sheet.words.returns import Submission


def explain(workspace: Any, submission: Submission, _: object) -> Iterator[str]:
    """Yield what the .txt says."""
    said = f"在“督办填报”的窗口里点“待处理”，找到编号 {submission.id}，点“打开，对照着看”。"
    return app.explained(workspace, submission, [said])
