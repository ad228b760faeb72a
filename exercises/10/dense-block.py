# /// exercise
# id = "dense-block"
# number = "X42"
# title = "A dense block in a loop"
# level = 3
# type = "build"
# asks = "dense_block"
# hints = [
#   "The tensor that the next step reads grows with each step.",
#   "Make the new channels with a convolution, and then join them to what there was.",
#   "`x = Concatenate()([x, new])`",
# ]
# [criteria]
# joins = {op = "concatenate", stage = "interface", weight = 0}
# axis = {predicate = "joins_last_axis", stage = "interface", weight = 0}
# reads_all_earlier = {stage = "interface", weight = 0}
# filters = {predicate = "kernels", shapes = [[3, 3, 8, 8], [3, 3, 16, 8], [3, 3, 24, 8], [3, 3, 32, 8]], stage = "interface", weight = 0}
# uses = {weight = 0}
# activated = "relu"
# total = {predicate = "params", total = 5792}
# fresh = {predicate = "fresh_weights", of = "twice", see = "I called `dense_block` twice, and both calls use {layers}: one set of weights."}
# arguments = {predicate = "kernels", shapes = [[3, 3, 8, 4], [3, 3, 12, 4]], of = "small", look = "I called `dense_block(x, steps=2, growth=4)`. Is there a number in the function that should be `steps` or `growth`?"}
# [[questions]]
# id = "channels"
# text = "The input is (8, 8, 8), steps=4, growth=8. How many channels come out?"
# answer = 40
# optional = true
# why = "8 channels came in, and four steps add 8 each: 8 + 4 · 8."
# wrong = [
#   {value = 32, message = "The four steps make 4 · 8 = 32. What came in is there, too."},
#   {value = 8, message = "Each step adds its channels to those that are there: they are joined side by side.", misconception = "M09"},
# ]
# [[questions]]
# id = "params"
# text = "And how many parameters does the block have?"
# answer = 5792
# optional = true
# why = "A step that reads c channels has 9 · c · 8 + 8, with c = 8, 16, 24, 32."
# wrong = [
#   {value = 2336, message = "That is four times the first step. The second one reads 16 channels, the third 24."},
#   {value = 5760, message = "Each of the four convolutions has 8 biases, too."},
# ]
# ///
# %% [markdown] prompt
# Write a function `dense_block(x, steps=4, growth=8)` that takes a tensor and returns a
# tensor. Each step is a 3×3 convolution with `growth` filters, relu and
# `padding="same"`, which reads **everything so far**: what came into the block and the
# outputs of all earlier steps, joined along the channels. All of that comes out.
#
# Both arguments must work, and each call builds layers of its own. If you like, say
# before you run it what becomes of an input (8, 8, 8):
# `answer = {"channels": ..., "params": ...}`.
# %% start
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        ____
    return x
# %% solution
answer = {"channels": 40, "params": 5792}

def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% use
x = Input((8, 8, 8), name="x")
model = Model(x, called(dense_block, x, unless_default={"steps": 4, "growth": 8}))
try:
    x = Input((8, 8, 8), name="x")
    small = Model(x, called(dense_block, x, steps=2, growth=4))
    x = Input((8, 8, 8), name="x")
    y = called(dense_block, x, steps=2, growth=4)
    twice = Model(x, Concatenate()([y, called(dense_block, x, steps=2, growth=4)]))
except ValueError:
    small = twice = model
# %% accept a list of all tensors
def dense_block(x, steps=4, growth=8):
    features = [x]
    for _ in range(steps):
        joined = features[0] if len(features) == 1 else Concatenate()(features)
        features.append(Conv2D(growth, 3, padding="same", activation="relu")(joined))
    return Concatenate()(features)
# %% accept the new channels first
def dense_block(x, steps=4, growth=8):
    for i in range(steps):
        new = ops.relu(Conv2D(growth, (3, 3), padding="same")(x))
        x = ops.concatenate([new, x], axis=-1)
    return x
# %% accept without default values
def dense_block(tensor, steps, growth):
    for _ in range(steps):
        new = ReLU()(Conv2D(growth, 3, padding="same")(tensor))
        tensor = layers.concatenate([tensor, Dropout(0.2)(new)])
    return tensor
# %% accept recursion
def dense_block(x, steps=4, growth=8):
    if steps == 0:
        return x
    conv = Conv2D(growth, 3, padding="same", activation="relu")
    return dense_block(Concatenate(axis=3)([x, conv(x)]), steps - 1, growth)
# %% accept a model in each step
def step(channels, growth):
    i = Input((None, None, channels))
    o = Concatenate()([i, Conv2D(growth, 3, padding="same", activation="relu")(i)])
    return Model(i, o)

def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        x = step(x.shape[-1], growth)(x)
    return x
# %% accept only the answer to the questions is left out
def dense_block(x, steps=4, growth=8):
    whole = x
    while steps > 0:
        new = Conv2D(growth, 3, padding="same", activation="relu")(whole)
        whole = Concatenate()([whole, new])
        steps -= 1
    return whole
# %% wrong joins M09
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Add()([x, new])
    return x
# %% wrong reads_all_earlier M03 only the last output
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        last = x if _ == 0 else previous
        x = Concatenate()([last, new])
        previous = new
    return x
# %% wrong reads_all_earlier M03 the first and the last
def dense_block(x, steps=4, growth=8):
    start = x
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([start, new])
    return x
# %% wrong reads_all_earlier M03 x is overwritten before the join
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        x = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, x])
    return x
# %% wrong reads_all_earlier a chain
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        x = Conv2D(growth, 3, padding="same", activation="relu")(x)
    return x
# %% wrong reads_all_earlier only the steps come out
def dense_block(x, steps=4, growth=8):
    outs = []
    for _ in range(steps):
        joined = Concatenate()([x, *outs]) if outs else x
        outs.append(Conv2D(growth, 3, padding="same", activation="relu")(joined))
    return Concatenate()(outs)
# %% wrong reads_all_earlier each step reads the input only
def dense_block(x, steps=4, growth=8):
    outs = [x]
    for _ in range(steps):
        outs.append(Conv2D(growth, 3, padding="same", activation="relu")(x))
    return Concatenate()(outs)
# %% wrong returns M01
def dense_block(x, steps=4, growth=8):
    start = x
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return Model(start, x)
# %% wrong returns nothing
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
# %% wrong filters M31 return stands in the loop
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
        return x
# %% wrong arguments steps is not read
def dense_block(x, steps=4, growth=8):
    for _ in range(4):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong arguments growth is not read
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(8, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong activated no relu
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong filters 1×1
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 1, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong runs M08
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong runs M02
conv = Conv2D(8, 3, padding="same", activation="relu")

def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        x = Concatenate()([x, conv(x)])
    return x
# %% wrong axis M11
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate(axis=1)([x, new])
    return x
# %% wrong params M09
answer = {"channels": 40, "params": 2336}

def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong fresh M02 layers are kept for the next call
made = {}

def dense_block(x, steps=4, growth=8):
    for step in range(steps):
        key = step, growth, x.shape[-1]
        if key not in made:
            made[key] = Conv2D(growth, 3, padding="same", activation="relu")
        x = Concatenate()([x, made[key](x)])
    return x
# %% wrong reads_all_earlier what came in is not joined at the end
def dense_block(x, steps=4, growth=8):
    parts = [x]
    for _ in range(steps):
        joined = Concatenate()(parts) if len(parts) > 1 else x
        parts.append(Conv2D(growth, 3, padding="same", activation="relu")(joined))
    return Concatenate()(parts[1:])
# %% wrong uses nothing of the input is left
def dense_block(x, steps=4, growth=8):
    x = 0 * x
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu")(x)
        x = Concatenate()([x, new])
    return x
# %% wrong total without biases
def dense_block(x, steps=4, growth=8):
    for _ in range(steps):
        new = Conv2D(growth, 3, padding="same", activation="relu", use_bias=False)(x)
        x = Concatenate()([x, new])
    return x
