# /// exercise
# id = "repair-the-sum"
# number = "X12"
# title = "A sum that should not have worked"
# level = 2
# type = "fix"
# hints = [
#   "Which two shapes does Add receive?",
#   "One number was added to all 64. NumPy does so as well, and says nothing either.",
#   "Make the second arm as wide as the first: `Dense(64, activation=\"tanh\")(inputs)`.",
# ]
# [criteria]
# inputs = {x = [20], weight = 0}
# outputs = {y = [3], weight = 0}
# live = {weight = 0}
# no_broadcast = {source = "exercise", stage = "behaviour", weight = 0}
# merges = {n = 1, weight = 0, stage = "behaviour"}
# joins = {op = "add", weight = 0, stage = "behaviour", so = "Wanted is the sum of both arms, number by number: the width stays 64."}
# params = {total = 2883, stage = "behaviour", weight = 0, look = "Each of the two arms should be one layer with (20 + 1) × 64 = 1,344. Is yours?"}
# equivalent = {source = "exercise"}
# ///
# %% [markdown] prompt
# Two arms should meet in a sum: `Dense` 64 with relu and `Dense` 64 with tanh, both on the
# 20 inputs, their sum, and behind it `Dense` 3 with softmax. The lines below run without
# an error, and yet the second arm is only one number wide. Mend them, so that `model` is
# what was meant.
# %% start
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(1, activation="tanh")(inputs)
total = Add()([left, right])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% solution
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
total = Add()([left, right])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% accept the arms the other way round
inputs = Input((20,))
right = Dense(64, activation="tanh")(inputs)
left = Dense(64, activation="relu")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(Add()([right, left])))
# %% accept +
inputs = Input(shape=[20])
left = ReLU()(Dense(64)(inputs))
right = ops.tanh(Dense(64)(inputs))
model = Model(inputs, Dense(3, activation="softmax")(left + right))
# %% accept the function add, and softmax on its own
inputs = Input((20,))
arms = [Dense(64, activation=name)(inputs) for name in ("relu", "tanh")]
model = Model(inputs, ops.softmax(Dense(3)(layers.add(arms))))
# %% accept arms as models, and Dropout
inputs = Input((20,))
left = Sequential([Dense(64, activation="relu")])(inputs)
z = Input((20,))
right = Model(z, Dense(64, activation="tanh")(z))(inputs)
total = Dropout(0.2)(ops.add(left, right))
model = Model([inputs], [Dense(3, activation="softmax")(total)])
# %% wrong no_broadcast M10 both arms narrow, one not enough
inputs = Input((20,))
left = Dense(1, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(Add()([left, right])))
# %% wrong no_broadcast M10 the same with +
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(1, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(left + right))
# %% wrong joins M09 put side by side
# 64 and 1 numbers side by side are 65. Wanted is a sum of two arms.
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(1, activation="tanh")(inputs)
total = Concatenate()([left, right])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% wrong joins M09 both wide, and put side by side
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
total = Concatenate()([left, right])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% wrong live M04 the arm stands there, and nobody reads it
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(left))
# %% wrong merges M04 the arm is gone
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(left))
# %% wrong params 64 numbers that are all made from one
# The sum fits now. But these 64 numbers are all made from a single one.
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64)(Dense(1, activation="tanh")(inputs))
total = Add()([left, right])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% wrong params both arms one number wide
inputs = Input((20,))
left = Dense(1, activation="relu")(inputs)
right = Dense(1, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(Add()([left, right])))
# %% wrong params M02 one layer for both arms
inputs = Input((20,))
dense = Dense(64)
total = Add()([ops.relu(dense(inputs)), ops.tanh(dense(inputs))])
model = Model(inputs, Dense(3, activation="softmax")(total))
# %% wrong equivalent both arms with relu
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="relu")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(Add()([left, right])))
# %% wrong params M03 one arm behind the other
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(left)
model = Model(inputs, Dense(3, activation="softmax")(Add()([left, right])))
# %% wrong joins M09 multiplied
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(left * right))
# %% wrong outputs the last layer is missing
inputs = Input((20,))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
model = Model(inputs, Add()([left, right]))
# %% wrong inputs M06 the batch in the shape
inputs = Input((16, 20))
left = Dense(64, activation="relu")(inputs)
right = Dense(64, activation="tanh")(inputs)
model = Model(inputs, Dense(3, activation="softmax")(left + right))
