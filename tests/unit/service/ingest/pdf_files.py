"""Small PDF files, drawn line by line."""

import io

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

FONT = "STSong-Light"
LEFT, TOP, SIZE = 72, 740, 12
#: So wide that 25 characters fill a line.
PAGE = (444, 842)


def pdf_file(*pages, encrypt=None, pagesize=PAGE):
    """Return a PDF; each page is a function that draws on the canvas."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=pagesize, invariant=1, encrypt=encrypt)
    for draw in pages:
        canvas.setFont(FONT, SIZE)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def lines(*texts, top=TOP, leading=20):
    """Draw lines below each other; a leading ideographic space stands in by one character."""

    def draw(canvas):
        for number, text in enumerate(texts):
            indent = len(text) - len(text.lstrip("\u3000"))
            canvas.drawString(LEFT + indent * SIZE, top - number * leading, text.lstrip("\u3000"))

    return draw


def grid(rows, *, top=TOP, width=90, height=30, skipped_rules=()):
    """Draw a ruled table; `skipped_rules` names (row, column) whose upper rule is left out, as in merged cells."""

    def draw(canvas):
        for row, texts in enumerate(rows):
            y = top - row * height
            for column, text in enumerate(texts):
                x = LEFT + column * width
                if (row, column) not in skipped_rules:
                    canvas.line(x, y, x + width, y)
                canvas.drawString(x + 4, y - 18, text)
        bottom, right = top - len(rows) * height, LEFT + len(rows[0]) * width
        canvas.line(LEFT, bottom, right, bottom)
        for column in range(len(rows[0]) + 1):
            canvas.line(LEFT + column * width, top, LEFT + column * width, bottom)

    return draw


def together(*drawings):
    def draw(canvas):
        for drawing in drawings:
            drawing(canvas)

    return draw
