"""What a machine can tell of a photograph before it is printed on a card: reasons, for a person to judge.

Everything is measured on the portrait as the card will carry it, grey and 300 by 400, so that the thresholds
mean the same for every camera. Only a picture on which nothing can be seen is refused; a veil, spectacles or
an old face can defeat the detector, so the rest is advice and the registrar may accept the picture by eye.
"""

import threading
from functools import cache

import cv2
import numpy as np

from registry.enums import PortraitFinding

WIDTH, HEIGHT = 300, 400
# The spread of grey values: a lens cap, a wall or a blank sheet stay below; the plainest drawn portrait of
# the demo has 23.
PLAIN_BELOW = 12
# The variance of the Laplacian: hand-held photographs in focus have some hundreds, and so have the drawn ones
# (173 to 783); the same ones blurred until the eyes run together (radius 4) fall below 10.
BLURRED_BELOW = 60
# Mean grey value, of 255: below, the printer fills the shadows of a face; above, its light parts stay paper.
DARK_BELOW = 70
PALE_ABOVE = 236
# The face's share of the width: below a quarter, on a card of 85.6 mm it is smaller than a finger's nail.
SMALL_BELOW = 0.25
# What the detector looks for at the least, so that buttons and patterns are not taken for faces.
FACE_LEAST = 50

# A picture on which nothing can be seen helps nobody; everything else a person may accept.
BLOCKING = frozenset({PortraitFinding.PLAIN})

_one_at_a_time = threading.Lock()


def check_portrait(jpeg: bytes) -> list[PortraitFinding]:
    """Reasons to take the photograph again, for a JPEG that `core.images.reencode_portrait` has written."""
    grey = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_GRAYSCALE)
    if grey is None:
        return [PortraitFinding.PLAIN]
    grey = cv2.resize(grey, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    if grey.std() < PLAIN_BELOW:
        return [PortraitFinding.PLAIN]
    found = []
    # Stretched to the whole scale, so that a dark picture is not called blurred as well.
    stretched = cv2.normalize(grey, None, 0, 255, cv2.NORM_MINMAX)
    if cv2.Laplacian(stretched, cv2.CV_64F).var() < BLURRED_BELOW:
        found.append(PortraitFinding.BLURRED)
    if grey.mean() < DARK_BELOW:
        found.append(PortraitFinding.DARK)
    elif grey.mean() > PALE_ABOVE:
        found.append(PortraitFinding.PALE)
    return found + _faces(stretched)


def _faces(grey: np.ndarray) -> list[PortraitFinding]:
    # The classifier keeps its state while it works: one thread at a time.
    with _one_at_a_time:
        faces = _detector().detectMultiScale(
            grey, scaleFactor=1.1, minNeighbors=5, minSize=(FACE_LEAST, FACE_LEAST)
        )
    if len(faces) == 0:
        return [PortraitFinding.NO_FACE]
    if len(faces) > 1:
        return [PortraitFinding.SEVERAL_FACES]
    return [PortraitFinding.SMALL_FACE] if faces[0][2] < SMALL_BELOW * WIDTH else []


@cache
def _detector() -> cv2.CascadeClassifier:
    return cv2.CascadeClassifier(cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
