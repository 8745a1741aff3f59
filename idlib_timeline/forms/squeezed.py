"""gzip -> the bytes inside, with a bound on how far they may swell."""

import gzip
import io
import zlib
from typing import BinaryIO

from ..errors import UnreadableArticle

# Text shrinks to a third or a tenth, tables of equal rows to a hundredth; deflate ends at 1 : 1032, where bombs are.
# There is no bound on the sum: what is read as a stream may be long, and every form bounds what it keeps.
MAX_RATIO = 200
FREE_BYTES = 10_000_000  # that may come out before the ratio counts


def unpacked(name: str, stream: BinaryIO) -> io.RawIOBase:
    """The unpacked bytes of a gzip stream, of all its members; wrap it in io.BufferedReader to read lines.

    Reading raises UnreadableArticle when the packed bytes are broken or cut off, or swell beyond `MAX_RATIO`.
    """
    return _Unpacked(name, stream)


class _Counted(io.RawIOBase):
    """A stream that knows how much was read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        self.count += len(piece)
        return len(piece)


class _Unpacked(io.RawIOBase):
    def __init__(self, name: str, stream: BinaryIO) -> None:
        self._name = name
        self._packed = _Counted(stream)
        self._unpacked = gzip.GzipFile(fileobj=io.BufferedReader(self._packed), mode="rb")
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        try:
            piece = self._unpacked.read1(len(buffer))  # what there is, so that all before a cut is read
        except EOFError as error:
            raise UnreadableArticle(f"{self._name}: is cut off: fetch it again") from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise UnreadableArticle(f"{self._name}: is no readable gzip file: fetch it again") from error
        buffer[: len(piece)] = piece
        self._count += len(piece)
        if self._count > max(FREE_BYTES, MAX_RATIO * self._packed.count):
            raise UnreadableArticle(f"{self._name}: swells to over {MAX_RATIO} times its size: unpack it yourself")
        return len(piece)
