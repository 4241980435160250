"""How files of a form are taken from the wire: never more of them than the installation allows."""

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedFiles(TemporaryFileUploadHandler):
    """Writes files to the disk while all of a form's together keep within SINERGIA_UPLOAD_MB.

    The one that goes beyond is read to its end and thrown away: it is handed on empty, with its
    true size, so that the form can be answered and can say how large is too large.
    """

    written = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write, or stop writing."""
        limit: int = settings.UPLOAD_LIMIT_BYTES
        self.written += len(raw_data)
        if self.written > limit:
            self.file.seek(0)
            self.file.truncate()
        else:
            self.file.write(raw_data)
