"""The error tree of the service; each class has a stable English code and a Chinese title.

    MingzeError
    ├── InputError
    │   ├── InvalidRequest        a value is missing, of the wrong type or out of range
    │   ├── DocumentTooLarge      more bytes, pages, cells or characters than allowed
    │   ├── UnsupportedDocument   a format that is not read
    │   ├── BrokenDocument        the format is read, but this file is damaged
    │   ├── EncryptedDocument     the file needs a password
    │   ├── EmptyDocument         no text could be found in the file
    │   └── FolderInUse           another run writes into the output folder
    └── ServiceError
        ├── NotReady              the model is still loading, or could not be loaded
        ├── Overloaded            more requests are waiting than the service accepts
        └── InternalError         a defect of the program, met while it read or analysed one document

Nothing here knows of HTTP; `service.api.problems` holds the one table from errors to status codes.
"""

from __future__ import annotations


class MingzeError(Exception):
    """Base of all errors that a user is told about.

    Attributes:
        code: stable English code.
        title: Chinese title, the same for every error of the class.
        detail: Chinese sentence: what was wrong with which value, and what to do.
    """

    code = "error"
    title = "出现错误"

    def __init__(self, detail: str) -> None:
        self.detail = detail
        super().__init__(detail)


class InputError(MingzeError):
    """Something is wrong with what was handed in."""

    code = "input-invalid"
    title = "输入有误"


class InvalidRequest(InputError):
    """A value is missing, of the wrong type or out of range."""

    code = "invalid-request"
    title = "请求内容不符合要求"


class DocumentTooLarge(InputError):
    """The document exceeds a limit."""

    code = "document-too-large"
    title = "文件过大"


class UnsupportedDocument(InputError):
    """The format is not read."""

    code = "unsupported-document"
    title = "不支持的文件格式"


class BrokenDocument(InputError):
    """The file is damaged."""

    code = "broken-document"
    title = "文件已损坏"


class EncryptedDocument(InputError):
    """The file needs a password."""

    code = "encrypted-document"
    title = "文件已加密"


class EmptyDocument(InputError):
    """The file holds no text."""

    code = "empty-document"
    title = "文件中没有文字"


class FolderInUse(InputError):
    """Another run writes into the output folder."""

    code = "folder-in-use"
    title = "输出文件夹正被使用"


class ServiceError(MingzeError):
    """The service cannot answer now."""

    code = "service-error"
    title = "服务暂时不可用"


class NotReady(ServiceError):
    """The model is not loaded."""

    code = "not-ready"
    title = "模型尚未就绪"


class Overloaded(ServiceError):
    """Too many requests are waiting."""

    code = "overloaded"
    title = "请求过多"


class InternalError(ServiceError):
    """A defect of the program; the cause is chained and logged, the user is told in one sentence."""

    code = "internal-error"
    title = "服务内部错误"
