# /// exercise
# id = "transformer-block"
# number = "X52"
# title = "A Transformer block"
# level = 3
# type = "build"
# asks = "model"
# hints = [
#   "Two sub-blocks, and each of them: work, add, norm.",
#   "Self-attention: query and value are the same tensor, so `x` is handed over twice.",
#   "`x = LayerNormalization()(x + h)`, where `h` is what the part made of `x`.",
# ]
# [criteria]
# inputs = {x = [8, 16], weight = 0}
# outputs = {y = [8, 16], weight = 0}
# uses = {weight = 0}
# perm_equivariant = true
# residuals = {predicate = "transformer_residuals"}
# params = {predicate = "attention_params", total = 2224, heads = 2, key_dim = 8}
# feed_forward = "relu"
# norms_after_sums = {advice = true}
# ///
# %% [markdown] prompt
# Build `model` from the picture. A sequence of 8 steps with 16 numbers each, shape
# `(8, 16)`, goes in and comes out.
#
# ```
# x ─┬─ attention: 2 heads of 8 ─ + ─ norm ─┬─ Dense 32 relu ─ Dense 16 ─ + ─ norm ─ y
#    └────────────────────────────┘         └─────────────────────────────┘
# ```
#
# Both norms are `LayerNormalization`, each with weights of its own. 2,224 parameters.
# %% solution
inputs = Input((8, 16), name="x")
h = MultiHeadAttention(num_heads=2, key_dim=8)(inputs, inputs)
x = LayerNormalization()(inputs + h)
h = Dense(32, activation="relu")(x)
h = Dense(16)(h)
model = Model(inputs, LayerNormalization()(x + h))
# %% accept layers for the sums
inputs = Input(shape=(8, 16))
mha = layers.MultiHeadAttention(2, 8)
x = layers.Add()([mha(inputs, inputs, inputs), inputs])
x = layers.LayerNormalization(epsilon=1e-6)(x)
feed = Sequential([Dense(32), ReLU(), Dense(16)])
y = layers.Add()([feed(x), x])
model = Model(inputs, layers.LayerNormalization(epsilon=1e-6)(y))
# %% accept dropout
inputs = Input((8, 16))
h = MultiHeadAttention(2, 8, dropout=0.1)(query=inputs, value=inputs)
x = LayerNormalization()(inputs + Dropout(0.1)(h))
h = Dropout(0.1)(Dense(16)(Dense(32, activation="relu")(x)))
model = Model(inputs, LayerNormalization()(layers.add([x, h])))
# %% accept norms before the parts
inputs = Input((8, 16))
n = LayerNormalization()(inputs)
x = inputs + MultiHeadAttention(2, 8)(n, n)
n = LayerNormalization()(x)
model = Model(inputs, x + Dense(16)(Dense(32, activation="relu")(n)))
# %% accept a function for the block
def block(x):
    x = LayerNormalization()(x + MultiHeadAttention(2, 8)(x, x))
    return LayerNormalization()(x + Dense(16)(ops.relu(Dense(32)(x))))
inputs = Input((8, 16))
model = Model(inputs, block(inputs))
# %% accept convolutions of one step
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Conv1D(16, 1)(Conv1D(32, 1, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% accept the feed-forward part for each step
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
feed = TimeDistributed(Sequential([Input((16,)), Dense(32, activation="relu"), Dense(16)]))
model = Model(inputs, LayerNormalization()(x + feed(x)))
# %% accept a layer of one's own
class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = layers.MultiHeadAttention(2, 8)
        self.norms = [LayerNormalization(epsilon=1e-6) for _ in range(2)]
        self.feed = Sequential([Dense(32, activation="relu"), Dense(16)])

    def call(self, x):
        x = self.norms[0](x + self.attention(x, x))
        return self.norms[1](x + self.feed(x))


x = Input((8, 16))
model = Model(x, Block()(x))
# %% accept mixed precision
keras.mixed_precision.set_global_policy("mixed_float16")
x = Input((8, 16))
h = LayerNormalization()(x + MultiHeadAttention(2, 8)(x, x))
h = LayerNormalization()(h + Dense(16)(Dense(32, activation="relu")(h)))
model = Model(x, h)
# %% wrong runs attention with one argument
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong params sixteen heads of two
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(16, 2)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong params heads as wide as the model
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 16)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong params eight heads of two
x = Input((8, 16))
h = LayerNormalization()(x + MultiHeadAttention(8, 2)(x, x))
model = Model(x, LayerNormalization()(h + Dense(16)(Dense(32, activation="relu")(h))))
# %% wrong params M02 one norm for both places
norm = LayerNormalization()
inputs = Input((8, 16))
x = norm(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, norm(x + h))
# %% wrong params one norm is missing
inputs = Input((8, 16))
x = inputs + MultiHeadAttention(2, 8)(inputs, inputs)
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong residuals M03 the second shortcut begins too early
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(inputs + h))
# %% wrong residuals M15 no shortcut
inputs = Input((8, 16))
x = LayerNormalization()(MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(h))
# %% wrong residuals only the first shortcut
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(h))
# %% wrong residuals no second shortcut in a layer of one's own
class Block(layers.Layer):
    def __init__(self):
        super().__init__()
        self.attention = layers.MultiHeadAttention(2, 8)
        self.norms = [LayerNormalization(epsilon=1e-6) for _ in range(2)]
        self.feed = Sequential([Dense(32, activation="relu"), Dense(16)])

    def call(self, x):
        x = self.norms[0](x + self.attention(x, x))
        return self.norms[1](self.feed(x))


x = Input((8, 16))
model = Model(x, Block()(x))
# %% wrong perm_equivariant M27 attention that knows places
inputs = Input((8, 16))
h = MultiHeadAttention(2, 8)(inputs, inputs, use_causal_mask=True)
x = LayerNormalization()(inputs + h)
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong feed_forward no relu
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32)(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong feed_forward relu behind both layers
inputs = Input((8, 16))
x = LayerNormalization()(inputs + MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16, activation="relu")(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(x + h))
# %% wrong feed_forward relu at the end
x = Input((8, 16))
h = LayerNormalization()(x + MultiHeadAttention(2, 8)(x, x))
h = LayerNormalization()(h + Dense(16)(Dense(32, activation="relu")(h)))
model = Model(x, ReLU()(h))
# %% wrong residuals norms before the sums
inputs = Input((8, 16))
x = inputs + LayerNormalization()(MultiHeadAttention(2, 8)(inputs, inputs))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, x + LayerNormalization()(h))
# %% wrong outputs M09 joined instead of added
inputs = Input((8, 16))
h = MultiHeadAttention(2, 8)(inputs, inputs)
x = LayerNormalization()(Concatenate()([inputs, h]))
h = Dense(16)(Dense(32, activation="relu")(x))
model = Model(inputs, LayerNormalization()(Concatenate()([x, h])))
# %% wrong inputs shape
x = Input((16, 8), name="x")
h = LayerNormalization()(x + MultiHeadAttention(2, 8)(x, x))
model = Model(x, LayerNormalization()(h + Dense(8)(Dense(32, "relu")(h))))
# %% wrong uses nothing of the input is left
inputs = Input((8, 16), name="x")
start = inputs
inputs = 0 * start
h = MultiHeadAttention(num_heads=2, key_dim=8)(inputs, inputs)
x = LayerNormalization()(inputs + h)
h = Dense(32, activation="relu")(x)
h = Dense(16)(h)
model = Model(start, LayerNormalization()(x + h))
