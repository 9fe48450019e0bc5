"""What a camera sees: symbols on paper, as JPEG frames."""

import io

import zxingcpp
from PIL import Image

Symbol = zxingcpp.BarcodeFormat
SIZE = (1280, 720)


def symbol_of(text, symbol=Symbol.QRCode, **how):
    """The printed symbol, black on white, with its quiet zone."""
    printed = memoryview(zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, symbol, **how), scale=6))
    return Image.frombuffer("L", (printed.shape[1], printed.shape[0]), printed.tobytes())


def seen(text, symbol=Symbol.QRCode, *, size=SIZE, **how):
    """The symbol on a grey table."""
    table, paper = Image.new("RGB", size, (120, 118, 110)), symbol_of(text, symbol, **how)
    table.paste(paper, ((size[0] - paper.width) // 2, (size[1] - paper.height) // 2))
    return table


def jpeg(image, quality=80):
    written = io.BytesIO()
    image.save(written, "JPEG", quality=quality)
    return written.getvalue()
