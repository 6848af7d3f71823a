"""The parts of an xlsx package, found through their relationships."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from edu_sheet.reading import limits
from edu_sheet.reading.markup import Budget, Element, attribute, children, tree
from edu_sheet.reading.package import Package, elsewhere, resolve


class Relation(NamedTuple):
    """One relationship of a part: its type's last word, and the part or place it points to."""

    kind: str
    target: str
    external: bool


@dataclass(slots=True)
class Workbook:
    """A package that is read as a workbook, with what may still be read of it."""

    package: Package
    budget: Budget = field(init=False)
    trees: Budget = field(init=False)
    # What lies beside the cells and could not be read: the sheets whose comments or drawings are
    # gone, those whose are no XML, and whether the properties are none.
    incomplete: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    damaged_properties: bool = False

    def __post_init__(self) -> None:
        size = max(2 * self.package.markup_bytes, limits.LEAST_MARKUP_BYTES)
        self.budget = Budget(size, limits.TAGS)
        self.trees = Budget(size, limits.TREE_TAGS)

    def tree(self, part: str) -> Element:
        """Return the root of a part."""
        return tree(self.package.markup(part), self.trees)

    def main(self) -> str | None:
        """Return the part that the package is about, None where it names none."""
        kinds = self.relations("").values()
        return next((item.target for item in kinds if item.kind == "officeDocument"), None)

    def content_type(self, part: str) -> str:
        """Return the type of a part as the package lists it, "" where it does not."""
        source = "[Content_Types].xml"
        if part not in self.package or source not in self.package:
            return ""
        name, ending = f"/{part}".casefold(), part.rpartition(".")[2].casefold()
        found = ""
        for item in children(self.tree(source), "Override", "Default"):
            said = attribute(item, "ContentType")
            if attribute(item, "PartName").replace("\\", "/").casefold() == name:
                return said
            if attribute(item, "Extension").casefold() == ending:
                found = said
        return found

    def relations(self, part: str) -> Mapping[str, Relation]:
        """Return the relationships of a part ("" is the package) by their ids."""
        folder, _, name = part.rpartition("/")
        source = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
        if source not in self.package:
            return {}
        if self.package.size(source) > limits.KNOWN_BYTES:
            return _relations(part, self.tree(source))
        return _known_relations(part, b"".join(self.package.markup(source)))


@lru_cache(maxsize=64)  # the returns that one program saved have the same
def _known_relations(part: str, data: bytes) -> Mapping[str, Relation]:
    budget = Budget(2 * limits.KNOWN_BYTES, limits.TREE_TAGS)
    return _relations(part, tree((data,), budget))


def _relations(part: str, root: Element) -> Mapping[str, Relation]:
    found = {}
    for item in children(root, "Relationship"):
        target, external = attribute(item, "Target"), attribute(item, "TargetMode")
        # Nothing outside is ever opened, whether a program says that it is outside or forgot to.
        outside = external.lower() == "external" or elsewhere(target)
        kind = attribute(item, "Type").rpartition("/")[2]
        inside = "" if outside else resolve(part, target.partition("#")[0])
        found[attribute(item, "Id")] = Relation(kind, target if outside else inside, outside)
    return found
