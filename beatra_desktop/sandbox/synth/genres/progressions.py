"""Chord progressions shared by several genres, as numerals of the major scale."""

from typing import Final

POP_MAJOR: Final = ("I V vi IV", "vi IV I V", "I vi IV V", "I iii IV V", "IV I V vi")
POP_MINOR: Final = ("i bVI bIII bVII", "i iv bVI V", "i bVII bVI V", "bVI bVII i i")
JAZZ_MAJOR: Final = ("ii V7 I vi", "I vi ii V7", "iii vi ii V7", "I IV iii vi ii V7 I I")
JAZZ_MINOR: Final = ("i iv ii° V7", "i bVI ii° V7", "iv bVII bIII bVI ii° V7 i i")
FOLK_MAJOR: Final = ("I IV I V", "I V IV I", "I vi IV V", "I IV V I")
FOLK_MINOR: Final = ("i bVII bVI bVII", "i iv bVII i", "i bIII bVII i", "i bVII i v")
