"""How much a document may hold; reading stops with an error instead of cutting anything off."""

from __future__ import annotations

from dataclasses import dataclass

from service.domain.errors import DocumentTooLarge

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds for one document.

    Attributes:
        max_bytes: size of the file.
        max_characters: code points of its text.
        max_pages: pages of a PDF.
        max_cells: table cells in all, each merged cell counted once per place that it covers.
    """

    max_bytes: int = 32 * _MEBIBYTE
    max_characters: int = 2_000_000
    max_pages: int = 2000
    max_cells: int = 200_000

    def check_bytes(self, count: int) -> None:
        """Raise `DocumentTooLarge` if a file of `count` bytes is over the limit."""
        if count > self.max_bytes:
            raise DocumentTooLarge(
                f"文件大小为 {count / _MEBIBYTE:.1f} MB，超过上限 {self.max_bytes / _MEBIBYTE:.1f} MB，"
                "请拆分文件或删去图片后再上传"
            )

    def check_characters(self, count: int) -> None:
        """Raise `DocumentTooLarge` if a text of `count` code points is over the limit."""
        if count > self.max_characters:
            raise DocumentTooLarge(f"文字共 {count} 字，超过上限 {self.max_characters} 字，请拆分成几个文件")

    def check_pages(self, count: int) -> None:
        """Raise `DocumentTooLarge` if a document of `count` pages is over the limit."""
        if count > self.max_pages:
            raise DocumentTooLarge(f"文件共 {count} 页，超过上限 {self.max_pages} 页，请拆分成几个文件")

    def check_cells(self, count: int) -> None:
        """Raise `DocumentTooLarge` if `count` table cells are over the limit."""
        if count > self.max_cells:
            raise DocumentTooLarge(f"表格单元格超过上限 {self.max_cells} 个，请删去空行空列或拆分表格")
