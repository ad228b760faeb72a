# /// exercise
# id = "ticket-router"
# number = "X64"
# title = "Route the ticket"
# level = 3
# type = "wiring"
# hints = [
#   "One dictionary of words, two readers.",
#   "Join three vectors: title, body, tags.",
#   "A dict for the losses: `loss={'priority': ..., 'department': ...}`",
# ]
# [criteria]
# inputs = {title = [10], body = [40], tags = [12]}
# outputs = {named = true, priority = [1], department = [4]}
# live = {orphans = "told", weight = 0}
# [criteria.shared_layer]
# op = "Embedding"
# inputs = ["title", "body"]
# [criteria.separate]
# weight = 0
# inputs = ["title", "body"]
# op = "LSTM|GRU|Bidirectional|RNN|SimpleRNN"
# both = false
# [criteria.priority_scores]
# weight = 0
# predicate = "scores"
# output = "priority"
# exclusive = false
# [criteria.department_scores]
# weight = 0
# predicate = "scores"
# output = "department"
# [criteria.uses]
# each = true
# [criteria.compiled]
# losses = {priority = "bce", department = ["cce", "sparse_cce"]}
# weights = {priority = 1.0, department = 0.2}
# [criteria.tags_as_they_are]
# predicate = "not_embedded"
# input = "tags"
# [criteria.title_reader]
# predicate = "reader"
# input = "title"
# op = "LSTM|GRU|Bidirectional|RNN"
# units = 32
# pooled = true
# [criteria.body_reader]
# predicate = "reader"
# input = "body"
# op = "LSTM|GRU|Bidirectional|RNN"
# units = 16
# pooled = true
# [criteria.order_of_words]
# predicate = "no"
# op = ["GlobalAveragePooling1D", "GlobalMaxPooling1D"]
# advice = true
# so = "That works, but a mean or maximum over the words forgets their order."
# look = "Is 'not urgent, broken' the same as 'urgent, not broken' for your model?"
# ///
# %% [markdown] prompt
# Support tickets come in. How urgent is each, and which department should read it?
#
# Three inputs: `title` (10 whole numbers, one for each word), `body` (40 whole numbers)
# and `tags` (12 numbers, each 0 or 1). Two outputs with these names: `priority` (one
# number, sigmoid) and `department` (one of 4).
#
# Title and body are written in the same words: one Embedding serves both. The vocabulary
# has as many words as you like. Each has an LSTM of its own: 32 units read the title, 16
# units read the body. Join both vectors with the tags; two heads read the result.
#
# Compile it: binary cross-entropy for `priority` with loss weight 1.0, categorical
# cross-entropy for `department` with loss weight 0.2.
# %% start
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
model = ____
# %% solution
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32, mask_zero=True)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss={
        "priority": "binary_crossentropy",
        "department": "categorical_crossentropy",
    },
    loss_weights={"priority": 1.0, "department": 0.2},
)
# %% accept GRU, lists, logits, whole numbers as tags
title = Input((10,), dtype="int32")
body = Input((40,), dtype="int32")
tags = Input((12,), dtype="int32")
e = Embedding(50, 8)
x = [GRU(32)(e(title)), GRU(16)(e(body)), ops.cast(tags, "float32")]
x = Dense(32, "relu")(layers.concatenate(x))
model = Model(
    [tags, body, title],
    [Dense(4, name="department")(x), Dense(1, name="priority")(x)],
)
model.compile(
    "adam",
    loss=[
        keras.losses.CategoricalCrossentropy(from_logits=True),
        keras.losses.BinaryCrossentropy(from_logits=True),
    ],
    loss_weights=[0.2, 1.0],
)
# %% accept pooled embeddings, a dict of outputs, sparse classes
title = Input((10,), name="title")
body = Input((40,), name="body")
tags = Input((12,), name="tags")
e = Embedding(200, 16, mask_zero=True)
pool = GlobalAveragePooling1D()
x = Concatenate()([pool(e(title)), pool(e(body)), tags])
model = Model(
    {"title": title, "body": body, "tags": tags},
    {"priority": Dense(1, "sigmoid")(x), "department": Dense(4, "softmax")(x)},
)
model.compile(
    loss={
        "priority": keras.losses.BinaryCrossentropy(),
        "department": "sparse_categorical_crossentropy",
    },
    loss_weights={"priority": 1, "department": 0.2},
    metrics={"priority": "accuracy"},
)
# %% accept one call for both texts, nested readers
title = Input((10,), dtype="int64")
body = Input((40,), dtype="int64")
tags = Input((12,))
both = Embedding(100, 8)(ops.concatenate([title, body], axis=1))
read_title = Sequential([LSTM(32), Dropout(0.1)])
x = Concatenate()([tags, read_title(both[:, :10]), LSTM(16)(both[:, 10:])])
p = ops.sigmoid(Dense(1)(x))
d = Softmax()(Dense(4)(x))
model = Model([title, body, tags], {"department": d, "priority": p})
model.compile(
    "sgd",
    loss={"department": "categorical_crossentropy", "priority": "binary_crossentropy"},
    loss_weights={"department": 0.2, "priority": 1.0},
)
# %% wrong shared_layer M02 two Embeddings
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
t = LSTM(32)(Embedding(1000, 32)(title))
b = LSTM(16)(Embedding(1000, 32)(body))
x = Concatenate()([t, b, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong shared_layer no Embedding for the title
title = Input((10,), name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
t = LSTM(32)(Reshape((10, 1))(title))
b = LSTM(16)(Embedding(1000, 32)(body))
x = Concatenate()([t, b, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong separate M02 one LSTM for both
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words, read = Embedding(1000, 32), LSTM(32)
x = Concatenate()([read(words(title)), read(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong runs M10 tags are embedded
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), dtype="int32", name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), words(tags)])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
# %% wrong compiled M21 losses in the other order
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["categorical_crossentropy", "binary_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong compiled M21 weights in the other order
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [department, priority])
model.compile(
    "adam",
    loss=["categorical_crossentropy", "binary_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong compiled M18 no weights
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile("adam", loss=["binary_crossentropy", "categorical_crossentropy"])
# %% wrong compiled never compiled
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
# %% wrong title_reader M21 the sizes have changed places
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(16)(words(title)), LSTM(32)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong body_reader 32 units for the body, too
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(32)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong live M04 the tags are forgotten
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body))])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong uses M04 the department does not read the tags
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
text = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body))])
x = Concatenate()([text, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(text)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong department_scores M20 four sigmoids
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="sigmoid", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong priority_scores M20 softmax on one unit
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
priority = Dense(1, activation="softmax", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong outputs one head
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
words = Embedding(1000, 32)
x = Concatenate()([LSTM(32)(words(title)), LSTM(16)(words(body)), tags])
model = Model([title, body, tags], Dense(5, activation="sigmoid")(x))
# %% wrong tags_as_they_are the tags are embedded and flattened
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
e = Embedding(100, 8)
x = [LSTM(32)(e(title)), LSTM(16)(e(body)), Flatten()(Embedding(2, 4)(tags))]
x = Concatenate()(x)
p = Dense(1, "sigmoid", name="priority")(x)
model = Model([title, body, tags], [p, Dense(4, "softmax", name="department")(x)])
model.compile(
    "adam",
    loss=["binary_crossentropy", "categorical_crossentropy"],
    loss_weights=[1.0, 0.2],
)
# %% wrong inputs body input
title = Input((10,), dtype="int32", name="title")
body = Input((100,), dtype="int32", name="body")
tags = Input((12,), name="tags")
emb = Embedding(5000, 32)
t = LSTM(32)(emb(title))
b = LSTM(16)(emb(body))
x = Concatenate()([t, b, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(optimizer="adam", loss={"priority": "binary_crossentropy", "department": "categorical_crossentropy"}, loss_weights={"priority": 1.0, "department": 0.2})
# %% wrong outputs department3
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
emb = Embedding(5000, 32)
t = LSTM(32)(emb(title))
b = LSTM(16)(emb(body))
x = Concatenate()([t, b, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(3, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(optimizer="adam", loss={"priority": "binary_crossentropy", "department": "categorical_crossentropy"}, loss_weights={"priority": 1.0, "department": 0.2})
# %% wrong title_reader M21 title64
title = Input((10,), dtype="int32", name="title")
body = Input((40,), dtype="int32", name="body")
tags = Input((12,), name="tags")
emb = Embedding(5000, 32)
t = LSTM(64)(emb(title))
b = LSTM(16)(emb(body))
x = Concatenate()([t, b, tags])
priority = Dense(1, activation="sigmoid", name="priority")(x)
department = Dense(4, activation="softmax", name="department")(x)
model = Model([title, body, tags], [priority, department])
model.compile(optimizer="adam", loss={"priority": "binary_crossentropy", "department": "categorical_crossentropy"}, loss_weights={"priority": 1.0, "department": 0.2})
