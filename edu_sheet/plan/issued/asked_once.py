"""What stands in several tasks is asked once, at the first of them, with all its places. Pure."""

from collections.abc import Callable, Sequence

from edu_sheet.plan.issued.draft import Draft
from edu_sheet.plan.issued.levels import without_level
from edu_sheet.plan.issued.meaning import Meaning

_QUOTED = 20  # characters of a text
_FEW = 2  # names that are asked about one by one
_Found = dict[tuple[str, str], list[tuple[Draft, Meaning]]]


def ask_once(drafts: Sequence[Draft]) -> None:
    """Add to the tasks what is asked of names, and of rows that share a number."""
    for one in drafts:
        if one.sharing:
            rows = "、".join((one.places[0], *one.sharing))
            one.doubt(Meaning.GOAL, f"{rows}共用序号和单位，各读作一项，请核对")
    _ask_of_run_on(drafts)
    odd: _Found = {}
    for one in drafts:
        for meaning, name, what in one.odd:
            odd.setdefault((name, what.value), []).append((one, meaning))
    _ask(odd, lambda name, what, more: f"“{name}”{what}{more}，请核对")
    bare: _Found = {}
    for one in drafts:
        for meaning in (Meaning.LEAD, Meaning.DUTY):
            for pair in without_level(one.text(meaning)):
                bare.setdefault(pair, []).append((one, meaning))
    if len(bare) <= _FEW:
        _ask(bare, lambda name, meant, more: f"“{name}”是不是“{meant}”？{more}请核对")
        return
    draft, meaning = next(iter(bare.values()))[0]
    (first, meant), *_ = bare
    named = "”“".join(name for name, _ in bare)
    places = "、".join(dict.fromkeys(_place(one) for found in bare.values() for one, _ in found))
    said = f"“{named}”前面没有写级别（{places}）：“{first}”是不是“{meant}”，其余也是？请核对"
    draft.doubt(meaning, said)


def _ask_of_run_on(drafts: Sequence[Draft]) -> None:
    """Ask of what runs on behind units or days: it was read as what the task asks for."""
    if found := [one for one in drafts if one.ran_on]:
        first, text = found[0], found[0].ran_on[0]
        shown = text if len(text) <= _QUOTED else f"{text[:_QUOTED]}……"
        places = dict.fromkeys(map(_place, found))
        more = f"（共 {len(places)} 处这样写：{'、'.join(places)}）" if len(places) > 1 else ""
        said = f"“{shown}”写在单位、时限或责任人后面，读作具体要求{more}，请核对"
        first.doubt(Meaning.REQUIREMENTS, said)


def _ask(found: _Found, said: Callable[[str, str, str], str]) -> None:
    for (name, what), where in found.items():
        draft, meaning = where[0]
        places = dict.fromkeys(_place(one) for one, _ in where)
        more = f"（共 {len(places)} 处这样写：{'、'.join(places)}）" if len(places) > 1 else ""
        draft.doubt(meaning, said(name, what, more))


def _place(one: Draft) -> str:
    return one.places[0] if one.places else ""
