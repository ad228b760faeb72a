# /// exercise
# id = "inception"
# number = "X41"
# title = "An inception module"
# level = 3
# type = "build"
# hints = [
#   "Each tower starts at the same tensor.",
#   "`padding='same'` keeps 8×8; the pooling needs `strides=1`.",
#   "Four tensors in one list: `Concatenate()([a, b, c, d])`",
# ]
# [criteria]
# axis = {predicate = "joins_last_axis", stage = "interface", weight = 0}
# joins = {op = "concatenate", stage = "interface", weight = 0}
# routes = {named = ["1×1", "1×1 → 3×3", "1×1 → 5×5", "pool 3 → 1×1"], stage = "interface"}
# inputs = {x = [8, 8, 16], weight = 0}
# outputs = {y = [8, 8, 32]}
# uses = {weight = 0}
# activated = "relu"
# own_weights = {predicate = "fresh_weights", weight = 0}
# filters = {predicate = "kernels", shapes = [[1, 1, 16, 8], [1, 1, 16, 8], [3, 3, 8, 8], [1, 1, 16, 8], [5, 5, 8, 8], [1, 1, 16, 8]], weight = 0}
# params = 2736
# ///
# %% [markdown] prompt
# Four towers read the same input (8, 8, 16). The numbers in brackets are filters, and
# relu stands behind **every** convolution:
#
# ```
#              ┌─ 1×1 (8) ──────────────────────────┐
#              ├─ 1×1 (8) ── 3×3 (8) ───────────────┤
# (8, 8, 16) ──┤                                    ├─ side by side ── (8, 8, 32)
#              ├─ 1×1 (8) ── 5×5 (8) ───────────────┤
#              └─ max pooling 3, stride 1 ─ 1×1 (8) ┘
# ```
#
# Build `model` from the picture.
# %% start
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 1, activation="relu")(x)
b = ____
c = ____
d = ____
model = Model(x, Concatenate()([a, b, c, d]))
# %% solution
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(b)
c = Conv2D(8, 1, activation="relu")(x)
c = Conv2D(8, 5, padding="same", activation="relu")(c)
d = MaxPooling2D(3, strides=1, padding="same")(x)
d = Conv2D(8, 1, activation="relu")(d)
model = Model(x, Concatenate()([a, b, c, d]))
# %% accept towers in another order
x = Input((8, 8, 16))
pooled = MaxPool2D((3, 3), (1, 1), "same")(x)
towers = [Conv2D(8, (1, 1), padding="same", activation="relu")(pooled)]
for size in (5, 3):
    tower = Conv2D(8, 1, padding="same", activation="relu")(x)
    towers.append(Conv2D(8, size, padding="same", activation="relu")(tower))
towers.append(Conv2D(8, 1, activation="relu")(x))
model = Model(x, layers.concatenate(towers))
# %% accept a function for convolution and relu
def conv(x, size):
    return ReLU()(Conv2D(8, size, padding="same")(x))

x = Input((8, 8, 16))
ends = [conv(x, 1), conv(conv(x, 1), 3), conv(conv(x, 1), 5)]
ends += [conv(ops.max_pool(x, 3, 1, padding="same"), 1)]
model = Model(x, ops.concatenate(ends, axis=-1))
# %% accept one relu behind the join of the last convolutions
x = Input((8, 8, 16))
b = Conv2D(8, 3, padding="same")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1)(MaxPooling2D(3, 1, "same")(x))
model = Model(x, ReLU()(Concatenate(axis=3)([Conv2D(8, 1)(x), b, c, d])))
# %% accept towers as models
def tower(*boxes):
    return Sequential(list(boxes))

def conv(size):
    return Conv2D(8, size, padding="same", activation="relu")

x = Input((8, 8, 16))
towers = [tower(conv(1)), tower(conv(1), conv(3)), tower(conv(1), conv(5))]
towers.append(tower(MaxPooling2D(3, 1, padding="same"), conv(1)))
model = Model(x, Concatenate()([one(x) for one in towers]))
# %% accept two at a time
x = Input((8, 8, 16))
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, 1, padding="same")(x))
model = Model(x, Concatenate()([Concatenate()([a, b]), Concatenate()([c, d])]))
# %% accept Dense on the channels, which is a 1×1 convolution
def point(x):
    return Dense(8, activation="relu")(x)

x = Input((8, 8, 16))
b = Conv2D(8, 3, padding="same", activation="relu")(point(x))
c = Conv2D(8, 5, padding="same", activation="relu")(point(x))
d = point(MaxPooling2D(3, 1, "same")(x))
model = Model(x, Concatenate()([b, c, d, point(x)]))
# %% accept relu as a function of your own
def bend(t):
    return ops.maximum(t, 0)

def conv(kernel, t):
    return Conv2D(8, kernel, padding="same", activation=bend)(t)

x = Input((8, 8, 16), name="x")
pooled = MaxPooling2D(3, strides=1, padding="same")(x)
towers = [conv(1, x), conv(3, conv(1, x)), conv(5, conv(1, x)), conv(1, pooled)]
model = Model(x, Concatenate()(towers))
# %% wrong runs M08
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong runs M08 pooling with stride 2
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=2, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong runs M08 pooling without strides
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, padding="same")(x))
model = Model(x, Concatenate()([a, d]))
# %% wrong routes no bottleneck
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(x)
c = Conv2D(8, 5, padding="same", activation="relu")(x)
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong routes towers in series
x = Input((8, 8, 16), name="x")
t = Conv2D(8, 1, activation="relu")(x)
t = Conv2D(8, 1, activation="relu")(t)
t = Conv2D(8, 3, padding="same", activation="relu")(t)
t = Conv2D(8, 1, activation="relu")(t)
t = Conv2D(8, 5, padding="same", activation="relu")(t)
t = MaxPooling2D(3, strides=1, padding="same")(t)
model = Model(x, Conv2D(32, 1, activation="relu")(t))
# %% wrong routes M03 each tower begins where the last one ended
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 1, activation="relu")(a)
b = Conv2D(8, 3, padding="same", activation="relu")(b)
c = Conv2D(8, 1, activation="relu")(b)
c = Conv2D(8, 5, padding="same", activation="relu")(c)
d = MaxPooling2D(3, strides=1, padding="same")(c)
d = Conv2D(8, 1, activation="relu")(d)
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong routes one bottleneck for both
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(a)
c = Conv2D(8, 5, padding="same", activation="relu")(b)
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong filters one 1×1 shared by three towers
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(a)
c = Conv2D(8, 5, padding="same", activation="relu")(a)
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong axis M11
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate(axis=1)([a, b, c, d]))
# %% wrong joins M09
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Add()([a, b, c, d]))
# %% wrong routes a tower without its end
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = MaxPooling2D(3, strides=1, padding="same")(x)
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong routes average pooling
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(8, 1, activation="relu")(AveragePooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong activated linear convolutions
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1)(x)
b = Conv2D(8, 3, padding="same")(Conv2D(8, 1)(x))
c = Conv2D(8, 5, padding="same")(Conv2D(8, 1)(x))
d = Conv2D(8, 1)(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong activated no relu in the middle
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(x)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1)(x))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1)(x))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong outputs other filters
x = Input((8, 8, 16), name="x")
a = Conv2D(16, 1, activation="relu")(x)
b = Conv2D(16, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
c = Conv2D(16, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(x))
d = Conv2D(16, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong own_weights M02 one 1×1 for all towers
x = Input((8, 8, 16), name="x")
one = Conv2D(8, 1, activation="relu")
a = one(x)
b = Conv2D(8, 3, padding="same", activation="relu")(one(x))
c = Conv2D(8, 5, padding="same", activation="relu")(one(x))
d = one(MaxPooling2D(3, strides=1, padding="same")(x))
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong inputs input
i = Input((8, 8, 8))
a = Conv2D(8, 1, activation="relu")(i)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(i))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(i))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(i))
model = Model(i, Concatenate()([a, b, c, d]))
# %% wrong outputs list
i = Input((8, 8, 16))
a = Conv2D(8, 1, activation="relu")(i)
b = Conv2D(8, 3, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(i))
c = Conv2D(8, 5, padding="same", activation="relu")(Conv2D(8, 1, activation="relu")(i))
d = Conv2D(8, 1, activation="relu")(MaxPooling2D(3, strides=1, padding="same")(i))
model = Model(i, [a, b, c, d])
# %% wrong uses nothing of the input is left
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu")(0 * x)
b = Conv2D(8, 1, activation="relu")(0 * x)
b = Conv2D(8, 3, padding="same", activation="relu")(b)
c = Conv2D(8, 1, activation="relu")(0 * x)
c = Conv2D(8, 5, padding="same", activation="relu")(c)
d = MaxPooling2D(3, strides=1, padding="same")(0 * x)
d = Conv2D(8, 1, activation="relu")(d)
model = Model(x, Concatenate()([a, b, c, d]))
# %% wrong params without biases
x = Input((8, 8, 16), name="x")
a = Conv2D(8, 1, activation="relu", use_bias=False)(x)
b = Conv2D(8, 1, activation="relu", use_bias=False)(x)
b = Conv2D(8, 3, padding="same", activation="relu", use_bias=False)(b)
c = Conv2D(8, 1, activation="relu", use_bias=False)(x)
c = Conv2D(8, 5, padding="same", activation="relu", use_bias=False)(c)
d = MaxPooling2D(3, strides=1, padding="same")(x)
d = Conv2D(8, 1, activation="relu", use_bias=False)(d)
model = Model(x, Concatenate()([a, b, c, d]))
