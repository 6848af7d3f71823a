"""Bytes changed without a thought of what they mean."""

import random

NUMBERS = (
    0, 1, 2, 7, 8, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF,
    0x80000000, 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF,
)  # fmt: skip


def changed(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them set, cut, copied, or made a number of the edge."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        if not made:
            break
        at, other, way = chance.randrange(len(made)), chance.randrange(len(made)), chance.random()
        if way < 0.4:
            made[at] = chance.randrange(256)
        elif way < 0.5:
            made[at] ^= 1 << chance.randrange(8)
        elif way < 0.62:
            del made[at : at + chance.randrange(1, 40)]
        elif way < 0.76:
            made[at:at] = made[other : other + chance.randrange(1, 60)]
        elif way < 0.92:
            made[at : at + 4] = (chance.choice(NUMBERS) & 0xFFFFFFFF).to_bytes(4, "little")
        elif way < 0.96:
            made[at:at] = bytes([chance.randrange(256)]) * chance.choice((1, 8, 300, 5000))
        else:
            del made[at + 1 :]
    return bytes(made)
