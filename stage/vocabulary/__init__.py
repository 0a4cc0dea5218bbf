"""The words of a film: every kind of node, its properties and their ranges, eases and transitions.

`stage` lets authors write by these tables, `domain.composition` builds its schema from them, and `render` has
one layer per kind. Lengths are pixels of the film's own frame, angles are degrees clockwise, times are frames.
"""

from stage.vocabulary.boxes import BOXED, FLOW
from stage.vocabulary.ease import EASE_FORMS, EASE_NAMES, Ease, parse_ease
from stage.vocabulary.effects import EFFECTS, MASKS
from stage.vocabulary.frame import BROADCAST, LIMITS, QUALITIES, SAFE_AREAS, frame_rate, frame_shape
from stage.vocabulary.kinds import CONTAINERS, FIRST_WORDS, KINDS, LETTERED, ROLES, SUMMARIES, TAKES
from stage.vocabulary.painted import PAINTED
from stage.vocabulary.parts import PART_PROPERTIES, PART_UNITS, STAGGER_ORDERS
from stage.vocabulary.pictures import PICTURE
from stage.vocabulary.place import ANCHORS, BLENDS, PLACE
from stage.vocabulary.property import FAR, Property, PropertyType
from stage.vocabulary.scenes import (
    CAMERA,
    DIRECTIONS,
    OPENINGS,
    PASSAGES,
    TRANSITION_ALIASES,
    TRANSITIONS,
    Passage,
)
from stage.vocabulary.sounds import (
    DUCK_DB,
    GAIN_DB,
    KEYS,
    LOUDNESS,
    METERS,
    MOODS,
    MUSIC_TEMPO,
    SOUND_EFFECTS,
    TEMPO,
    VOICE_LANGUAGES,
    VOICES,
    Mood,
)
from stage.vocabulary.texts import COUNTER, LETTERS, TEXT

__all__ = [
    "ANCHORS",
    "BLENDS",
    "BOXED",
    "BROADCAST",
    "CAMERA",
    "CONTAINERS",
    "COUNTER",
    "DIRECTIONS",
    "DUCK_DB",
    "EASE_FORMS",
    "EASE_NAMES",
    "EFFECTS",
    "FAR",
    "FIRST_WORDS",
    "FLOW",
    "GAIN_DB",
    "KEYS",
    "KINDS",
    "LETTERED",
    "LETTERS",
    "LIMITS",
    "LOUDNESS",
    "MASKS",
    "METERS",
    "MOODS",
    "MUSIC_TEMPO",
    "OPENINGS",
    "PAINTED",
    "PART_PROPERTIES",
    "PART_UNITS",
    "PASSAGES",
    "PICTURE",
    "PLACE",
    "QUALITIES",
    "ROLES",
    "SAFE_AREAS",
    "SOUND_EFFECTS",
    "STAGGER_ORDERS",
    "SUMMARIES",
    "TAKES",
    "TEMPO",
    "TEXT",
    "TRANSITIONS",
    "TRANSITION_ALIASES",
    "VOICES",
    "VOICE_LANGUAGES",
    "Ease",
    "Mood",
    "Passage",
    "Property",
    "PropertyType",
    "frame_rate",
    "frame_shape",
    "parse_ease",
]
