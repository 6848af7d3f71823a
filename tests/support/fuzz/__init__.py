"""Files of every kind that comes in, mutated: each is read, refused or stopped; anything else is a bug.

`python -m tests.support.fuzz --seconds 60 --seed 20221205` is what CI runs, `--count 1000000` the
long run. An input is a function of seed and number: `--show NUMBER` makes one again and reads it.

`corpus` makes real files of each kind; `mutate` changes them by their structure (`packages` zips,
`markup` XML, `ole` compound files and records, `lines` mails and text, `octets` bytes);
`answer` asks the functions that the reader asks, and judges; `batch` does that in a reader with
its real limits; `run` counts.
"""
