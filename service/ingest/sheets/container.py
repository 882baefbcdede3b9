"""The container that an .xls workbook lies in: taking its stream out, and packing one stream anew."""

from __future__ import annotations

import io
import struct

import olefile

from service.domain.errors import BrokenDocument, DocumentTooLarge

DAMAGED = "表格文件已损坏、不完整或版本过旧，无法读取，请用 Excel 或 WPS 打开后另存为 .xlsx 再上传"

#: Names of the stream since Excel 97, and in Excel 5 and 95.
_NAMES = ("Workbook", "Book")
_SECTOR = 4096
_FAT_ENTRIES, _HEADER_FATS, _ENTRIES = _SECTOR // 4, 109, _SECTOR // 128
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_ROOT, _STREAM = 5, 2


def workbook_stream(data: bytes) -> bytes:
    """Return the stream of records of a workbook; those of embedded workbooks stay where they are.

    Raises:
        BrokenDocument: if the container is damaged or holds no workbook.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = next((name for name in _NAMES if container.exists(name)), None)
            if name is None:
                raise BrokenDocument(DAMAGED)
            return bytes(container.openstream(name).read())
    except (OSError, ValueError, LookupError, TypeError, struct.error, RecursionError) as error:
        raise BrokenDocument(DAMAGED) from error


def pack_stream(stream: bytes) -> bytes:
    """Make a container of nothing but one workbook stream, with sectors of 4,096 bytes.

    Raises:
        DocumentTooLarge: if the stream needs more sectors than the header of a container can list.
    """
    size = max(len(stream), _SECTOR)  # shorter streams would need a container within the container
    count = -(-size // _SECTOR)
    fats = 1
    while fats * _FAT_ENTRIES < fats + 1 + count:
        fats += 1
    if fats > _HEADER_FATS:
        raise DocumentTooLarge("表格文件过大，请拆分成几个文件或另存为 .xlsx 再上传")
    first = fats + 1
    chain = [*([_FAT] * fats), _END, *range(first + 1, first + count), _END]
    chain += [_FREE] * (fats * _FAT_ENTRIES - len(chain))
    directory = _entry("Root Entry", _ROOT, child=1) + _entry(_NAMES[0], _STREAM, start=first, size=size)
    directory += _entry("", 0) * (_ENTRIES - 2)
    return b"".join(
        (
            _header(fats).ljust(_SECTOR, b"\x00"),
            struct.pack(f"<{len(chain)}I", *chain),
            directory,
            stream.ljust(count * _SECTOR, b"\x00"),
        )
    )


def _header(fats: int) -> bytes:
    listed = [*range(fats), *([_FREE] * (_HEADER_FATS - fats))]
    return struct.pack(
        f"<8s16x5H6x9I{_HEADER_FATS}I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        *(0x3E, 4, 0xFFFE, 12, 6),
        *(1, fats, fats, 0, _SECTOR, _END, 0, _END, 0),
        *listed,
    )


def _entry(name: str, kind: int, *, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    encoded = name.encode("utf-16-le")
    length = len(encoded) + 2 if name else 0
    return struct.pack("<64sHBB3I36xIQ", encoded, length, kind, 1, _FREE, _FREE, child, start, size)
