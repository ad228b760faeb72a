# /// exercise
# id = "first-to-tenth"
# number = "X21"
# title = "Connect the first layer to the tenth"
# level = 2
# type = "build"
# hints = [
#   "Save one tensor before the loop moves on.",
#   "After the first call, give the tensor a second name: `first`.",
#   "before the tenth: `x = Add()([x, first])`",
# ]
# [criteria]
# joins = {op = "add", weight = 0}
# inputs = {x = [16], weight = 0}
# outputs = {y = [1], weight = 0}
# live = {weight = 0}
# merges = {n = 1, weight = 0}
# own_weights = {predicate = "fresh_weights", weight = 0}
# count = {op = "Dense", n = 11, so = "The picture has 11: ten in the chain, and the head.", look = "How often does the loop run? Does another line make a Dense, too?", weight = 0}
# skip = {start = 1, over = 8, weight = 0}
# route_lengths = {lengths = [11, 3], weight = 0}
# equivalent = {stage = "structure"}
# ///
# %% [markdown] prompt
# The input has 16 numbers. Ten `Dense(16)` layers with relu stand in a chain, then the
# head: `Dense(1)` without activation. The output of the **first** layer also enters the
# **tenth**: it is added to the output of the ninth, and the tenth reads the sum.
#
# Rule: use a loop. Build `model`.
# %% start
inputs = Input((16,), name="x")
x = inputs
for number in range(1, 11):
    x = Dense(16, activation="relu")(x)
    ____
model = Model(inputs, Dense(1)(x))
# %% solution
inputs = Input((16,), name="x")
x = inputs
for number in range(1, 11):
    if number == 10:
        x = Add()([x, first])
    x = Dense(16, activation="relu")(x)
    if number == 1:
        first = x
model = Model(inputs, Dense(1)(x))
# %% accept first and tenth outside the loop
inputs = Input((16,))
first = x = Dense(16, activation="relu")(inputs)
for _ in range(8):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(x + first)
model = Model(inputs, Dense(1)(x))
# %% accept a list of all tensors
wires = [Input((16,))]
for i in range(10):
    entering = wires[-1] if i < 9 else layers.add([wires[1], wires[-1]])
    wires.append(ReLU()(Dense(16)(entering)))
model = Model(wires[0], Dense(1)(wires[-1]))
# %% accept the middle as a model of its own
middle = Sequential([Dense(16, "relu") for _ in range(8)])
inputs = Input((16,))
first = Dense(16, "relu")(inputs)
tenth = Dense(16, "relu")(ops.add(middle(first), first))
model = Model(inputs, Dense(1)(tenth))
# %% accept a list of layers
boxes = [Dense(16, activation="relu") for _ in range(10)]
inputs = Input((16,))
x = first = boxes[0](inputs)
for box in boxes[1:9]:
    x = box(x)
x = boxes[9](Dropout(0.2)(x) + first)
model = Model(inputs, Dense(1)(x))
# %% wrong merges all get the skip
inputs = Input((16,), name="x")
x = first = Dense(16, activation="relu")(inputs)
for number in range(2, 11):
    x = Dense(16, activation="relu")(Add()([x, first]))
model = Model(inputs, Dense(1)(x))
# %% wrong merges each layer skips one
inputs = Input((16,), name="x")
x = Dense(16, activation="relu")(inputs)
for number in range(2, 11):
    x = x + Dense(16, activation="relu")(x)
model = Model(inputs, Dense(1)(x))
# %% wrong skip M03 from the input
inputs = Input((16,), name="x")
x = inputs
for number in range(9):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(Add()([x, inputs]))
model = Model(inputs, Dense(1)(x))
# %% wrong skip M03 the name has moved on
inputs = Input((16,), name="x")
x = inputs
for number in range(1, 10):
    x = Dense(16, activation="relu")(x)
    first = x
x = Dense(16, activation="relu")(Add()([x, first]))
model = Model(inputs, Dense(1)(x))
# %% wrong skip M03 one layer too late
inputs = Input((16,), name="x")
x = inputs
for number in range(1, 10):
    x = Dense(16, activation="relu")(x)
    if number == 2:
        first = x
x = Dense(16, activation="relu")(Add()([x, first]))
model = Model(inputs, Dense(1)(x))
# %% wrong skip after the tenth
inputs = Input((16,), name="x")
first = x = Dense(16, activation="relu")(inputs)
for _ in range(9):
    x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(1)(x + first))
# %% wrong skip into the ninth
inputs = Input((16,), name="x")
first = x = Dense(16, activation="relu")(inputs)
for number in range(2, 11):
    if number == 9:
        x = Add()([x, first])
    x = Dense(16, activation="relu")(x)
model = Model(inputs, Dense(1)(x))
# %% wrong merges no skip
inputs = Input((16,), name="x")
x = inputs
for number in range(1, 11):
    x = Dense(16, activation="relu")(x)
    if number == 1:
        first = x
model = Model(inputs, Dense(1)(x))
# %% wrong joins M09
inputs = Input((16,), name="x")
first = x = Dense(16, activation="relu")(inputs)
for _ in range(8):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(Concatenate()([x, first]))
model = Model(inputs, Dense(1)(x))
# %% wrong own_weights M02 one layer, called ten times
box = Dense(16, activation="relu")
inputs = Input((16,), name="x")
first = x = box(inputs)
for _ in range(8):
    x = box(x)
x = box(x + first)
model = Model(inputs, Dense(1)(x))
# %% wrong equivalent linear layers
inputs = Input((16,), name="x")
first = x = Dense(16)(inputs)
for _ in range(8):
    x = Dense(16)(x)
x = Dense(16)(x + first)
model = Model(inputs, Dense(1)(x))
# %% wrong equivalent an activation on the head
inputs = Input((16,), name="x")
first = x = Dense(16, "relu")(inputs)
for _ in range(8):
    x = Dense(16, "relu")(x)
x = Dense(16, "relu")(x + first)
model = Model(inputs, Dense(1, "sigmoid")(x))
# %% wrong count eleven layers
inputs = Input((16,), name="x")
first = x = Dense(16, "relu")(inputs)
for _ in range(9):
    x = Dense(16, "relu")(x)
x = Dense(16, "relu")(x + first)
model = Model(inputs, Dense(1)(x))
# %% wrong count nine layers
inputs = Input((16,), name="x")
first = x = Dense(16, "relu")(inputs)
for _ in range(7):
    x = Dense(16, "relu")(x)
x = Dense(16, "relu")(x + first)
model = Model(inputs, Dense(1)(x))
# %% wrong inputs input10
i = Input((10,))
x = first = Dense(16, activation="relu")(i)
for _ in range(8):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(x + first)
model = Model(i, Dense(1)(x))
# %% wrong outputs no head
i = Input((16,))
x = first = Dense(16, activation="relu")(i)
for _ in range(8):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(x + first)
model = Model(i, x)
# %% wrong live M04 chain from input
i = Input((16,))
for n in range(10):
    x = Dense(16, activation="relu")(i)
    if n == 0:
        first = x
model = Model(i, Dense(1)(x + first))
# %% wrong route_lengths skip plus input
i = Input((16,))
x = first = Dense(16, activation="relu")(i)
for n in range(8):
    x = Dense(16, activation="relu")(x)
x = Dense(16, activation="relu")(Add()([x, first, i]))
model = Model(i, Dense(1)(x))
