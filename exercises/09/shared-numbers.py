# /// exercise
# id = "shared-numbers"
# number = "X39"
# title = "Count what is shared"
# level = 2
# type = "predict"
# asks = "answer"
# hints = [
#   "One box, two calls. A call brings no parameters; the last layer reads both results side by side.",
#   "At a shared box gradients add up over its calls (rule 7).",
#   "(128 + 1) × 64 once, or twice; and (128 + 1) × 10. For the last question see section 3 of lesson 9.",
# ]
#
# [[questions]]
# id = "shared"
# text = "How many parameters has the model as it is written?"
# answer = 9546
# why = "129 × 64 = 8,256 once, and 129 × 10 = 1,290."
# wrong = [
#   {value = 17802, message = "That counts a set of weights for each call. Weights belong to the box, and `Dense(64)` is made once (rule 4).", misconception = "M22"},
#   {value = 8906, message = "The last layer reads both results side by side, 64 + 64 numbers: 129 × 10, not 65 × 10."},
#   {value = 9472, message = "Those are the weights without biases. Each of the 64 and of the 10 units has one."},
#   {value = 17098, message = "That is a Dense on both inputs joined, (256 + 1) × 64. Here each call reads 128 numbers.", misconception = "M22"},
#   {value = 8256, message = "That is the shared layer alone. `Dense(10)` has parameters, too."},
# ]
#
# [[questions]]
# id = "unshared"
# text = "How many would it have with a second Dense(64) for input_2?"
# answer = 17802
# why = "One more box with 8,256 parameters."
# wrong = [
#   {value = 9546, message = "Two boxes written the same way are two sets of weights (rule 4).", misconception = "M02"},
#   {value = 19092, message = "That is twice the whole model. Only the `Dense(64)` is doubled; the last layer stays one."},
#   {value = 17162, message = "The last layer still reads 64 + 64 numbers: 129 × 10 = 1,290."},
#   {value = 17664, message = "Those are the weights without biases. Each unit has one."},
#   {value = 16512, message = "Those are the two Dense(64) alone. `Dense(10)` has parameters, too."},
# ]
#
# [[questions]]
# id = "layers"
# text = "How many layers does shared_dense stand for in the model?"
# answer = 1
# why = "It is made once."
# wrong = [
#   {value = 2, message = "Two calls, and one layer: it is made once, so `summary()` has one row for it (rule 4).", misconception = "M02"},
#   {value = 3, message = "Three is all layers with parameters or without, inputs aside. `shared_dense` is one of them."},
# ]
#
# [[questions]]
# id = "nodes"
# text = "How many nodes does it have in the graph?"
# answer = 2
# why = "Each call is a node."
# wrong = [
#   {value = 1, message = "Each call is a node of its own, with a wire of its own that comes in (rule 4).", misconception = "M31"},
#   {value = 4, message = "That is all calls of the model, inputs aside. This layer is called on `input_1` and on `input_2`."},
# ]
#
# [[questions]]
# id = "gradient"
# text = "The path over input_1 gives its kernel the gradient g_a, the other path g_b. With which gradient is the kernel trained?"
# kind = "choice"
# options = ["g_a + g_b", "(g_a + g_b) / 2", "g_b"]
# answer = "g_a + g_b"
# why = "At a shared box gradients add up over its nodes (rule 7)."
# wrong = [
#   {value = "(g_a + g_b) / 2", message = "Nobody divides by the number of calls: if the kernel moves, the loss changes through both paths, and the two changes add up (rule 7).", misconception = "M22"},
#   {value = "g_b", message = "The last call does not overwrite the first: both paths lead to the loss, and both count (rule 7).", misconception = "M22"},
# ]
#
# [[questions]]
# id = "accuracy"
# text = "In lesson 9, with 2,000 pairs of digits: which was right on more held-out pairs, one shared encoder or two separate ones?"
# kind = "choice"
# options = ["about equal", "shared clearly better", "separate clearly better"]
# answer = "about equal"
# why = "Both were right on about 0.92 of the pairs."
# wrong = [
#   {value = "shared clearly better", message = "That is what articles promise. We measured 0.93 for the shared encoder and 0.92 for two; what sharing gave is symmetry and half the weights.", misconception = "M36"},
#   {value = "separate clearly better", message = "Twice the weights gave nothing: 0.92, and 0.93 for one shared encoder."},
# ]
# ///
# %% [markdown] prompt
# One layer reads two inputs:
#
# ```python
# input_1 = Input((128,))
# input_2 = Input((128,))
# shared_dense = Dense(64, activation="relu")
# joined = Concatenate()([shared_dense(input_1), shared_dense(input_2)])
# outputs = Dense(10, activation="softmax")(joined)
# model = Model([input_1, input_2], outputs)
# ```
#
# Answer with a dict named `answer`, before anything runs:
#
# - `shared`: how many parameters has `model`?
# - `unshared`: how many, if a second `Dense(64, activation="relu")` read `input_2`?
# - `layers` and `nodes`: how many layers is `shared_dense`, and how many nodes does it
#   have in the graph?
# - `gradient`: its kernel gets the gradient `g_a` over the path of `input_1`, and `g_b`
#   over the other. With which is it trained: `"g_a + g_b"`, `"(g_a + g_b) / 2"` or
#   `"g_b"`?
# - `accuracy`: in lesson 9, with 2,000 pairs of digits, which was right on more held-out
#   pairs: `"shared clearly better"`, `"separate clearly better"` or `"about equal"`?
# %% start
answer = {
    "shared": ____,
    "unshared": ____,
    "layers": ____,
    "nodes": ____,
    "gradient": ____,
    "accuracy": ____,
}
# %% solution
answer = {
    "shared": 9546,
    "unshared": 17802,
    "layers": 1,
    "nodes": 2,
    "gradient": "g_a + g_b",
    "accuracy": "about equal",
}
# %% accept numbers as people write them
answer = {
    "shared": "9,546",
    "unshared": "17,802 parameters",
    "layers": "1",
    "nodes": 2.0,
    "gradient": "g_a+g_b",
    "accuracy": "About equal",
}
# %% accept a list in the order of the questions
answer = [9546, 17802, 1, 2, "g_a + g_b", "about equal"]
# %% accept counted by Keras
def counted(second):
    p, q = Input((128,)), Input((128,))
    first = Dense(64, activation="relu")
    joined = Concatenate()([first(p), (second or first)(q)])
    return Model([p, q], Dense(10, activation="softmax")(joined)).count_params()
answer = {
    "shared": counted(None),
    "unshared": counted(Dense(64, activation="relu")),
    "layers": 1,
    "nodes": 2,
    "gradient": "g_a + g_b",
    "accuracy": "about equal",
}
# %% accept options by their numbers
answer = {"shared": 9546, "unshared": 17802, "layers": 1, "nodes": 2, "gradient": 1, "accuracy": 1}
# %% wrong shared M22 two sets for two calls
answer = [17802, 17802, 1, 2, "g_a + g_b", "about equal"]
# %% wrong unshared M02 written the same way
answer = [9546, 9546, 1, 2, "g_a + g_b", "about equal"]
# %% wrong layers M02 a layer for each call
answer = [9546, 17802, 2, 2, "g_a + g_b", "about equal"]
# %% wrong nodes M31 a row of the summary
answer = [9546, 17802, 1, 1, "g_a + g_b", "about equal"]
# %% wrong gradient M22 the mean
answer = [9546, 17802, 1, 2, "(g_a + g_b) / 2", "about equal"]
# %% wrong gradient M22 the last call
answer = [9546, 17802, 1, 2, "g_b", "about equal"]
# %% wrong accuracy M36 sharing generalises
answer = [9546, 17802, 1, 2, "g_a + g_b", "shared clearly better"]
# %% wrong accuracy more weights are better
answer = [9546, 17802, 1, 2, "g_a + g_b", "separate clearly better"]
# %% wrong shared the joined wire is forgotten
answer = [8906, 17162, 1, 2, "g_a + g_b", "about equal"]
