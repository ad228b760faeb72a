# /// exercise
# id = "count-me"
# number = "X03"
# title = "Shapes and parameters of an MLP"
# level = 1
# type = "predict"
# asks = "answer"
# hints = [
#   "Each unit has one weight for each input and one bias: (inputs + 1) × units.",
#   "Do it for 3 → 2 on paper: (3 + 1) × 2 = 8. The input layer has none.",
#   "33 · 64, then 65 · 32, then 33 · 1; and the shapes are (None, 32), (None, 64), (None, 32), (None, 1).",
# ]
#
# [[questions]]
# id = "shape_1"
# text = "Line 1, Input((32,)): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 32)"
# wrong = [
#   {value = "(32, None)", message = "The batch axis comes first.", misconception = "M06"},
#   {value = "(None, 32, 1)", message = "`Input((32,))` is 32 numbers in a row for each sample: one axis besides the batch.", misconception = "M06"},
# ]
#
# [[questions]]
# id = "params_1"
# text = "Line 1, Input((32,)): how many parameters?"
# answer = 0
# wrong = [
#   {value = 32, message = "An input only says what will come in. It learns nothing, so it has no parameters.", misconception = "M01"},
# ]
#
# [[questions]]
# id = "shape_2"
# text = "Line 2, Dense(64): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 64)"
# wrong = [
#   {value = "(32, 64)", message = "(32, 64) is the shape of the weight matrix; the tensor carries 64 numbers for each sample.", misconception = "M01"},
#   {value = "(None, 32, 64)", message = "(32, 64) is the shape of the weight matrix; the tensor carries 64 numbers for each sample.", misconception = "M01"},
#   {value = "(64, None)", message = "The batch axis comes first.", misconception = "M06"},
#   {value = "(None, 32)", message = "That is what the layer reads. What it makes has one number for each of its units.", misconception = "M01"},
# ]
#
# [[questions]]
# id = "params_2"
# text = "Line 2, Dense(64): how many parameters?"
# answer = 2112
# wrong = [
#   {value = 2048, message = "You counted the weights, 32 × 64. Each of the 64 units also has one bias: 64 more."},
#   {value = 64, message = "Those are the biases, one for each unit. Each unit also has a weight for each of the 32 numbers it reads."},
#   {value = 2080, message = "That is 32 × 64 + 32. There is one bias for each unit, and this layer has 64 units."},
# ]
#
# [[questions]]
# id = "shape_3"
# text = "Line 3, Dense(32): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 32)"
# wrong = [
#   {value = "(64, 32)", message = "(64, 32) is the shape of the weight matrix; the tensor carries 32 numbers for each sample.", misconception = "M01"},
#   {value = "(None, 64, 32)", message = "(64, 32) is the shape of the weight matrix; the tensor carries 32 numbers for each sample.", misconception = "M01"},
#   {value = "(32, None)", message = "The batch axis comes first.", misconception = "M06"},
#   {value = "(None, 64)", message = "That is what the layer reads. What it makes has one number for each of its units.", misconception = "M01"},
# ]
#
# [[questions]]
# id = "params_3"
# text = "Line 3, Dense(32): how many parameters?"
# answer = 2080
# wrong = [
#   {value = 2048, message = "You counted the weights, 64 × 32. Each of the 32 units also has one bias: 32 more."},
#   {value = 4096, message = "That is 64 × 64. The second Dense reads 64 numbers and makes 32."},
#   {value = 4160, message = "That is 65 × 64. The second Dense reads 64 numbers and makes 32."},
#   {value = 1056, message = "That is 33 × 32: a layer that reads 32 numbers. This one reads what line 2 made, which has 64.", misconception = "M03"},
#   {value = 2112, message = "That is 64 × 32 + 64. There is one bias for each unit, and this layer has 32 units."},
# ]
#
# [[questions]]
# id = "shape_4"
# text = "Line 4, Dense(1): which shape does the tensor have?"
# kind = "shape"
# answer = "(None, 1)"
# wrong = [
#   {value = "(32, 1)", message = "(32, 1) is the shape of the weight matrix; the tensor carries 1 number for each sample.", misconception = "M01"},
#   {value = "(None, 32, 1)", message = "(32, 1) is the shape of the weight matrix; the tensor carries 1 number for each sample.", misconception = "M01"},
#   {value = "(1, None)", message = "The batch axis comes first.", misconception = "M06"},
#   {value = "(None,)", message = "One number for each sample is still an axis of length 1: Dense(1) keeps it."},
#   {value = "()", message = "One number for each sample is still an axis of length 1: Dense(1) keeps it."},
# ]
#
# [[questions]]
# id = "params_4"
# text = "Line 4, Dense(1): how many parameters?"
# answer = 33
# wrong = [
#   {value = 32, message = "Those are the 32 weights. Its one unit also has one bias."},
#   {value = 65, message = "It reads what line 3 made, which has 32 numbers; you counted with 64."},
#   {value = 1, message = "That is the bias. Its one unit also has a weight for each of the 32 numbers it reads."},
# ]
#
# [[questions]]
# id = "total"
# text = "How many parameters has the whole model?"
# answer = 4225
# wrong = [
#   {value = 4224, message = "One bias is missing: which layer has one unit?"},
#   {value = 4128, message = "Those are the weights without biases. Each unit has one bias: 64 + 32 + 1 more."},
#   {value = 4192, message = "The last layer is missing: its unit has 32 weights and a bias."},
#   {value = 4257, message = "32 too many: did you count the input? It has no parameters.", misconception = "M01"},
# ]
# ///
# %% [markdown] prompt
# Four lines of a model:
#
# ```python
# inputs = Input((32,))                        # line 1
# x = Dense(64, activation="relu")(inputs)     # line 2
# x = Dense(32, activation="relu")(x)          # line 3
# outputs = Dense(1, activation="sigmoid")(x)  # line 4
# ```
#
# Before anything runs: which shape has the tensor that each line makes, and how many
# parameters has the layer of that line? How many parameters has the whole model?
# Answer with a dict named `answer`: `shape_1` to `shape_4` such as `(None, 10)`,
# `params_1` to `params_4` and `total` as numbers.
# %% start
answer = {
    "shape_1": ____,
    "params_1": ____,
    "shape_2": ____,
    "params_2": ____,
    "shape_3": ____,
    "params_3": ____,
    "shape_4": ____,
    "params_4": ____,
    "total": ____,
}
# %% solution
answer = {
    "shape_1": (None, 32),
    "params_1": 0,
    "shape_2": (None, 64),
    "params_2": 2112,
    "shape_3": (None, 32),
    "params_3": 2080,
    "shape_4": (None, 1),
    "params_4": 33,
    "total": 4225,
}
# %% accept numbers and shapes as people write them
answer = {
    "shape_1": (32,),
    "params_1": "0",
    "shape_2": [64],
    "params_2": "2,112",
    "shape_3": "(?, 32)",
    "params_3": "2080 parameters",
    "shape_4": 1,
    "params_4": 33.0,
    "total": "4,225",
}
# %% accept a list in the order of the questions
answer = [(None, 32), 0, (None, 64), 2112, (None, 32), 2080, (None, 1), 33, 4225]
# %% accept a pair for each line
answer = [((-1, 32), 0), ((-1, 64), 2112), ((-1, 32), 2080), ((-1, 1), 33), 4225]
# %% accept all shapes, then all numbers
answer = {
    "shapes": [(None, 32), (None, 64), (None, 32), (None, 1)],
    "params": [0, 2112, 2080, 33],
    "total": 4225,
}
# %% accept computed by Keras
inputs = Input((32,))
h1 = Dense(64, activation="relu")
h2 = Dense(32, activation="relu")
out = Dense(1, activation="sigmoid")
a = h1(inputs)
b = h2(a)
c = out(b)
m = Model(inputs, c)
answer = {
    "shape_1": inputs.shape,
    "params_1": 0,
    "shape_2": a.shape,
    "params_2": h1.count_params(),
    "shape_3": b.shape,
    "params_3": h2.count_params(),
    "shape_4": c.shape,
    "params_4": out.count_params(),
    "total": m.count_params(),
}
# %% wrong params_2 weights without biases
answer = [(None, 32), 0, (None, 64), 2048, (None, 32), 2080, (None, 1), 33, 4225]
# %% wrong total one bias is missing
answer = [(None, 32), 0, (None, 64), 2112, (None, 32), 2080, (None, 1), 33, 4224]
# %% wrong shape_2 M01 the shape of the weight matrix
answer = [(None, 32), 0, (32, 64), 2112, (64, 32), 2080, (32, 1), 33, 4225]
# %% wrong params_3 64 times 64
answer = [(None, 32), 0, (None, 64), 2112, (None, 32), 4096, (None, 1), 33, 4225]
# %% wrong shape_1 M06 the batch at the end
answer = [(32, None), 0, (64, None), 2112, (32, None), 2080, (1, None), 33, 4225]
# %% wrong params_1 M01 an input that learns
answer = [(None, 32), 32, (None, 64), 2112, (None, 32), 2080, (None, 1), 33, 4257]
# %% wrong shape_3 what the layer reads
answer = [(None, 32), 0, (None, 64), 2112, (None, 64), 2080, (None, 1), 33, 4225]
# %% wrong shape_4 no axis for one number
answer = [(None, 32), 0, (None, 64), 2112, (None, 32), 2080, (), 33, 4225]
# %% wrong params_4 no bias
answer = [(None, 32), 0, (None, 64), 2112, (None, 32), 2080, (None, 1), 32, 4225]
# %% accept the layers by their names
answer = {
    "Input": [(None, 32), 0],
    "Dense 64": [(None, 64), 2112],
    "Dense 32": [(None, 32), 2080],
    "Dense 1": [(None, 1), 33],
    "Total": 4225,
}
# %% accept texts
answer = ["(None,32)/0", "(None,64)/2112", "(None,32)/2080", "(None,1)/33", "4,225"]
# %% accept variables instead of a dict
shapes = [(None, 32), (None, 64), (None, 32), (None, 1)]
parameters = [0, 2112, 2080, 33]
total = 4225
# %% accept other keys
answer = {
    "line_1_shape": (None, 32),
    "line_1_parameters": 0,
    "line_2_shape": (None, 64),
    "line_2_parameters": 2112,
    "line_3_shape": (None, 32),
    "line_3_parameters": 2080,
    "line_4_shape": (None, 1),
    "line_4_parameters": 33,
    "total_parameters": 4225,
}
# %% wrong total nothing is said about the whole model
answer = [((None, 32), 0), ((None, 64), 2112), ((None, 32), 2080), ((None, 1), 33)]
# %% wrong shape_1 the batch is one
answer = [((1, 32), 0), ((1, 64), 2112), ((1, 32), 2080), ((1, 1), 33), 4225]
