"""Operations on the binary digits of whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from teachkit.math.operations.arithmetic import each_pair
from teachkit.math.operations.elementwise import each_number
from teachkit.math.rules import for_operations

_PAIRS: dict[str, tuple[str, str, Any]] = {
    "BitwiseAnd": (r"$a \text{ and } $b", "$a & $b", np.bitwise_and),
    "BitwiseLeftShift LeftShift": (
        r"$a \odot 2^{$b}",
        "$a ⊙ 2^$b",
        np.left_shift,
    ),
    "BitwiseOr": (r"$a \text{ or } $b", "$a | $b", np.bitwise_or),
    "BitwiseRightShift RightShift": (
        r"\left\lfloor \frac{$a}{2^{$b}} \right\rfloor",
        "floor($a / 2^$b)",
        np.right_shift,
    ),
    "BitwiseXor": (r"$a \oplus $b", "$a ^ $b", np.bitwise_xor),
}

_BITS = (
    "Each binary digit of one number meets the digit at the same place of the other."
)
_TURNED = "Each binary digit is turned round. Of a signed number that makes -x - 1."

for _names, (_latex, _text, _function) in _PAIRS.items():
    _notes = () if "Shift" in _names else (_BITS,)
    for_operations(*_names.split())(each_pair(_latex, _text, _function, *_notes))

for_operations("BitwiseInvert", "BitwiseNot")(
    each_number(r"\text{not } $x", "~$x", np.bitwise_not, _TURNED)
)
