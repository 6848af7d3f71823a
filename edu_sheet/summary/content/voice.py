"""Whose voice a unit's words are in: a summary speaks for the office that prints it. Pure."""

import re

# 我县 is the office's own; 我局, 本单位 are a unit's, and are for a person to put right.
_FIRST_PERSON = re.compile(
    "我[局镇乡委办校院部会站处科股所园行社]|我[单街][位道]|本(?:单位|部门|局|镇|乡|校|院|委|办|街道)"
)


def without_own_name(unit: str, text: str) -> str:
    """Return a text without its unit's name at its very beginning, for it is printed before it."""
    if not unit or not text.startswith(unit):
        return text
    rest = text[len(unit) :]
    # 县教育局党委… is another body, 县教育局的… needs its subject.
    if rest[:1] in ("的", "党", "和", "与", "及", "、") or not rest.strip():
        return text
    return rest[1:] if rest[0] in "：:，," else rest


def first_person(text: str) -> tuple[str, ...]:
    """Return the words by which a text calls its own unit 我局 or 本单位, each once."""
    return tuple(dict.fromkeys(found[0] for found in _FIRST_PERSON.finditer(text)))
