"""Where a bulk run takes its documents from: a folder, a ZIP file, JSON Lines, or Parquet."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from service.domain.errors import BrokenDocument, DocumentTooLarge, EncryptedDocument, NotReady, UnsupportedDocument
from service.domain.filesystem import printable_path
from service.domain.jsontext import parse_json
from service.domain.records import DocumentRecord, parse_document

_LINES = frozenset({".jsonl", ".ndjson"})
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a source.

    Attributes:
        path: its place in the source, different for every document.
        name: its file name.
        load: reads it; raises our input errors or `OSError`.
    """

    path: str
    name: str
    load: Callable[[], bytes | DocumentRecord]


@dataclass(frozen=True, slots=True)
class Source:
    """The documents of a source in a fixed order, and how many they are."""

    total: int
    entries: Callable[[], Iterator[Entry]]


def open_source(place: Path, *, leave_out: Path, max_bytes: int) -> Source:
    """Find the documents of a source.

    Args:
        place: a folder, or a .zip, .jsonl, .ndjson or .parquet file.
        leave_out: the folder of the results, which is no source even where it lies inside one.
        max_bytes: largest document that is read.

    Raises:
        InputError: if the file is broken or of another kind.
        NotReady: if Parquet is asked for and the ``bulk`` extra is not installed.
        OSError: if it cannot be read.
    """
    if place.is_dir():
        return _folder(place, leave_out.resolve(), max_bytes)
    suffix = place.suffix.lower()
    if suffix == ".zip":
        return _zip(place, max_bytes)
    if suffix in _LINES:
        return _lines(place)
    if suffix == ".parquet":
        return _parquet(place)
    place.open("rb").close()
    raise UnsupportedDocument("批量来源应为文件夹、.zip、.jsonl 或 .parquet 文件；单个文件请用 mingze analyze")


def _is_hidden(path: PurePosixPath | Path) -> bool:
    """Say whether a path is hidden, a lock file of Word, or an archive's note of macOS."""
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in path.parts)


def _too_large(size: int, max_bytes: int) -> DocumentTooLarge:
    return DocumentTooLarge(f"文件为 {size} 字节，超过上限 {max_bytes} 字节")


def _folder(folder: Path, leave_out: Path, max_bytes: int) -> Source:
    found = (path for path in folder.rglob("*") if path.is_file() and not _is_hidden(path.relative_to(folder)))
    paths = sorted(path for path in found if not path.resolve().is_relative_to(leave_out))

    def load(path: Path) -> bytes:
        size = path.stat().st_size
        if size > max_bytes:
            raise _too_large(size, max_bytes)
        return path.read_bytes()

    def entries() -> Iterator[Entry]:
        for path in paths:
            place = printable_path(path.relative_to(folder).as_posix())
            yield Entry(place, printable_path(path.name), lambda path=path: load(path))  # type: ignore[misc]

    return Source(len(paths), entries)


def _zip(place: Path, max_bytes: int) -> Source:
    try:
        archive = zipfile.ZipFile(place)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenDocument("压缩包已损坏或不完整，无法打开") from error
    with archive:
        members = [(_member_name(member), member) for member in archive.infolist() if not member.is_dir()]
    kept = [(name, member) for name, member in members if not _is_hidden(PurePosixPath(name))]
    kept.sort(key=lambda pair: (pair[0], pair[1].header_offset))

    def load(member: zipfile.ZipInfo) -> bytes:
        if member.flag_bits & _ENCRYPTED:
            raise EncryptedDocument("压缩包设置了密码，请解压后再分析")
        if member.file_size > max_bytes:
            raise _too_large(member.file_size, max_bytes)
        try:
            with zipfile.ZipFile(place) as opened, opened.open(member) as stream:
                data = stream.read(max_bytes + 1)
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, zlib.error) as error:
            raise BrokenDocument("压缩包中的这个文件已损坏，无法解压") from error
        if len(data) > max_bytes:
            raise _too_large(len(data), max_bytes)
        return data

    def entries() -> Iterator[Entry]:
        seen: dict[str, int] = {}
        for name, member in kept:
            seen[name] = seen.get(name, 0) + 1
            path = name if seen[name] == 1 else f"{name}#{seen[name]}"
            yield Entry(path, PurePosixPath(name).name, lambda member=member: load(member))  # type: ignore[misc]

    return Source(len(kept), entries)


def _member_name(member: zipfile.ZipInfo) -> str:
    """Return a member's name; without the UTF-8 mark it is mostly GBK, as Chinese Windows writes it."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    raw = member.filename.encode("cp437", errors="replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename


def _lines(place: Path) -> Source:
    with place.open("rb") as stream:
        total = sum(1 for line in stream if line.strip(b" \t\r\n\xef\xbb\xbf"))

    def entries() -> Iterator[Entry]:
        with place.open("rb") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip(b" \t\r\n\xef\xbb\xbf"):
                    path = f"{place.name}:{number}"
                    yield Entry(path, path, lambda line=line: parse_document(parse_json(line)))  # type: ignore[misc]

    return Source(total, entries)


def _parquet(place: Path) -> Source:
    try:
        from pyarrow import ArrowException, parquet  # noqa: PLC0415  an extra, needed by this source only
    except ImportError as error:
        raise NotReady("读取 .parquet 需要附加依赖：pip install 'mingze[bulk]'") from error
    try:
        with parquet.ParquetFile(place) as file:
            total = file.metadata.num_rows
    except ArrowException as error:
        raise BrokenDocument("不是完整的 Parquet 文件，无法打开") from error

    def entries() -> Iterator[Entry]:
        number = 0
        with parquet.ParquetFile(place) as file:
            for batch in file.iter_batches(batch_size=256):
                for row in batch.to_pylist():
                    number += 1
                    path = f"{place.name}:{number}"
                    yield Entry(path, path, lambda row=row: parse_document(_plain(row)))  # type: ignore[misc]

    return Source(total, entries)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with events, which Parquet holds as pairs, as an object."""
    events = row.get("events")
    return {**row, "events": dict(events)} if isinstance(events, list) else row
