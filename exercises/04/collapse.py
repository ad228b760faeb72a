# /// exercise
# id = "collapse"
# number = "X15"
# title = "Two branches, or one?"
# level = 3
# type = "build"
# asks = ["small", "rich"]
# hints = [
#   "(W₁x + b₁) + (W₂x + b₂) = ?",
#   "Add the kernels, add the biases.",
#   "`small.set_weights([W1 + W2, b1 + b2])`",
# ]
# [criteria]
# inputs = {x = [32], weight = 0}
# outputs = {y = [64], weight = 0}
# params = {of = "small", predicate = "same_sizes", total = 2112, source = "exercise"}
# small_linear = {predicate = "affine", of = "small", weight = 0}
# same_numbers = {of = "small", name = "given"}
# rich_inputs = {of = "rich", predicate = "inputs", x = [32]}
# rich_outputs = {of = "rich", predicate = "outputs", y = [64], weight = 0}
# rich_arms = {of = "rich", predicate = "count", op = "weighted", n = 2, min = 2}
# not_affine = {of = "rich", at = "merge"}
# ///
# %% [markdown] prompt
# `given` is a trained model: `Add()([Dense(64)(x), Dense(64)(x)])`, with 32 numbers in,
# 64 out, and 4,224 parameters.
#
# 1. Build `small` with half the parameters (2,112), and **set its weights** so that it
#    computes the same as `given`.
# 2. Build `rich`: the same two arms and the same `Add`, and one thing more, so that no
#    single `Dense` can ever do the same, whatever the weights are.
# %% given
x = Input((32,))
given = Model(x, Add()([Dense(64)(x), Dense(64)(x)]))
numbers = np.random.default_rng(4)
given.set_weights([numbers.normal(0, 0.2, w.shape) for w in given.weights])
W1, b1, W2, b2 = given.get_weights()
# %% start
x = Input((32,))
small = ____

rich = ____
# %% solution
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])

x = Input((32,))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% accept Sequential, and relu on both arms
small = Sequential([Input((32,)), Dense(64)])
small.layers[0].set_weights([W1 + W2, b1 + b2])
x = Input((32,))
rich = Model(x, Dense(64, "relu")(x) + Dense(64, "relu")(x))
# %% accept the given layers, and tanh
first, second = (layer for layer in given.layers if layer.weights)
x = Input((32,))
small = Model(x, Dense(64)(x))
kernels = first.kernel + second.kernel
small.layers[-1].kernel.assign(kernels)
small.layers[-1].bias.assign(first.bias + second.bias)
rich = Model(x, Add()([ops.tanh(first(x)), second(x)]))
# %% accept the product of the arms
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([given.get_weights()[0] + given.get_weights()[2], b1 + b2])
rich = Model(x, Multiply()([Dense(64)(x), Dense(64)(x)]))
# %% accept the larger arm
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, Maximum()([Dense(64)(x), Dense(64)(x)]))
# %% accept a Lambda in an arm, and relu at the end as well
x = Input((32,))
small = Model(x, Dense(64, activation="linear")(x))
small.set_weights([W1 + W2, b1 + b2])
arm = Lambda(lambda t: t * t)(Dense(64)(x))
rich = Model(x, ReLU()(Add()([arm, Dense(64)(x)])))
# %% wrong same_numbers M13 the weights are averaged
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([(W1 + W2) / 2, (b1 + b2) / 2])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong same_numbers the biases are forgotten
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, np.zeros(64)])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong same_numbers one bias is forgotten
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong same_numbers the weights are not set
x = Input((32,))
small = Model(x, Dense(64)(x))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong same_numbers only the first arm
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1, b1])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong small_linear an activation in small
x = Input((32,))
small = Model(x, Dense(64, activation="relu")(x))
small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong same_numbers trained to imitate
x = Input((32,))
small = Model(x, Dense(64)(x))
noise = np.random.default_rng(1)
small.set_weights([W1 + W2 + noise.normal(0, 0.003, W1.shape), b1 + b2])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong params two layers in a row
x = Input((32,))
small = Model(x, Dense(64)(Dense(64)(x)))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong params the given model again
small = given
x = Input((32,))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong not_affine M13 relu after the Add
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, ReLU()(Add()([Dense(64)(x), Dense(64)(x)])))
# %% wrong not_affine M13 one more linear layer
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, Add()([Dense(64)(Dense(64)(x)), Dense(64)(x)]))
# %% wrong rich_arms one layer for both arms
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])
arm = Dense(64)(x)
rich = Model(x, Add()([ReLU()(arm), arm]))
# %% wrong not_affine one layer with relu, no arms
x = Input((32,))
small = Model(x, Dense(64)(x))
small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, Dense(64, activation="relu")(x))
# %% wrong outputs width32
x = Input((32,))
small = Model(x, Dense(32)(x)); small.set_weights([(W1 + W2)[:, :32], (b1 + b2)[:32]])
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
# %% wrong rich_inputs rich wrongshape
x = Input((16,))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
x = Input((32,))
small = Model(x, Dense(64)(x)); small.set_weights([W1 + W2, b1 + b2])
# %% wrong rich_outputs rich concat
x = Input((32,))
small = Model(x, Dense(64)(x)); small.set_weights([W1 + W2, b1 + b2])
rich = Model(x, Concatenate()([Dense(64)(x), Dense(64)(x)]))
# %% wrong inputs the output taken for the input
x = Input((64,))
small = Model(x, Dense(64, use_bias=False)(x))
x = Input((32,))
rich = Model(x, Add()([Dense(64, activation="relu")(x), Dense(64)(x)]))
