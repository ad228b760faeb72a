# /// exercise
# id = "from-formula"
# number = "X04"
# title = "Build a model from mathematics"
# level = 2
# type = "build"
# hints = [
#   "Read the formula from the inside out: each function is one layer.",
#   "The innermost `W₁ᵀx + b₁` is a Dense with 8 units.",
#   "tanh and σ are the activations: `Dense(8, activation='tanh')`, then `Dense(1, activation='sigmoid')`.",
# ]
# [criteria]
# inputs = {x = [13], weight = 0}
# outputs = {y = [1], weight = 0}
# range = {lo = 0, hi = 1, weight = 0}
# params = {predicate = "same_sizes", total = 121, weight = 0}
# not_affine = {weight = 0}
# computes = true
# ///
# %% [markdown] prompt
# Build `model` from the formula
#
# $$y = \sigma\left(w_2^\top \tanh(W_1^\top x + b_1) + b_2\right)$$
#
# x has 13 numbers, the hidden layer has 8 units, y is one number.
# %% start
x = Input((13,))
h = ____
y = ____
model = Model(x, y)
# %% solution
x = Input((13,))
h = Dense(8, activation="tanh")(x)
y = Dense(1, activation="sigmoid")(h)
model = Model(x, y)
# %% accept activation layers of their own
x = Input((13,))
h = Activation("tanh")(Dense(8)(x))
model = Model(x, Activation("sigmoid")(Dense(1)(h)))
# %% accept operations for the activations
x = Input((13,))
h = ops.tanh(Dense(8)(x))
model = Model(x, ops.sigmoid(Dense(1)(h)))
# %% accept a Sequential model
model = Sequential([Input((13,)), Dense(8, "tanh"), Dense(1, "sigmoid")])
# %% accept the sigmoid written out
x = Input((13,))
z = Dense(1)(Dropout(0.2)(Dense(8, activation=ops.tanh)(x)))
model = Model(x, 1 / (1 + ops.exp(-z)))
# %% accept a layer of one's own for the hidden part
class Hidden(keras.layers.Layer):
    def build(self, shape):
        self.w = self.add_weight(shape=(8, shape[-1]), name="w")
        self.b = self.add_weight(shape=(8,), name="b")

    def call(self, x):
        return ops.tanh(ops.matmul(x, ops.transpose(self.w)) + self.b)


x = Input((13,))
model = Model(x, Dense(1, "sigmoid")(Hidden()(x)))
# %% wrong inputs M06 the batch is in the shape
x = Input((1, 13))
h = Dense(8, activation="tanh")(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong outputs 8 numbers come out
x = Input((13,))
h = Dense(8, activation="tanh")(x)
model = Model(x, ops.sigmoid(h))
# %% wrong range no sigmoid
x = Input((13,))
h = Dense(8, activation="tanh")(x)
model = Model(x, Dense(1)(h))
# %% wrong range M20 softmax on one unit
x = Input((13,))
h = Dense(8, activation="tanh")(x)
model = Model(x, Dense(1, activation="softmax")(h))
# %% wrong range tanh at both places
x = Input((13,))
h = Dense(8, activation="tanh")(x)
model = Model(x, Dense(1, activation="tanh")(h))
# %% wrong params 13 hidden units
x = Input((13,))
h = Dense(13, activation="tanh")(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong params the first layer has no bias
x = Input((13,))
h = Dense(8, activation="tanh", use_bias=False)(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong params no hidden layer
x = Input((13,))
model = Model(x, Dense(1, activation="sigmoid")(x))
# %% wrong not_affine nothing bends the numbers
x = Input((13,))
h = Dense(8)(x)
model = Model(x, ops.clip(0.0 * Dense(1)(h) + 0.5, 0, 1))
# %% wrong computes relu for tanh
x = Input((13,))
h = Dense(8, activation="relu")(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong computes the hidden layer is linear
x = Input((13,))
h = Dense(8)(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong computes sigmoid at both places
x = Input((13,))
h = Dense(8, activation="sigmoid")(x)
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% wrong computes tanh after the second layer
x = Input((13,))
h = Dense(8)(x)
model = Model(x, ops.sigmoid(ops.tanh(Dense(1)(h))))
# %% accept the hidden units, one by one
x = Input((13,))
h = Concatenate()([Dense(4, activation="tanh")(x), Dense(4, activation="tanh")(x)])
model = Model(x, Dense(1, activation="sigmoid")(h))
# %% accept a class, built for a shape
class Formula(keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden = Dense(8, activation="tanh")
        self.end = Dense(1, activation="sigmoid")

    def call(self, x):
        return self.end(self.hidden(x))


model = Formula()
model.build((None, 13))
