"""What a printed card's code says, read as a phone would."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pypdfium2
import zxingcpp

from cards import tokens

DOTS_AN_INCH = 300


def codes_printed(pdf: bytes) -> list[str]:
    """The address in the code of each card of a file, in the order of its pages."""
    document = pypdfium2.PdfDocument(pdf)
    backs = [
        document[number].render(scale=DOTS_AN_INCH / 72).to_pil().convert("L")
        for number in range(1, len(document), 2)
    ]
    # Among the modules of one code in seven hundred there is what may be taken for a barcode of another kind.
    read_codes = partial(zxingcpp.read_barcodes, formats=zxingcpp.BarcodeFormat.QRCode)
    with ThreadPoolExecutor(2) as readers:
        read = list(readers.map(read_codes, backs))
    return [found[0].text for found in read if len(found) == 1]


def serials_printed(pdf: bytes) -> list[str]:
    """The serial of each card, from the signed token in its code."""
    readings = [tokens.read(url.rpartition("/")[2]) for url in codes_printed(pdf)]
    return [reading.serial for reading in readings if reading.outcome is tokens.Outcome.AUTHENTIC]
