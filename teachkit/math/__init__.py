"""What each call computes: formula, shapes, parameters, and NumPy to check it."""

from teachkit.math import layers, operations
from teachkit.math.amounts import Amount, amount
from teachkit.math.explaining import meaning_of
from teachkit.math.formulas import Formula, Line, Symbol, formula, word
from teachkit.math.meanings import Meaning
from teachkit.math.rules import known_classes, rule_for
from teachkit.math.subjects import Arguments, Subject, bound, specs_of

__all__ = [
    "Amount",
    "Arguments",
    "Formula",
    "Line",
    "Meaning",
    "Subject",
    "Symbol",
    "amount",
    "bound",
    "formula",
    "known_classes",
    "layers",
    "meaning_of",
    "operations",
    "rule_for",
    "specs_of",
    "word",
]
