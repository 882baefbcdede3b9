"""What the operating system says about files, in Chinese."""

from __future__ import annotations

import errno
import os
from pathlib import PurePath

_REASONS = {
    errno.ENOENT: "文件不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.ENOTDIR: "路径中有一部分不是文件夹",
    errno.EEXIST: "已有同名文件",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名过长",
    errno.EMFILE: "打开的文件过多",
    errno.ELOOP: "符号链接循环",
    errno.ENOLCK: "文件系统不支持文件锁",
    errno.EOPNOTSUPP: "文件系统不支持这种操作",
}


def os_reason(error: OSError) -> str:
    """Return what went wrong, in Chinese where it is a usual case."""
    return _REASONS.get(error.errno or 0) or f"系统错误：{error.strerror or type(error).__name__}"


def printable_path(path: PurePath | str) -> str:
    """Return a path with the bytes that are no UTF-8 replaced, so that any output can hold it."""
    return os.fsencode(path).decode("utf-8", errors="replace")
