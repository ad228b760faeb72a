"""The hash functions by which TensorFlow puts words into bins.

FarmHash (https://github.com/google/farmhash, `farmhashna::Hash64`, which is frozen as
`Fingerprint64`), and SipHash-2-4 (Aumasson and Bernstein 2012) where a salt is given.
All arithmetic is on whole numbers of 64 bits without a sign.
"""

from __future__ import annotations

_FULL = (1 << 64) - 1
_K0, _K1, _K2 = 0xC3A5C85C97CB3127, 0xB492B66FBE98F273, 0x9AE16A3B2F90404F

_Pair = tuple[int, int]


def fingerprint(data: bytes) -> int:
    """Return FarmHash's Fingerprint64 of bytes."""
    if len(data) <= 16:
        return _up_to_16(data)
    if len(data) <= 32:
        return _up_to_32(data)
    if len(data) <= 64:
        return _up_to_64(data)
    return _longer(data)


def fingerprint_of_two(first: int, second: int) -> int:
    """Return TensorFlow's FingerprintCat64: one hash made of two."""
    factor = 0xC6A4A7935BD1E995
    result = first ^ factor ^ _times(_folded(_times(second, factor)), factor)
    return _folded(_times(_folded(_times(result, factor)), factor))


def keyed_hash(data: bytes, key: _Pair) -> int:
    """Return SipHash-2-4 of bytes, with a secret key of two numbers."""
    low, high = key[0] & _FULL, key[1] & _FULL
    state = [
        low ^ 0x736F6D6570736575,
        high ^ 0x646F72616E646F6D,
        low ^ 0x6C7967656E657261,
        high ^ 0x7465646279746573,
    ]
    whole = len(data) // 8 * 8
    padded = data + bytes(whole + 7 - len(data)) + bytes([len(data) & 0xFF])
    for start in range(0, len(padded), 8):
        word = _word(padded, start)
        state[3] ^= word
        state = _sip_round(_sip_round(state))
        state[0] ^= word
    state[2] ^= 0xFF
    for _ in range(4):
        state = _sip_round(state)
    return state[0] ^ state[1] ^ state[2] ^ state[3]


def _sip_round(state: list[int]) -> list[int]:
    a, b, c, d = state
    a, c = (a + b) & _FULL, (c + d) & _FULL
    b, d = _left(b, 13) ^ a, _left(d, 16) ^ c
    a, c = (_left(a, 32) + d) & _FULL, (c + b) & _FULL
    b, d = _left(b, 17) ^ c, _left(d, 21) ^ a
    return [a, b, _left(c, 32), d]


def _up_to_16(data: bytes) -> int:
    length = len(data)
    factor = _K2 + length * 2
    if length >= 8:
        a, b = _word(data, 0) + _K2, _word(data, length - 8)
        c = _times(_right(b, 37), factor) + a
        return _mixed(c, _times(_right(a, 25) + b, factor), factor)
    if length >= 4:
        a, b = _word(data, 0, 4), _word(data, length - 4, 4)
        return _mixed(length + (a << 3), b, factor)
    if length > 0:
        y = data[0] + (data[length >> 1] << 8)
        z = length + (data[-1] << 2)
        return _times(_folded(_times(y, _K2) ^ _times(z, _K0)), _K2)
    return _K2


def _up_to_32(data: bytes) -> int:
    length = len(data)
    factor = _K2 + length * 2
    y, z = _ends(data, _times(_word(data, 0), _K1), factor)
    return _mixed(y, z, factor)


def _up_to_64(data: bytes) -> int:
    length = len(data)
    factor = _K2 + length * 2
    a = _times(_word(data, 0), _K2)
    y, z = _ends(data, a, factor)
    z = _mixed(y, z, factor)
    e, f = _times(_word(data, 16), factor), _word(data, 24)
    g = _times(y + _word(data, length - 32), factor)
    h = _times(z + _word(data, length - 24), factor)
    return _mixed(
        _right(e + f, 43) + _right(g, 30) + h, e + _right(f + a, 18) + g, factor
    )


def _ends(data: bytes, a: int, factor: int) -> _Pair:
    """Return two numbers made of the first and of the last 16 bytes."""
    b = _word(data, 8)
    c = _times(_word(data, len(data) - 8), factor)
    d = _times(_word(data, len(data) - 16), _K2)
    return _right(a + b, 43) + _right(c, 30) + d, a + _right(b + _K2, 18) + c


def _longer(data: bytes) -> int:
    """Return the hash of more than 64 bytes: block by block, the last one again."""
    y = _times(81, _K1) + 113
    z = _times(_folded(_times(y, _K2) + 113), _K2)
    state = (_times(81, _K2) + _word(data, 0), y, z, (0, 0), (0, 0))
    for start in range(0, (len(data) - 1) // 64 * 64, 64):
        state = _block(data[start : start + 64], state, _K1, 1)
    x, y, z, v, w = state
    factor = _K1 + ((z & 0xFF) << 1)
    first = w[0] + ((len(data) - 1) & 63)
    other = v[0] + first
    state = (x, y, z, (other, v[1]), (first + other, w[1]))
    x, y, z, v, w = _block(data[-64:], state, factor, 9)
    return _mixed(
        _mixed(v[0], w[0], factor) + _times(_folded(y), _K0) + z,
        _mixed(v[1], w[1], factor) + x,
        factor,
    )


_State = tuple[int, int, int, _Pair, _Pair]


def _block(block: bytes, state: _State, factor: int, weight: int) -> _State:
    x, y, z, v, w = state
    x = _times(_right(x + y + v[0] + _word(block, 8), 37), factor)
    y = _times(_right(y + v[1] + _word(block, 48), 42), factor)
    x ^= (w[1] * weight) & _FULL
    y += v[0] * weight + _word(block, 40)
    z = _times(_right(z + w[0], 33), factor)
    v = _half(block[:32], _times(v[1], factor), x + w[0])
    w = _half(block[32:], z + w[1], y + _word(block, 16))
    return z, y & _FULL, x, v, w


def _half(half: bytes, a: int, b: int) -> _Pair:
    first, second, third, fourth = (_word(half, start) for start in (0, 8, 16, 24))
    a += first
    b = _right(b + a + fourth, 21)
    whole = a + second + third
    return (whole + fourth) & _FULL, (b + _right(whole, 44) + a) & _FULL


def _mixed(u: int, v: int, factor: int) -> int:
    a = _folded(_times((u ^ v) & _FULL, factor))
    # The sum of two numbers may have more than 64 bits; those above do not count.
    return _times(_folded(_times((v & _FULL) ^ a, factor)), factor)


def _word(data: bytes, start: int, length: int = 8) -> int:
    return int.from_bytes(data[start : start + length], "little")


def _times(value: int, factor: int) -> int:
    return (value * factor) & _FULL


def _folded(value: int) -> int:
    value &= _FULL
    return value ^ (value >> 47)


def _right(value: int, places: int) -> int:
    value &= _FULL
    return (value >> places) | ((value << (64 - places)) & _FULL)


def _left(value: int, places: int) -> int:
    return _right(value, 64 - places)
