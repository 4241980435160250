"""Square codes that a camera reads, as the path of an SVG: on pages and on papers."""

import qrcode

BORDER = 4  # blank modules around: less, and cameras miss it


def square_of(text: str) -> tuple[int, str]:
    """How many modules a side has, and the path of the dark ones."""
    code = qrcode.QRCode(border=BORDER, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    rows = code.get_matrix()
    dark = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return len(rows), dark


def square_image(text: str) -> str:
    """The same as a picture of its own, dark on white."""
    side, dark = square_of(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}" fill="#000"/></svg>'
    )
