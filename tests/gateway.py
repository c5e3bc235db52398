"""A gateway for text messages that other processes can look at, and that takes its time as real ones do."""

import os
import time
from pathlib import Path

from core.sms import SmsBackend

SECONDS_A_MESSAGE = 0.1


class FileSms(SmsBackend):
    """Appends a line with the number to the file named in `SMS_FILE`."""

    def send(self, phone: str, text: str) -> None:
        with Path(os.environ["SMS_FILE"]).open("a") as file:
            file.write(f"{phone}\n")
        time.sleep(SECONDS_A_MESSAGE)
