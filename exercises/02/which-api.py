# /// exercise
# id = "which-api"
# number = "X07"
# title = "Is a chain enough?"
# level = 2
# type = "decide"
# asks = ["answer", "mlp_chain", "unused_arm_chain", "autoencoder_chain", "twice_chain"]
# hints = [
#   "Count the routes from the input to the output.",
#   "An arm that ends nowhere does not count: walk back from the output.",
#   "Four of the six. All of them but `residual` and `two_inputs`.",
# ]
# [criteria]
# same_mlp = {predicate = "equivalent", source = "given model", of = "mlp_chain"}
# same_unused_arm = {predicate = "equivalent", source = "given model", of = "unused_arm_chain"}
# same_autoencoder = {predicate = "equivalent", source = "given model", of = "autoencoder_chain"}
# same_twice = {predicate = "equivalent", source = "given model", of = "twice_chain", rule = 4, misconception = "M02"}
# list_mlp = {predicate = "sequential", of = "mlp_chain"}
# list_unused_arm = {predicate = "sequential", of = "unused_arm_chain"}
# list_autoencoder = {predicate = "sequential", of = "autoencoder_chain"}
# list_twice = {predicate = "sequential", of = "twice_chain"}
# plain_mlp = {predicate = "plain_list", of = "mlp_chain", advice = true}
# plain_unused_arm = {predicate = "plain_list", of = "unused_arm_chain", advice = true}
# plain_autoencoder = {predicate = "plain_list", of = "autoencoder_chain", advice = true}
# plain_twice = {predicate = "plain_list", of = "twice_chain", advice = true}
#
# [[questions]]
# id = "answer"
# text = "Which of the six models equal a plain list of layers?"
# kind = "choices"
# options = ["mlp", "unused_arm", "residual", "autoencoder", "two_inputs", "twice"]
# answer = ["mlp", "unused_arm", "autoencoder", "twice"]
# why = "One route leads from the input to the output in these four."
# wrong = [
#   {value = "residual", message = "A list can hold a ready-made residual block, but this graph has two routes; a list of plain layers has one.", misconception = "M14"},
#   {value = "two_inputs", message = "A list begins with one input. In `two_inputs` two tensors arrive and are joined.", misconception = "M21"},
#   {value = "not autoencoder", message = "`autoencoder` is missing. Draw it: one tensor after the other all the way; the article that says otherwise means skips as in a U-Net.", misconception = "M26"},
#   {value = "not twice", message = "`twice` is missing. Keras builds such a list: one layer, two calls, 1,056 parameters (rule 4).", misconception = "M02"},
#   {value = "not unused_arm", message = "`unused_arm` is missing. The arm does not reach the output, so it is not part of the model (rule 5).", misconception = "M04"},
#   {value = "not mlp", message = "`mlp` is missing. Each of its layers reads what the one before it made: that is a list.", misconception = "M30"},
# ]
# ///
# %% [markdown] prompt
# Six Functional models are given: `mlp`, `unused_arm`, `residual`, `autoencoder`,
# `two_inputs` and `twice`. Which of them equal a plain list of layers?
#
# 1. Answer with a list of their names: `answer = ["mlp", ...]`.
# 2. Convert each of those into a `Sequential` with the same layers, and name it with
#    `_chain` behind: `mlp_chain = Sequential([Input((16,)), ...])`, and so on.
# %% given
inputs = Input((16,))
h = Dense(32, activation="relu")(inputs)
mlp = Model(inputs, Dense(4, activation="softmax")(h))

inputs = Input((16,))
h = Dense(24, activation="relu")(inputs)
arm = Dense(8, activation="tanh")(h)
unused_arm = Model(inputs, Dense(2)(h))

inputs = Input((16,))
h = Dense(16, activation="relu")(inputs)
residual = Model(inputs, Add()([inputs, h]))

inputs = Input((64,))
h = Dense(32, activation="relu")(inputs)
code = Dense(8, activation="relu")(h)
h = Dense(32, activation="relu")(code)
autoencoder = Model(inputs, Dense(64, activation="sigmoid")(h))

a, b = Input((8,)), Input((8,))
two_inputs = Model([a, b], Dense(1)(Concatenate()([a, b])))

inputs = Input((32,))
step = Dense(32, activation="relu")
twice = Model(inputs, step(step(inputs)))
# %% start
answer = [____]
# %% solution
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential(
    [Input((16,)), Dense(32, activation="relu"), Dense(4, activation="softmax")]
)
unused_arm_chain = Sequential([Input((16,)), Dense(24, activation="relu"), Dense(2)])
autoencoder_chain = Sequential(
    [
        Input((64,)),
        Dense(32, activation="relu"),
        Dense(8, activation="relu"),
        Dense(32, activation="relu"),
        Dense(64, activation="sigmoid"),
    ]
)
step = Dense(32, activation="relu")
twice_chain = Sequential([Input((32,)), step, step])
# %% accept a set, and layers of the given models
answer = {"twice", "autoencoder", "mlp", "unused_arm"}
mlp_chain = Sequential(mlp.layers)
unused_arm_chain = Sequential([Input((16,)), *unused_arm.layers[1:]])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), twice.layers[1], twice.layers[1]])
# %% accept the models themselves, and add
answer = [mlp, unused_arm, autoencoder, twice]
mlp_chain = Sequential()
mlp_chain.add(Input((16,)))
mlp_chain.add(Dense(32))
mlp_chain.add(ReLU())
mlp_chain.add(Dense(4))
mlp_chain.add(Softmax())
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dropout(0.1), Dense(2)])
half = Sequential([Input((64,)), Dense(32, "relu"), Dense(8, "relu")])
other_half = Sequential([Input((8,)), Dense(32, "relu"), Dense(64, "sigmoid")])
autoencoder_chain = Sequential([half, other_half])
d = Dense(32)
r = Activation("relu")
twice_chain = Sequential([Input((32,)), d, r, d, r])
# %% accept a text with commas, in another order
answer = "twice, mlp, unused arm, autoencoder"
mlp_chain = Sequential([Input((16,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(
    [Input((64,))]
    + [Dense(n, activation="relu") for n in (32, 8, 32)]
    + [Dense(64, activation="sigmoid")]
)
s = Dense(32, activation="relu")
twice_chain = Sequential([Input((32,)), s, s])
# %% wrong answer M14 residual too
answer = ["mlp", "unused_arm", "residual", "autoencoder", "twice"]
# %% wrong answer M26 no autoencoder
answer = ["mlp", "unused_arm", "twice"]
# %% wrong answer M02 not the same layer twice
answer = ["mlp", "unused_arm", "autoencoder"]
# %% wrong answer M04 not with the unused arm
answer = ["mlp", "autoencoder", "twice"]
# %% wrong answer M21 two inputs in a list
answer = ["mlp", "unused_arm", "autoencoder", "twice", "two_inputs"]
# %% wrong same_twice M02 two layers that are alike
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((16,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), Dense(32, "relu"), Dense(32, "relu")])
# %% wrong same_twice M02 two layers with the same numbers in them
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((16,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), Dense(32, "relu"), Dense(32, "relu")])
twice_chain.layers[1].set_weights(twice_chain.layers[0].get_weights())
# %% wrong same_unused_arm M04 the arm put into the chain
# The arm leads nowhere in the given model; here all that comes out went through it.
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((16,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential(
    [Input((16,)), Dense(24, "relu"), Dense(8, "tanh"), Dense(2)]
)
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong same_mlp no activation
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((16,)), Dense(32), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong same_autoencoder M26 another width in the middle
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((16,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(
    [
        Input((64,)),
        Dense(32, "relu"),
        Dense(16, "relu"),
        Dense(32, "relu"),
        Dense(64, "sigmoid"),
    ]
)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong list_mlp none is converted
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = mlp
unused_arm_chain = unused_arm
autoencoder_chain = autoencoder
twice_chain = twice
# %% wrong list_mlp one is not converted
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Model(mlp.inputs, mlp.outputs)
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong same_mlp another shape of the input
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential([Input((32,)), Dense(32, "relu"), Dense(4, "softmax")])
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong list_unused_arm one is not converted
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential(mlp.layers)
unused_arm_chain = unused_arm
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong list_autoencoder M26 one is not converted
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential(mlp.layers)
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = autoencoder
twice_chain = Sequential([Input((32,)), step, step])
# %% wrong list_twice M02 one is not converted
answer = ["mlp", "unused_arm", "autoencoder", "twice"]
mlp_chain = Sequential(mlp.layers)
unused_arm_chain = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_chain = Sequential(autoencoder.layers)
twice_chain = Model(twice.inputs, twice.outputs)
# %% accept other names, and a dict of yes and no
answer = {
    "mlp": "yes",
    "unused_arm": "yes",
    "residual": "no",
    "autoencoder": "yes",
    "two_inputs": "no",
    "twice": "yes",
}
mlp_seq = Sequential(mlp.layers)
unused_arm_seq = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_seq = Sequential(autoencoder.layers)
d = Dense(32, activation="relu")
twice_seq = Sequential([Input((32,)), d, d])
# %% accept one dict for both
d = Dense(32, activation="relu")
converted = {
    "mlp": Sequential(mlp.layers),
    "unused_arm": Sequential([Input((16,)), Dense(24, "relu"), Dense(2)]),
    "autoencoder": Sequential(autoencoder.layers),
    "twice": Sequential([Input((32,)), d, d]),
}
# %% accept a text without commas, and longer names
answer = "mlp unused_arm autoencoder twice"
chains = [
    Sequential(mlp.layers),
    Sequential([Input((16,)), Dense(24, "relu"), Dense(2)]),
    Sequential(autoencoder.layers),
    Sequential([Input((32,)), twice.layers[1], twice.layers[1]]),
]
# %% wrong same_twice M02 two layers, under another name
answer = ["MLP", "unused arm", "plain autoencoder", "the same Dense twice"]
mlp_seq = Sequential(mlp.layers)
unused_arm_seq = Sequential([Input((16,)), Dense(24, "relu"), Dense(2)])
autoencoder_seq = Sequential(autoencoder.layers)
twice_seq = Sequential([Input((32,)), Dense(32, "relu"), Dense(32, "relu")])
