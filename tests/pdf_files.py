"""A PDF made by hand: lines of Chinese text and ruled tables, with a font that every reader knows by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

SIZE, LEADING, LEFT, TOP, RIGHT = 10, 18, 60, 780, 535

Table = Sequence[Sequence[str]]


def write_pdf(path: Path, pages: Iterable[Sequence[str | Table]]) -> None:
    """Write pages of paragraphs (one line each) and tables (rows of cells) to an A4 document."""
    streams = [_page(parts) for parts in pages]
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500] 814 939 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor "
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -120 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >> >>",
    ]
    for number, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {6 + 2 * number} 0 R "
            "/Resources << /Font << /F 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n".encode() + stream + b"\nendstream")
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(bytes(out))


def _page(parts: Sequence[str | Table]) -> bytes:
    y, drawn = TOP, []
    for part in parts:
        if isinstance(part, str):
            drawn.append(_text(LEFT, y, part))
            y -= LEADING
            continue
        width = (RIGHT - LEFT) / len(part[0])
        top = y + LEADING - 5
        for row in part:
            for column, cell in enumerate(row):
                drawn.append(_text(LEFT + column * width + 3, y, cell))
            y -= LEADING
        lines: list[tuple[float, ...]] = [
            (LEFT, top - n * LEADING, RIGHT, top - n * LEADING) for n in range(len(part) + 1)
        ]
        lines += [(LEFT + n * width, top, LEFT + n * width, top - len(part) * LEADING) for n in range(len(part[0]) + 1)]
        drawn += [f"{a:.1f} {b:.1f} m {c:.1f} {d:.1f} l S".encode() for a, b, c, d in lines]
        y -= LEADING
    return b"0.5 w\n" + b"\n".join(drawn)


def _text(x: float, y: float, text: str) -> bytes:
    return f"BT /F {SIZE} Tf {x:.1f} {y:.1f} Td <{text.encode('utf-16-be').hex()}> Tj ET".encode()
