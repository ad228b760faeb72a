# /// exercise
# id = "siamese-lines"
# number = "X37"
# title = "Siamese in order"
# level = 2
# type = "parsons"
# hints = [
#   "Which lines need nothing above them?",
#   "`enc` stands above `za` and `zb`: it is made once, and called twice.",
#   "The two inputs, the encoder, two calls, the distance, the score, the model.",
# ]
# [criteria]
# order = {weight = 0}
# distractor = {weight = 0}
# inputs = {a = [8, 8, 1], b = [8, 8, 1]}
# outputs = {score = [1]}
# live = {orphans = "told", weight = 0}
# uses = {inputs = ["a", "b"], weight = 0}
# encoded = ["a", "b"]
# tied = {pair = ["a", "b"], weight = 0}
# symmetric = ["a", "b"]
# same_input_constant = ["a", "b"]
# range = [0, 1]
# ///
# %% [markdown] prompt
# A Siamese network, named `model`: two digits `a` and `b` of shape `(8, 8, 1)`, one
# encoder for both, the distance of their codes, and one score between 0 and 1. The
# function `make_encoder` is given. Put the eight lines in order; three of the eleven do
# not belong to it. Answer with the numbers of the lines from the first to the last,
# `order = [...]`, or with the lines themselves.
# %% given
def make_encoder():
    return Sequential(
        [Input((8, 8, 1)), Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)]
    )
# %% start
# 1  a = Input((8, 8, 1), name="a")
# 2  enc = make_encoder()
# 3  model = Model(a, score)
# 4  zb = make_encoder()(b)
# 5  d = ops.abs(za - zb)
# 6  score = Dense(1, activation="sigmoid")(d)
# 7  b = Input((8, 8, 1), name="b")
# 8  zb = enc(b)
# 9  za = enc(a)
# 10  model = Model([a, b], score)
# 11  d = Concatenate()([za, zb])
order = [____]
# %% solution
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
enc = make_encoder()
za = enc(a)
zb = enc(b)
d = ops.abs(za - zb)
score = Dense(1, activation="sigmoid")(d)
model = Model([a, b], score)
# %% accept the numbers of the lines
order = [1, 7, 2, 9, 8, 5, 6, 10]
# %% accept the encoder first
order = [2, 7, 1, 8, 9, 5, 6, 10]
# %% accept one side after the other
order = [2, 1, 9, 7, 8, 5, 6, 10]
# %% accept the right side first, under the other name
answer = (7, 2, 8, 1, 9, 5, 6, 10)
# %% accept one text
answer = "1 -> 2 -> 9 -> 7 -> 8 -> 5 -> 6 -> 10"
# %% accept the lines as texts
order = [
    "enc = make_encoder()",
    "a = Input((8, 8, 1), name='a')",
    "b = Input((8, 8, 1), name='b')",
    "zb = enc(b)",
    "za = enc(a)",
    "d = ops.abs(za - zb)",
    "score = Dense(1, activation='sigmoid')(d)",
    "model = Model([a, b], score)",
]
# %% accept lines of one's own
left, right = Input((8, 8, 1)), Input((8, 8, 1))
encoder = make_encoder()
squares = ops.square(encoder(left) - encoder(right))
model = Model([left, right], Dense(1, activation="sigmoid")(squares))
# %% wrong distractor M02
# A second encoder is born here: two sets of weights.
zb = make_encoder()(b)
# %% wrong distractor M24
# Joined side by side the network must learn to compare, and left and right stay different.
d = Concatenate()([za, zb])
# %% wrong distractor M04
# The score also needs `b`: walking back from it, you arrive at both inputs.
model = Model(a, score)
# %% wrong distractor M02 a second encoder, by numbers
order = [1, 7, 2, 9, 4, 5, 6, 10]
# %% wrong distractor M24 side by side, by numbers
order = [1, 7, 2, 9, 8, 11, 6, 10]
# %% wrong distractor M04 one input in the model, by numbers
order = [1, 7, 2, 9, 8, 5, 6, 3]
# %% wrong order M31 za before enc
order = [1, 7, 9, 2, 8, 5, 6, 10]
# %% wrong order M31 za before enc, as lines
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
za = enc(a)
zb = enc(b)
enc = make_encoder()
d = ops.abs(za - zb)
score = Dense(1, activation="sigmoid")(d)
model = Model([a, b], score)
# %% wrong order M31 the model before the score
order = [1, 7, 2, 9, 8, 5, 10, 6]
# %% wrong order M04 one call is missing
order = [1, 7, 2, 9, 5, 6, 10]
# %% wrong symmetric M24 no abs, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
d = enc(a) - enc(b)
score = Dense(1, activation="sigmoid")(d)
model = Model([a, b], score)
# %% wrong same_input_constant M09 the sum, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
model = Model([a, b], Dense(1, activation="sigmoid")(enc(a) + enc(b)))
# %% wrong tied M23 two encoders, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
one, two = make_encoder(), make_encoder()
d = ops.abs(one(a) - two(b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong encoded raw pictures, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
d = Flatten()(ops.abs(a - b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong range no sigmoid, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
model = Model([a, b], Dense(1)(ops.abs(enc(a) - enc(b))))
# %% wrong outputs no score, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
model = Model([a, b], ops.sigmoid(ops.abs(enc(a) - enc(b))))
# %% wrong live M04 one picture twice, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(a))))
# %% wrong uses M20 softmax over one unit, in lines of one's own
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
enc = make_encoder()
model = Model([a, b], Dense(1, activation="softmax")(ops.abs(enc(a) - enc(b))))
# %% wrong inputs flat pictures, in lines of one's own
a, b = Input((64,), name="a"), Input((64,), name="b")
enc = Dense(16)
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(b))))
