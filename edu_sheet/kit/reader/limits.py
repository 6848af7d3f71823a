"""What a file may take of the machine."""

SECONDS = 10  # of processor time: a busy machine refuses no file that an idle one reads
MEMORY = 500_000_000  # bytes of address space; a reader that has just started has 100 MB
WRITTEN = 50_000_000  # bytes of a file: msoffcrypto turns a decrypted xls in a nameless one
WAIT = 120  # seconds by the clock, once the reader is ready: what a stuck one may cost
START = 120  # seconds by the clock until it is: virus scanners look at each module first
FAT = 250_000_000  # bytes: a reader that a file has made as fat as this reads no other
FILES = 1_000  # that one reader reads: what leaks does not add up
ANSWER = 300_000_000  # bytes of an answer: all that an archive may hold
