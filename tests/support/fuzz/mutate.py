"""Which way a file of a kind is changed: by its structure mostly, by its bytes sometimes."""

import gzip
import random
from bisect import bisect
from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

from tests.support import letters
from tests.support.fuzz import lines, markup, octets, ole, packages
from tests.support.fuzz.corpus import Corpus, Sample
from tests.support.fuzz.packages import Part

_XML = (b".xml", b".rels", b".vml")
_BOUND = (b"xl/sharedStrings.xml", b"xl/worksheets/sheet1.xml")  # one is nothing without the other
_INSIDE = ("xlsx", "xls", "csv", "ods", "zip", "tnef", "html")  # what a mail may bring, changed


def made(corpus: Corpus, seed: int, number: int) -> tuple[Sample, bytes]:
    """Return the sample that an input is made of, and the input: the same for a seed and number."""
    chance = random.Random(f"{seed}:{number}")
    sample = _chosen(corpus.samples, chance)
    if chance.random() < 0.002:
        return sample, sample.data
    return sample, mutated(sample, corpus, chance)


def _chosen(samples: tuple[Sample, ...], chance: random.Random) -> Sample:
    edges = _edges(tuple(one.weight for one in samples))
    return samples[min(bisect(edges, chance.random() * edges[-1]), len(samples) - 1)]


@lru_cache(8)
def _edges(weights: tuple[float, ...]) -> list[float]:
    return [*accumulate(weights)]


def mutated(sample: Sample, corpus: Corpus, chance: random.Random) -> bytes:
    """Return a sample changed."""
    if chance.random() < 0.04:
        return octets.changed(sample.data, chance)
    return _WAYS[sample.kind](sample, corpus, chance)


def _markup(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    return markup.changed(sample.data, chance)


def _text(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    return lines.text(sample.data, chance)


def _container(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    return ole.changed(sample.data, chance)


def _xls(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    change = ole.workbook if chance.random() < 0.7 else ole.changed
    return change(sample.data, chance)


def _mail(sample: Sample, corpus: Corpus, chance: random.Random) -> bytes:
    return lines.mail(sample.data, chance) if chance.random() < 0.7 else _letter(corpus, chance)


def _message(sample: Sample, corpus: Corpus, chance: random.Random) -> bytes:
    if chance.random() < 0.4:
        return ole.changed(sample.data, chance)
    return ole.message(_inside(corpus, chance), chance)


def _winmail(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    return ole.winmail(sample.data, chance)


def _package(sample: Sample, corpus: Corpus, chance: random.Random) -> bytes:
    members, way = packages.parts(sample.data), chance.random()
    if way < 0.15:
        return packages.changed(members, chance)
    if way < 0.25 and sample.kind == "xlsx":
        return packages.packed(_spliced(members, corpus, chance))
    made = [*members]
    for _ in range(chance.choice((1, 1, 1, 2))):
        at = _heavy(made, chance)
        one = made[at]
        if one.name.endswith(_XML):
            raw = markup.changed(one.raw, chance)
        else:
            raw = octets.changed(one.raw, chance)
        made[at] = packages.fresh(one.name, raw)
    return packages.packed(made) if way < 0.97 else packages.changed(made, chance)


def _heavy(members: list[Part], chance: random.Random) -> int:
    """Return a part: the one with the content as often as all others."""
    main = [
        at
        for at, one in enumerate(members)
        if one.name in (*_BOUND, b"word/document.xml", b"content.xml", b"xl/workbook.xml")
    ]
    return chance.choice(main) if main and chance.random() < 0.5 else chance.randrange(len(members))


def _spliced(members: tuple[Part, ...], corpus: Corpus, chance: random.Random) -> list[Part]:
    """Return a form with some parts of another unit's; its sheet never without its texts."""
    other = chance.choice([one for one in corpus.samples if one.kind == "xlsx"])
    theirs = {one.name: one for one in packages.parts(other.data)}
    share = chance.choice((0.15, 0.5, 0.85))
    taken = {one.name for one in members if one.name in theirs and chance.random() < share}
    if taken & {*_BOUND}:
        taken = taken | {*_BOUND} if theirs.keys() >= {*_BOUND} else taken - {*_BOUND}
    return [theirs[one.name] if one.name in taken else one for one in members]


def _archive(sample: Sample, corpus: Corpus, chance: random.Random) -> bytes:
    members, way = [*packages.parts(sample.data)], chance.random()
    if way < 0.5:
        return packages.changed(members, chance)
    at = chance.randrange(len(members))
    members[at] = packages.fresh(members[at].name, _inside(corpus, chance))
    return packages.packed(members) if way < 0.9 else packages.changed(members, chance)


def _letter(corpus: Corpus, chance: random.Random) -> bytes:
    """Return a message that brings a file that is changed itself."""
    data = _inside(corpus, chance)
    name = b"Content-Disposition: attachment; filename*=utf-8''%e8%a1%a8.xlsx"
    return letters.eml(letters.text("请查收"), letters.attachment(data, name))


def _inside(corpus: Corpus, chance: random.Random) -> bytes:
    sample = chance.choice([one for one in corpus.samples if one.kind in _INSIDE])
    return sample.data if chance.random() < 0.3 else mutated(sample, corpus, chance)


def _gzip(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    if chance.random() < 0.6:
        return octets.changed(sample.data, chance)
    return gzip.compress(ole.changed(gzip.decompress(sample.data), chance), 1, mtime=0)


def _signed(sample: Sample, _: Corpus, chance: random.Random) -> bytes:
    at = chance.choice((64, 2_048, len(sample.data)))  # in what is walked through, mostly
    return octets.changed(sample.data[:at], chance) + sample.data[at:]


_WAYS: dict[str, Callable[[Sample, Corpus, random.Random], bytes]] = {
    **dict.fromkeys(("xlsx", "ods", "docx", "plan", "workbook", "master"), _package),
    **dict.fromkeys(("fods", "html", "xml"), _markup),
    **dict.fromkeys(("csv", "md"), _text),
    **dict.fromkeys(("eml", "mbox"), _mail),
    "zip": _archive,
    "xls": _xls,
    "encrypted": _container,
    "msg": _message,
    "tnef": _winmail,
    "signed": _signed,
    "gzip": _gzip,
}
