# /// exercise
# id = "distance-head"
# number = "X40"
# title = "From distance to score"
# level = 2
# type = "build"
# asks = "model"
# hints = [
#   "From the inside out: difference, square, sum, root, minus, exp.",
#   "Sum over the features: `axis=-1`, and `keepdims=True` keeps the shape `(1,)`.",
#   "Add `1e-9` under the root, so that its slope is finite for equal pictures.",
# ]
# [criteria]
# inputs = {a = [8, 8, 1], b = [8, 8, 1], weight = 0}
# one_per_sample = {weight = 0}
# outputs = {s = {shapes = [[1], []]}, weight = 0}
# live = {orphans = "told", weight = 0}
# uses = {inputs = ["a", "b"], weight = 0}
# range = {bounds = [0, 1], weight = 0}
# same_input_constant = {pair = ["a", "b"], value = 1, weight = 0}
# computes = {predicate = "computes_distance_score"}
# finite_gradient = ["a", "b"]
# given_weights = "encoder"
# ///
# %% [markdown] prompt
# `encoder` is given: it makes 16 numbers of a picture `(8, 8, 1)`. Build `model` with two
# pictures `a` and `b` and one score of shape `(1,)` for each pair:
#
# $$ s = e^{-\| e(a) - e(b) \|_2} $$
#
# where $\| v \|_2 = \sqrt{v_1^2 + \dots + v_{16}^2}$. Rules: no new weights, and
# the gradient must be a number for equal pictures, too.
# %% given
encoder = Sequential(
    [
        Input((8, 8, 1)),
        Conv2D(4, 3, activation="relu", kernel_initializer=keras.initializers.GlorotUniform(1)),
        Flatten(),
        Dense(16, kernel_initializer=keras.initializers.GlorotUniform(2)),
    ],
    name="encoder",
)
# %% solution
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
difference = encoder(a) - encoder(b)
squares = ops.sum(ops.square(difference), axis=-1, keepdims=True)
distance = ops.sqrt(squares + 1e-9)
model = Model([a, b], ops.exp(-distance))
# %% accept layers for the first steps
left, right = Input((8, 8, 1)), Input((8, 8, 1))
d = layers.Subtract()([encoder(right), encoder(left)])
d = ops.sqrt(keras.ops.maximum(ops.sum(d**2, axis=1, keepdims=True), keras.backend.epsilon()))
model = Model([left, right], layers.Activation("exponential")(-d))
# %% accept ops.norm
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.norm(encoder(a) - encoder(b) + 1e-8, axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-d))
# %% accept the expansion with Dot
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = encoder(a), encoder(b)
dot = layers.Dot(axes=1)
squares = dot([za, za]) + dot([zb, zb]) - 2 * dot([za, zb])
model = Model([a, b], ops.exp(-ops.sqrt(ops.maximum(squares, 1e-9))))
# %% accept a dot product of the difference
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = encoder(a) - encoder(b)
squares = layers.Dot(axes=1)([d, d])
model = Model([a, b], 1 / ops.exp((squares + 1e-7) ** 0.5))
# %% accept a custom layer
class Distance(layers.Layer):
    def call(self, left, right):
        squares = ops.sum(ops.square(left - right), axis=-1, keepdims=True)
        return ops.exp(-ops.sqrt(squares + 1e-8))
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Distance()(encoder(a), encoder(b)))
# %% accept one number without an axis of its own
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.sqrt(ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1) + 1e-9)
model = Model([a, b], ops.exp(-d))
# %% wrong computes mean instead of sum
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.mean(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong computes M24 the root is forgotten
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-squares))
# %% wrong computes L1 instead of L2
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.sum(ops.abs(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-d))
# %% wrong finite_gradient M36 no constant under the root
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-ops.sqrt(squares)))
# %% wrong finite_gradient M36 the constant behind the root
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-(ops.sqrt(squares) + 1e-9)))
# %% wrong one_per_sample M06 no axis
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(b)))
model = Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong range no minus
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(ops.sqrt(squares + 1e-9)))
# %% wrong same_input_constant a Dense at the end
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(encoder(a) - encoder(b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong outputs sixteen scores
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], ops.exp(-ops.abs(encoder(a) - encoder(b))))
# %% wrong live M04 one picture with itself
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(encoder(a) - encoder(a)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong given_weights M02 another encoder
enc = Sequential([Input((8, 8, 1)), Conv2D(4, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
squares = ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong uses M04 nothing of b is left
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
difference = encoder(a) - encoder(0 * b)
squares = ops.sum(ops.square(difference), axis=-1, keepdims=True)
model = Model([a, b], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong inputs a third picture
a, b, c = (Input((8, 8, 1), name=name) for name in "abc")
difference = encoder(a) - encoder(b) + 0 * encoder(c)
squares = ops.sum(ops.square(difference), axis=-1, keepdims=True)
model = Model([a, b, c], ops.exp(-ops.sqrt(squares + 1e-9)))
# %% wrong same_input_constant the other way round
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
squares = ops.sum(ops.square(encoder(a) - encoder(b)), axis=-1, keepdims=True)
model = Model([a, b], 1 - ops.exp(-ops.sqrt(squares + 1e-9)))
