"""How much of what others sent is read: the numbers, each with its reason.

Measured: a form is 10 to 40 kB, its XML 60 to 200 kB at 5:1 to 12:1; 200,000 formatted rows that
LibreOffice saves are 24 MB of XML at 42:1, and read in 0.7 s.
"""

FILE_BYTES = 50_000_000  # mail boxes refuse more; pictures of a phone in a form come to 10 to 30 MB
MAIL_BYTES = 75_000_000  # a message with FILE_BYTES attached: base64 makes 4 bytes of 3
MEMBERS = 2_000  # an archive of 40 units has 40, a workbook with 500 pictures about 600
OTHERS = 50  # files of an archive that are no workbooks, one by one; more are told of together
FORMS = 250  # workbooks of an archive, one by one: more units than a county has
SIGNATURES = 20_000  # headers of members in the raw bytes: bounds the work of listing them
INFLATED_BYTES = 200_000_000  # of all members together: what 500 MB of memory can hold
RATIO = 200  # inflated : packed; text of one letter packs 1000:1, real sheets at most 42:1
RATIO_FROM_BYTES = 10_000_000  # below that a high ratio harms nobody
LEAST_MARKUP_BYTES = 4_000_000  # XML that a workbook may have, however little it says it has
PLAIN_BYTES = 1_000_000  # of a part that is searched for plain cells as a whole; a form's has 60 kB
KNOWN_BYTES = 100_000  # of a part that is remembered, for the next return has the same
TAGS = 6_000_000  # in the parts that are read one after the other: about 6 s
TREE_TAGS = 300_000  # in the parts that are read as trees: about 120 MB
DEPTH = 100  # elements inside each other; Excel's own come to 30
FORMULAS_MOVED = 200_000  # characters of shared formulas that are written out for other cells
FORMAT_TOKENS = 60  # a number format's; the longest in use has 40
TOKEN_BYTES = 4_000_000  # one text or tag; a cell holds 32,767 characters
ROWS, COLUMNS = 1_048_576, 16_384  # of a sheet, in Excel and WPS
CSV_BYTES = 10_000_000  # a form as CSV has 20 kB
CELLS = 200_000  # with content, in a workbook; a form has some 300, the master some 3,000
ZIP_DEPTH = 1  # archives inside an archive that are opened
MAIL_DEPTH = 3  # messages inside each other that are opened: forwarded, and forwarded again
