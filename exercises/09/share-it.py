# /// exercise
# id = "share-it"
# number = "X35"
# title = "Make the two towers one"
# level = 1
# type = "refactor"
# asks = "model"
# hints = [
#   "How many times do you write `Dense(64`?",
#   "Make it once, call it twice.",
#   "`d = Dense(64, activation='relu')`, then `d(a)` and `d(b)`.",
# ]
# [criteria]
# inputs = {a = [128], b = [128], weight = 0}
# outputs = {y = [10], weight = 0}
# live = {orphans = "told", weight = 0}
# uses = {inputs = ["a", "b"], weight = 0}
# tied = {pair = ["a", "b"], weight = 0}
# simplex = {weight = 0}
# params = {total = 9546, weight = 0}
# equivalent = {stage = "structure", source = "given model"}
# ///
# %% [markdown] prompt
# Two inputs of 128 numbers, `a` and `b`, each go through a `Dense(64, activation="relu")`
# of their own; both results are joined side by side, and a softmax over 10 classes
# decides. That makes 17,802 parameters.
#
# Rewrite `model` so that **one** `Dense(64, activation="relu")` serves both inputs. The
# rest stays as it is. 9,546 parameters are left.
# %% start
a = Input((128,), name="a")
b = Input((128,), name="b")
left = Dense(64, activation="relu")(a)
right = Dense(64, activation="relu")(b)
joined = Concatenate()([left, right])
model = Model([a, b], Dense(10, activation="softmax")(joined))
# %% solution
a = Input((128,), name="a")
b = Input((128,), name="b")
shared = Dense(64, activation="relu")
joined = Concatenate()([shared(a), shared(b)])
model = Model([a, b], Dense(10, activation="softmax")(joined))
# %% accept a shared sub-model
tower = Sequential([Input((128,)), Dense(64), ReLU()])
p, q = Input((128,)), Input((128,))
y = layers.Softmax()(Dense(10)(layers.concatenate([tower(p), tower(q)])))
model = Model([p, q], y)
# %% accept a nested Functional tower
i = Input((128,))
tower = Model(i, Dense(64, activation="relu")(i))
a, b = Input((128,), name="a"), Input((128,), name="b")
x = ops.concatenate([tower(b), tower(a)], axis=-1)
model = Model({"a": a, "b": b}, Dense(10, activation="softmax")(x))
# %% accept TimeDistributed over a stack
a, b = Input((128,)), Input((128,))
pair = ops.stack([a, b], axis=1)
x = TimeDistributed(Dense(64, activation="relu"))(pair)
model = Model([a, b], Dense(10, activation="softmax")(Flatten()(x)))
# %% accept one Dense on the stack
a, b = Input((128,)), Input((128,))
x = Dense(64, activation="relu")(ops.stack([a, b], axis=1))
model = Model([a, b], Dense(10, activation="softmax")(Reshape((128,))(x)))
# %% accept with dropout
a, b = Input((128,)), Input((128,))
d = Dense(64)
left, right = (Dropout(0.2)(ops.relu(d(x))) for x in (a, b))
model = Model([a, b], Dense(10, "softmax")(Concatenate()([left, right])))
# %% accept a list comprehension
a, b = Input((128,)), Input((128,))
d = Dense(64, activation="relu")
model = Model([a, b], Dense(10, "softmax")(Concatenate()([d(x) for x in [a, b]])))
# %% wrong runs M02 two layers with one name
a, b = Input((128,)), Input((128,))
left = Dense(64, activation="relu", name="shared")(a)
right = Dense(64, activation="relu", name="shared")(b)
model = Model([a, b], Dense(10, activation="softmax")(Concatenate()([left, right])))
# %% wrong tied M02 the same weights, copied
a, b = Input((128,)), Input((128,))
first, second = Dense(64, activation="relu"), Dense(64, activation="relu")
joined = Concatenate()([first(a), second(b)])
second.set_weights(first.get_weights())
model = Model([a, b], Dense(10, activation="softmax")(joined))
# %% wrong tied M23 still two layers
a, b = Input((128,)), Input((128,))
def tower(x):
    return Dense(64, activation="relu")(x)
model = Model([a, b], Dense(10, activation="softmax")(Concatenate()([tower(a), tower(b)])))
# %% wrong tied M22 Dense on the joined inputs
a, b = Input((128,)), Input((128,))
x = Dense(64, activation="relu")(Concatenate()([a, b]))
model = Model([a, b], Dense(10, activation="softmax")(x))
# %% wrong params the head is shared, too
a, b = Input((128,)), Input((128,))
d, head = Dense(64, activation="relu"), Dense(10, activation="softmax")
model = Model([a, b], Average()([head(d(a)), head(d(b))]))
# %% wrong params the towers are added
a, b = Input((128,)), Input((128,))
d = Dense(64, activation="relu")
model = Model([a, b], Dense(10, activation="softmax")(Add()([d(a), d(b)])))
# %% wrong live M04 one input twice
a, b = Input((128,)), Input((128,))
d = Dense(64, activation="relu")
model = Model([a, b], Dense(10, activation="softmax")(Concatenate()([d(a), d(a)])))
# %% wrong simplex M20 sigmoid over ten classes
a, b = Input((128,)), Input((128,))
d = Dense(64, activation="relu")
model = Model([a, b], Dense(10, activation="sigmoid")(Concatenate()([d(a), d(b)])))
# %% wrong equivalent no relu
a, b = Input((128,)), Input((128,))
d = Dense(64)
model = Model([a, b], Dense(10, activation="softmax")(Concatenate()([d(a), d(b)])))
# %% wrong inputs one input
d = Dense(64, activation="relu")
a = Input((128,), name="a")
model = Model(a, Dense(10, activation="softmax")(Concatenate()([d(a), d(a)])))
# %% wrong outputs classes
d = Dense(64, activation="relu")
a = Input((128,), name="a"); b = Input((128,), name="b")
model = Model([a, b], Dense(1, activation="softmax")(Concatenate()([d(a), d(b)])))
# %% wrong uses M04 nothing of b is left
a = Input((128,), name="a")
b = Input((128,), name="b")
shared = Dense(64, activation="relu")
joined = Concatenate()([shared(a), shared(0 * b)])
model = Model([a, b], Dense(10, activation="softmax")(joined))
