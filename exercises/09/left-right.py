# /// exercise
# id = "left-right"
# number = "X38"
# title = "It matters who comes first"
# level = 2
# type = "fix"
# hints = [
#   "Compare `a - b` and `b - a`, with numbers: 3 and 5.",
#   "Make the sign disappear, between the difference and the last layer.",
#   "`difference = ops.abs(encoder(a) - encoder(b))`, or `ops.square`.",
# ]
# [criteria]
# inputs = {a = [8, 8, 1], b = [8, 8, 1], weight = 0}
# outputs = {score = [1], weight = 0}
# live = {orphans = "told", weight = 0}
# uses = {inputs = ["a", "b"], weight = 0}
# encoded = ["a", "b"]
# tied = {pair = ["a", "b"], weight = 0}
# symmetric = ["a", "b"]
# same_input_constant = ["a", "b"]
# range = [0, 1]
# params = {total = 4721}
# one_pass = {predicate = "no", op = "average", advice = true, so = "That is symmetric, and it runs everything twice: `ops.abs` or `ops.square` does it in one step.", look = "Where does the sign of the difference get lost?"}
# ///
# %% [markdown] prompt
# The model below compares two digits, `a` and `b`, of shape `(8, 8, 1)`, and one encoder
# reads both. Still it gives a pair one score, and the same pair swapped another.
#
# Repair `model` with one layer or operation: the order of the pictures must not matter,
# and two identical pictures must always get one and the same score. The score stays
# between 0 and 1, the encoder stays shared, and the number of parameters stays 4,721.
# %% start
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
difference = Subtract()([encoder(a), encoder(b)])
score = Dense(1, activation="sigmoid")(difference)
model = Model([a, b], score)
# %% solution
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
difference = ops.abs(Subtract()([encoder(a), encoder(b)]))
score = Dense(1, activation="sigmoid")(difference)
model = Model([a, b], score)
# %% accept the square
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.square(encoder(a) - encoder(b))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept the power of two
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = Subtract()([encoder(a), encoder(b)]) ** 2
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept the root of the square
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
difference = ops.sqrt(ops.square(encoder(a) - encoder(b)) + 1e-9)
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept the larger of both differences
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = encoder(a), encoder(b)
difference = Maximum()([za - zb, zb - za])
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept the larger minus the smaller
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
codes = [encoder(a), encoder(b)]
difference = Subtract()([Maximum()(codes), layers.Minimum()(codes)])
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept a Lambda
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
difference = Subtract()([encoder(b), encoder(a)])
difference = Lambda(lambda x: ops.abs(x))(difference)
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept a layer of one's own
class Distance(layers.Layer):
    def call(self, left, right):
        return ops.abs(left - right)
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
difference = Distance()(encoder(a), encoder(b))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% accept the mean of both orders
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
last = Dense(1, activation="sigmoid")
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = encoder(a), encoder(b)
model = Model([a, b], Average()([last(za - zb), last(zb - za)]))
# %% accept the whole model called in both orders
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
score = Dense(1, activation="sigmoid")(Subtract()([encoder(a), encoder(b)]))
one_way = Model([a, b], score)
left, right = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([left, right], (one_way([left, right]) + one_way([right, left])) / 2)
# %% wrong symmetric M24 relu behind the difference
# relu keeps what is positive and drops what is negative. Swapped, other differences are dropped.
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ReLU()(Subtract()([encoder(a), encoder(b)]))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong symmetric M24 the difference the other way round
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = Subtract()([encoder(b), encoder(a)])
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong symmetric M24 abs before the difference
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = Subtract()([ops.abs(encoder(a)), ops.abs(encoder(b))])
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong symmetric M24 abs behind the last sum
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
score = ops.abs(Dense(1)(encoder(a) - encoder(b)))
model = Model([a, b], 2 * ops.sigmoid(score) - 1)
# %% wrong symmetric M12 side by side
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
joined = Concatenate()([encoder(a), encoder(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(joined))
# %% wrong same_input_constant M09 the sum
# A sum does not care who comes first, but it does not compare: two equal pictures give twice their code.
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
total = Add()([encoder(a), encoder(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(total))
# %% wrong same_input_constant M09 the product
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
product = Multiply()([encoder(a), encoder(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(product))
# %% wrong same_input_constant M24 the larger of both codes
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
larger = Maximum()([encoder(a), encoder(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(larger))
# %% wrong encoded the pictures are sorted, dot by dot
# Sorted dot by dot, each dot comes from one picture or the other: the encoder sees neither of them.
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
low, high = layers.Minimum()([a, b]), Maximum()([a, b])
difference = Subtract()([encoder(low), encoder(high)])
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong encoded the difference of the pictures
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
code = encoder(ops.abs(a - b))
model = Model([a, b], Dense(1, activation="sigmoid")(code))
# %% wrong tied M23 a second encoder
def make_encoder():
    return Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.abs(make_encoder()(a) - make_encoder()(b))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong params one more Dense
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = Dense(16)(ops.abs(encoder(a) - encoder(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong params one number for the distance
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
distance = ops.sum(ops.abs(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], Dense(1, activation="sigmoid")(distance))
# %% wrong range the sigmoid is gone
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.abs(encoder(a) - encoder(b))
model = Model([a, b], Dense(1)(difference))
# %% wrong live M04 one picture with itself
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.abs(Subtract()([encoder(a), encoder(a)]))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
# %% wrong uses M20 softmax over one unit
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.abs(encoder(a) - encoder(b))
model = Model([a, b], Dense(1, activation="softmax")(difference))
# %% wrong outputs sixteen scores
encoder = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1), name="a"), Input((8, 8, 1), name="b")
difference = ops.abs(encoder(a) - encoder(b))
model = Model([a, b], ops.sigmoid(-difference))
# %% wrong inputs flat pictures
encoder = Sequential([Dense(16)])
a, b = Input((64,), name="a"), Input((64,), name="b")
difference = ops.abs(encoder(a) - encoder(b))
model = Model([a, b], Dense(1, activation="sigmoid")(difference))
