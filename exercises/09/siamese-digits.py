# /// exercise
# id = "siamese-digits"
# number = "X36"
# title = "Same digit?"
# level = 3
# type = "build"
# asks = "model"
# hints = [
#   "How many encoders are in the picture, and how many sets of weights?",
#   "Build the encoder once as a model. Call that one object on `a` and on `b`.",
#   "`ops.abs(enc(a) - enc(b))`, then `Dense(1, activation='sigmoid')`.",
# ]
# [criteria]
# inputs = {a = [8, 8, 1], b = [8, 8, 1]}
# outputs = {score = [1]}
# live = {orphans = "told", weight = 0}
# uses = {inputs = ["a", "b"], weight = 0}
# encoded = ["a", "b"]
# tied = {pair = ["a", "b"], weight = 0}
# symmetric = ["a", "b"]
# same_input_constant = ["a", "b"]
# range = [0, 1]
# no_dead_weights = true
# vector_encodings = ["a", "b"]
# ///
# %% [markdown] prompt
# Build `model`: two digits of shape `(8, 8, 1)`, `a` and `b`, go in, and one score comes
# out, of shape `(1,)` and **between 0 and 1**.
#
# - Both pictures go through **one and the same encoder**, which ends in a vector. How
#   it looks inside is up to you.
# - The order of the two pictures must not matter.
# - Two identical pictures must always get one and the same score, whatever they show.
# %% solution
enc = Sequential([
    Conv2D(8, 3, activation="relu"),
    MaxPooling2D(),
    Flatten(),
    Dense(16),
])
a = Input((8, 8, 1), name="a")
b = Input((8, 8, 1), name="b")
distance = ops.abs(enc(a) - enc(b))
model = Model([a, b], Dense(1, activation="sigmoid")(distance))
# %% accept a nested Functional encoder
picture = Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(picture)
x = Dense(16, activation="relu")(Flatten()(x))
encoder = Model(picture, x, name="encoder")
left, right = Input((8, 8, 1)), Input((8, 8, 1))
d = layers.Subtract()([encoder(left), encoder(right)])
d = layers.Lambda(ops.abs)(d)
model = Model([left, right], layers.Activation("sigmoid")(Dense(1)(d)))
# %% accept shared layers without a nested model
a, b = Input((8, 8, 1)), Input((8, 8, 1))
conv, flat, dense = Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)
za = dense(flat(conv(a)))
zb = dense(flat(conv(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(za - zb)))
# %% accept an encoder that is a function of shared layers
conv, dense = Conv2D(4, 3, activation="relu"), Dense(12, activation="tanh")
def encode(x):
    return dense(Flatten()(MaxPooling2D()(conv(x))))
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, "sigmoid")(ops.abs(encode(b) - encode(a))))
# %% accept squared difference
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.square(enc(a) - enc(b))))
# %% accept L2 distance with exp(-d)
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.sqrt(ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True) + 1e-9)
model = Model([a, b], ops.exp(-d))
# %% accept L2 distance of large vectors with exp(-d)
enc = Sequential([Conv2D(16, 3, activation="relu"), Flatten()])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.sqrt(ops.sum(ops.square(enc(a) - enc(b)), axis=-1, keepdims=True) + 1e-9)
model = Model([a, b], ops.exp(-d))
# %% accept cosine mapped to [0, 1]
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
cosine = Dot(axes=1, normalize=True)([enc(a), enc(b)])
model = Model([a, b], (cosine + 1) / 2)
# %% accept Multiply of normalised vectors
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16), UnitNormalization()])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
product = Multiply()([enc(a), enc(b)])
cosine = ops.sum(product, axis=-1, keepdims=True)
model = Model([a, b], Dense(1, activation="sigmoid")(cosine))
# %% accept a custom layer
class Distance(layers.Layer):
    def call(self, left, right):
        return ops.abs(left - right)
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(Distance()(enc(a), enc(b))))
# %% accept a Lambda
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = Lambda(lambda pair: ops.abs(pair[0] - pair[1]))([enc(a), enc(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% accept TimeDistributed on the stacked pair
enc = Sequential([Input((8, 8, 1)), Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
z = TimeDistributed(enc)(ops.stack([a, b], axis=1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(z[:, 0] - z[:, 1])))
# %% accept the encoder on the batch-concatenated pair
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = ops.split(enc(ops.concatenate([a, b], axis=0)), 2, axis=0)
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(za - zb)))
# %% accept max(a - b, b - a)
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = enc(a), enc(b)
d = Maximum()([za - zb, zb - za])
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% accept largest minus smallest
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = enc(a), enc(b)
d = ops.maximum(za, zb) - ops.minimum(za, zb)
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% accept BatchNormalization and Dropout inside the shared tower
enc = Sequential([Conv2D(8, 3), BatchNormalization(), ReLU(), Flatten(), Dropout(0.3), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(enc(a) - enc(b))
model = Model([a, b], Dense(1, activation="sigmoid")(Dense(8, activation="relu")(d)))
# %% accept an encoder of Dense layers
enc = Sequential([Flatten(), Dense(32, activation="relu"), Dense(8)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.mean(ops.abs(enc(a) - enc(b)), axis=-1, keepdims=True)
model = Model([a, b], 1 - ops.tanh(d))
# %% accept stop_gradient on one side
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(enc(a) - ops.stop_gradient(enc(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% accept mixed precision
keras.mixed_precision.set_global_policy("mixed_float16")
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
score = Dense(1)(ops.abs(enc(a) - enc(b)))
model = Model([a, b], layers.Activation("sigmoid", dtype="float32")(score))
# %% accept attention in the encoder
picture = Input((8, 8, 1))
x = Dense(8)(layers.Reshape((8, 8))(picture))
x = layers.GlobalAveragePooling1D()(layers.MultiHeadAttention(2, 4)(x, x))
enc = Model(picture, x)
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(b))))
# %% wrong tied M23 two encoders
def make_encoder():
    return Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(make_encoder()(a) - make_encoder()(b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong tied M23 two encoders, layer by layer
def encode(x):
    return Dense(16)(Flatten()(Conv2D(8, 3, activation="relu")(x)))
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(encode(a) - encode(b))))
# %% wrong tied M23 shared convolution, separate Dense
conv = Conv2D(8, 3, activation="relu")
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za = Dense(16)(Flatten()(conv(a)))
zb = Dense(16)(Flatten()(conv(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(za - zb)))
# %% wrong tied M23 separate BatchNormalization
conv, dense = Conv2D(8, 3), Dense(16)
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za = dense(Flatten()(ReLU()(BatchNormalization()(conv(a)))))
zb = dense(Flatten()(ReLU()(BatchNormalization()(conv(b)))))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(za - zb)))
# %% wrong live M04 the same input twice
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(a))))
# %% wrong symmetric M24 no abs
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(enc(a) - enc(b)))
# %% wrong symmetric M12 joined side by side
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
joined = Concatenate()([enc(a), enc(b)])
model = Model([a, b], Dense(1, activation="sigmoid")(Dense(16, activation="relu")(joined)))
# %% wrong symmetric M24 abs before the subtraction
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = Subtract()([ops.abs(enc(a)), ops.abs(enc(b))])
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong range no sigmoid
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1)(ops.abs(enc(a) - enc(b))))
# %% wrong encoded M24 raw pixels
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(Flatten()(a) - Flatten()(b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong encoded joined pictures
a, b = Input((8, 8, 1)), Input((8, 8, 1))
x = Conv2D(8, 3, activation="relu")(Concatenate()([a, b]))
model = Model([a, b], Dense(1, activation="sigmoid")(Flatten()(x)))
# %% wrong tied M02 a copy of the encoder with the same weights
enc = Sequential([Input((8, 8, 1)), Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
other = keras.models.clone_model(enc)
other.name = "other"
other.set_weights(enc.get_weights())
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - other(b))))
# %% wrong tied M02 a frozen copy of the encoder
enc = Sequential([Input((8, 8, 1)), Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
other = keras.models.clone_model(enc)
other.name = "other"
other.set_weights(enc.get_weights())
enc.trainable = other.trainable = False
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - other(b))))
# %% wrong tied M23 two encoders with an averaged head
one = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
two = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
head = Dense(1, activation="sigmoid")
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = one(a), two(b)
score = Average()([head(Concatenate()([za, zb])), head(Concatenate()([zb, za]))])
model = Model([a, b], score)
# %% wrong same_input_constant M24 an averaged head on twins
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
head = Dense(1, activation="sigmoid")
a, b = Input((8, 8, 1)), Input((8, 8, 1))
za, zb = enc(a), enc(b)
score = Average()([head(Concatenate()([za, zb])), head(Concatenate()([zb, za]))])
model = Model([a, b], score)
# %% wrong tied M23 dot product of two encoders
one = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
two = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], ops.sigmoid(Dot(axes=1)([one(a), two(b)])))
# %% wrong same_input_constant M24 dot product of twins
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], ops.sigmoid(Dot(axes=1)([enc(a), enc(b)])))
# %% wrong tied M23 only one picture is encoded
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(64)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(enc(a) - Flatten()(b))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong no_dead_weights stop_gradient on both sides
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(ops.stop_gradient(enc(a)) - ops.stop_gradient(enc(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong outputs the distance itself
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], ops.sigmoid(ops.abs(enc(a) - enc(b))))
# %% wrong inputs one picture
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a = Input((8, 8, 1))
model = Model(a, Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(a))))
# %% wrong uses M20 softmax over one unit
enc = Sequential([Conv2D(8, 3, activation="relu"), Flatten(), Dense(16)])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
model = Model([a, b], Dense(1, activation="softmax")(ops.abs(enc(a) - enc(b))))
# %% wrong encoded only a normalization
norm = BatchNormalization()
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = ops.abs(Flatten()(norm(a)) - Flatten()(norm(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong vector_encodings M07 maps are compared
enc = Sequential([Conv2D(8, 3, activation="relu"), MaxPooling2D()])
a, b = Input((8, 8, 1)), Input((8, 8, 1))
d = Flatten()(ops.abs(enc(a) - enc(b)))
model = Model([a, b], Dense(1, activation="sigmoid")(d))
# %% wrong inputs shape flat
enc = Sequential([Dense(16)])
a = Input((64,), name="a"); b = Input((64,), name="b")
model = Model([a, b], Dense(1, activation="sigmoid")(ops.abs(enc(a) - enc(b))))
