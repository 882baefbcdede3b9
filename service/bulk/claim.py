"""One bulk run at a time in an output folder: a lock that ends with the process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.domain.errors import FolderInUse

LOCK = ".mingze.lock"


@contextmanager
def claimed(folder: Path) -> Iterator[None]:
    """Hold `folder`, which exists, for this run alone.

    The lock belongs to the open file and not to its being there: the system drops it when the process is killed, so
    the file, which holds the number of the process, is left behind and never in the way.

    Raises:
        FolderInUse: if another run holds the folder.
        OSError: if the lock file cannot be written, or the file system has no locks.
    """
    with (folder / LOCK).open("a+", encoding="ascii") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise FolderInUse(_refusal(folder / LOCK)) from error
        stream.truncate(0)
        stream.write(f"{os.getpid()}\n")
        stream.flush()
        yield


def _refusal(lock: Path) -> str:
    holder = lock.read_text(encoding="ascii", errors="replace").strip()
    process = f"（进程 {holder}）" if holder.isdigit() else ""
    return f"另一次批量分析{process}正在写入这个输出文件夹；请等它结束，或换一个输出文件夹"
