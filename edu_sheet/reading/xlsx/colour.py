"""A colour of a style or a run, by what names it: two of one name are one."""

WHITE = "FFFFFF"
_WHITES = frozenset({"theme 0", "indexed 1", "indexed 9", "indexed 65"})


def colour(attrs: dict[str, str]) -> str:
    """Return a colour by what names it, so that two of one name are one; "" for the automatic one.

    White is white by whatever name: the window's ground is, and so is the first of a theme.
    """
    if rgb := attrs.get("rgb"):
        return rgb[-6:].upper()
    name = next((one for one in ("theme", "indexed") if one in attrs), "")
    if not name:
        return ""
    said = f"{name} {attrs[name]} {attrs.get('tint', '')}".strip()
    return WHITE if said in _WHITES else said
