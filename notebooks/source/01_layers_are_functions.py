# %% [markdown]
"""
# Lesson 1 · Layers are functions

**Goal.** You can write a Keras model in four steps, say what each line does, and work
out one layer with pencil and paper.

**You need** Python basics: variables, functions, lists. Everything else is explained
where it first appears. **Time:** about 30 minutes.

**How it works.** Run a cell with Shift+Enter. Where it says **Predict**, put your guess
into `my_guess` *before* you run the cell: its result is folded away until then. Nobody
marks guesses. One that misses is worth as much as one that hits, because a surprise is
easy to remember.

<details><summary>For teachers</summary>

Items 1-17, 19, 21, 22, 63, 90 and 92 of the curriculum, predictions P1-P4; it argues
with the misconceptions M01, M04, M05, M06, M20 and M33. Rules are those of the card.

</details>
"""

# %% [markdown]
"""
## Recall: two things you know from Python

1. `double(add_one(3))`: which function runs first, and what comes out?
2. After `a = 5`, `b = a`, `a = 6`: what is `b`?
"""


# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"


def add_one(number):
    return number + 1


def double(number):
    return 2 * number


a = 5
b = a
a = 6

print("You said:", my_guess)
print("1.", double(add_one(3)))
print("2.", b)

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

`add_one` runs first and gives 4; `double` turns it into 8. And `b` is still 5: a Python
name is only a **label**. `a = 6` moved the label `a`; the 5 stayed where it was.

</details>
"""

# %% [markdown]
"""
Both come back today: a model is functions inside functions, and `x` will be a label.
"""

# %% [markdown]
"""
## 1 · Train first, ask later

The next cell loads the tools; it takes some seconds. If TensorFlow, which does the
arithmetic for Keras, prints some lines about logs and graphics cards, leave them: they
are notes, not errors.
"""

# %% tags=["nbval-ignore-output"]
import os

# Asks TensorFlow to say less. It listens only when it starts, so this comes first.
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import keras
import numpy as np
from keras import Input, Model
from keras.layers import Dense
from sklearn.datasets import load_breast_cancer, make_classification
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import StandardScaler

import teachkit as tk

print("Keras", keras.__version__)

# %% [markdown]
"""
Here are 2,000 examples. Each is a row of 32 numbers with an answer, 0 or 1. (They are
made up by scikit-learn; real ones follow below.)

We put 500 rows aside. The network never sees them while it learns, so they can tell
us how well it does on rows that are **new** to it. This is the *held-out part*.
"""

# %%
rows, answers = make_classification(
    n_samples=2000, n_features=32, n_informative=12, random_state=7
)
train_rows, test_rows, train_answers, test_answers = train_test_split(
    rows, answers, test_size=500, random_state=0
)
print("to learn from:", train_rows.shape)
print("held out:     ", test_rows.shape)

# %% [markdown]
"""
`(1500, 32)` reads "1,500 rows of 32 numbers". Such lengths are called a **shape**.

Now the model. Four steps, with the labels that all lessons use:
"""

# %%
keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(32,))

# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
model = Model(inputs, outputs)

# %% [markdown]
"""
Train it. This is the same for every Keras model, however it was written:

- `compile` chooses how mistakes are measured (the *loss*), who corrects the model
  (the *optimizer*, here one named Adam) and which score we want to read.
- `fit` goes through the training rows ten times (ten *epochs*). After every 32 rows it
  changes all numbers inside the model a little, so that the loss gets smaller.
"""

# %%
model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_rows, train_answers, epochs=10, verbose=0)

# %% [markdown]
"""
Is it any good? A score means little alone, so we print a **baseline** beside it: the
share of right answers you get by always giving the more frequent answer. (`np.mean` of
a comparison is the share of rows for which it is true.)
"""

# %%
loss, accuracy = model.evaluate(test_rows, test_answers, verbose=0)
baseline = max(np.mean(test_answers == 0), np.mean(test_answers == 1))
print("baseline, right on held-out rows:", round(baseline, 2))
print("network, right on more than 0.85:", accuracy > 0.85)

# %% [markdown]
"""
You have trained a neural network. (Your exact score is in `accuracy`; it differs a
little from one computer to another, so the lesson asks only whether it is above 0.85.)

The rest of the lesson opens the box.
"""

# %% [markdown]
"""
## 2 · See it

Early networks were a plain stack of layers. Today's fork, join and skip, so we need a
picture that can show any of them. `tk.show` draws what is really in the model:
"""

# %%
tk.show(model)

# %% [markdown]
"""
Go through the four steps with a finger on the picture.

- **Each call is a node**, a frame in the picture. The line
  `Dense(64, activation="relu")(inputs)` has two pairs of brackets. The first makes a
  layer. The second *calls* it, as you call a function, and that call is what you see.
  You do not add layers to a model, **you call them**.
- **Each arrow is a tensor**, a *wire* on which numbers travel from one call to the
  next. What a call returns you hand on: `x` goes in, a new `x` comes out.
- **Each node tells the shape** of what comes out. `(None, 64)` means 64 numbers for
  each row, and `None` that the number of rows is left open.

A network made of `Dense` layers one after the other has an old name: *multilayer
perceptron*, MLP.

The same drawing as text, for a terminal or an e-mail:
"""

# %%
print(tk.show(model).text)

# %% [markdown]
"""
And as plain data, if you want to count instead of look:
"""

# %%
graph = tk.read(model)
print(len(graph.calls), "calls and", len(graph.tensors), "tensors")
for call in graph.calls:
    print(call.type, call.outputs[0].shape)

# %% [markdown]
"""
Four calls, and three tensors between them. (The last arrow of the picture leads out of
the model. Its tensor is the answer, and no call in here reads it.)

Here each layer is called once, so counting layers gives the same. It will not always:
one layer can be called at several places, and then it has several nodes.

Keras takes down the graph **while you call**. Stop after one line, or after two, and
the picture is as long as what you have written. (A layer may be given a `name`; if not,
Keras numbers them: `dense`, `dense_1`, ...)
"""

# %%
wire = Input(shape=(32,), name="row")
wire_64 = Dense(64, activation="relu", name="first")(wire)
tk.show(Model(wire, wire_64, name="one_call"), direction="LR")

# %%
wire_32 = Dense(32, activation="relu", name="second")(wire_64)
tk.show(Model(wire, wire_32, name="two_calls"), direction="LR")

# %% [markdown]
"""
An arrow can never lead back in a circle: to call a layer on a tensor, that tensor must
exist already. (Mathematicians call such a drawing a *directed acyclic graph*.) A chain
is the simplest one.

People say that data flows through it like water through pipes. For a chain that is a
good picture. Keep one doubt for later: water *splits* where a pipe forks, but a tensor
is *copied*.
"""

# %% [markdown]
"""
## 3 · A box, a wire, and no numbers yet

A picture to think with: a layer is a *box* with numbers inside, and wires lead from one
call of a box to the next.

### Predict 1

After the line `layer = Dense(64, activation="relu")`, how many numbers does `layer`
hold inside? **0**, **64**, **2,112**, or **one cannot know**?
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"


def numbers_inside(layer):
    return sum(weight.numpy().size for weight in layer.weights)


layer = Dense(64, activation="relu")
print("You said:", my_guess)
print("Made, not called:", numbers_inside(layer))

x = layer(inputs)
print("After its first call:", numbers_inside(layer))

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

> **Rule 1.** A layer is a box that will own weights. Making it creates no weights; its
> first call does.

**Why?** Each of the 64 units needs one number (a *weight*) for each number that comes
in. Before the call the layer cannot know that 32 numbers will come in.

</details>

### Predict 2

`x` is what the call returned. What is in it: **numbers**, **zeros**, or **no numbers at
all**?
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"

print("You said:", my_guess)
print("x is a", type(x).__name__, "of shape", x.shape, "and type", x.dtype)
try:
    float(x)
except ValueError:
    print("float(x) is refused")

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

`x` is a *KerasTensor*: a place where numbers will be one day, and nothing more.

> **Rule 2.** Calling a box on a wire makes a node and returns new wires. A wire has a
> shape and a type, but no numbers yet.

</details>

### The first wire

Every model starts at an `Input`. It is told the shape of **one** row. Two slips are so
common that we make them on purpose:
"""

# %%
try:
    Input(32)
except ValueError as error:
    print("Input(32) is refused:", error)
print("32 in brackets:", (32), " with a comma:", (32,))
print("Input(shape=(1500, 32)) gives", Input(shape=(1500, 32)).shape)

# %% [markdown]
"""
- `32` is a number, and a shape is a tuple. Brackets alone do not make a tuple; the
  comma does: `(32,)`.
- Whoever counts the rows too gets no error, only a different model: each single example
  would now have to be a table of 1,500 rows. Leave the rows out. They are the `None`.

### Predict 3

How many numbers does the whole model of section 1 hold? There, 32 numbers come in; then
stand `Dense(64)`, `Dense(32)` and `Dense(1)`. Each unit has one *weight* for each
number that comes in, and one number more, its *bias*.
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"

print("You said:", my_guess)
for call in tk.read(model).calls:
    print(call.type, call.params)
print("together", tk.read(model).params)

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

`(numbers that come in + 1) × units`, layer by layer: 33 × 64 = 2,112, then
65 × 32 = 2,080, then 33 × 1 = 33. Together 4,225. The + 1 stands inside the brackets,
so each of the 64 units gets its own bias.

All these numbers were changed in training. They *are* what the model has learned.

</details>
"""

# %% [markdown]
"""
## 4 · One layer with pencil and paper

Small enough to compute by hand: 2 numbers come in, 3 units, 1 unit. One row: **2** and
**1**. We choose the weights ourselves.

| | weight for the 2 | weight for the 1 | bias | sum | after relu |
|---|---|---|---|---|---|
| unit 1 | 1 | 0.5 | 0 | 2 × 1 + 1 × 0.5 + 0 = 2.5 | 2.5 |
| unit 2 | −1 | 1 | 0 | 2 × (−1) + 1 × 1 + 0 = −1 | **?** |
| unit 3 | 2 | −1 | −1 | 2 × 2 + 1 × (−1) − 1 = 2 | 2 |

**relu** keeps a positive number and turns a negative one into 0. The last unit weighs
the three results with 1, −2 and 0.5, and its bias is −2.5. **sigmoid** then squeezes
the sum into the range from 0 to 1: a sum of 0 becomes 0.5, a large one nearly 1.

**Predict** on paper: what stands at the question mark, and which sum does the last unit
get?
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"

print("You said:", my_guess)
row = np.array([2, 1])
weights_1 = np.array([[1, -1, 2], [0.5, 1, -1]])
bias_1 = np.array([0, 0, -1])
weights_2 = np.array([[1], [-2], [0.5]])
bias_2 = np.array([-2.5])


def relu(numbers):
    return np.maximum(numbers, 0)


def sigmoid(numbers):
    return 1 / (1 + np.exp(-numbers))


hidden = relu(row @ weights_1 + bias_1)
total = hidden @ weights_2 + bias_2
print("after relu:", hidden)
print("sum of the last unit:", total)
print("after sigmoid:", sigmoid(total).round(2))

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

relu turns −1 into 0, so the second unit says nothing about this row. The last unit gets
2.5 × 1 + 0 × (−2) + 2 × 0.5 − 2.5 = 1, and sigmoid makes 0.73 of it.

</details>
"""

# %% [markdown]
"""
`row @ weights_1` does the multiplying and adding of the table for all units at once. So
a whole layer is one line: `relu(row @ weights + bias)`.

The table of weights has 2 rows and 3 columns: **(in, out)**. Many books write the
weights first, `W x + b`; Keras puts the data first.

Does Keras come to the same? We give a model the same weights and compare.
"""

# %%
# 1 INPUTS
small_inputs = Input(shape=(2,), name="row")

# 2 LAYERS
first = Dense(3, activation="relu", name="first")
small_x = first(small_inputs)

# 3 OUTPUTS
second = Dense(1, activation="sigmoid", name="second")
small_outputs = second(small_x)

# 4 MODEL
small = Model(small_inputs, small_outputs, name="small")

first.set_weights([weights_1, bias_1])
second.set_weights([weights_2, bias_2])

by_hand = sigmoid(total)
by_keras = small.predict(np.array([[2, 1]]), verbose=0)
print("shape of the first weights:", first.kernel.shape)
print("Keras agrees with the paper:", np.allclose(by_hand, by_keras))

# %%
tk.show(small, direction="LR")

# %% [markdown]
"""
### Layers are functions

A layer can be called on real numbers too, and then real numbers come out. So the model
is nothing but one function inside the other, `second(first(row))`, like
`double(add_one(3))` at the start. With three layers it is `f3(f2(f1(inputs)))`.

One thing is different from `double`. Give the same row to the same layer twice, and
change its bias in between:
"""

# %%
one_row = np.array([[2.0, 1.0]])
nested = second(first(one_row))
print("second(first(row)) is the model:", np.allclose(nested, by_keras))

before = first(one_row)
first.set_weights([weights_1, bias_1 + 1])
after = first(one_row)
print("same row, same result:", np.allclose(before, after))
print("and the row itself is unchanged:", one_row)

# %% [markdown]
"""
A layer is a **function with a memory**: its weights. `double(3)` is 6 today and
tomorrow. What a layer returns depends on what it has learned. The tensor that goes in
is not changed; a new one comes out.
"""

# %% [markdown]
"""
## 5 · What the model keeps

The example again, with names for its layers, so that we know them again:

```python
inputs = Input(shape=(32,), name="row")                        # line 1
x = Dense(64, activation="relu", name="units_64")(inputs)      # line 2
x = Dense(32, activation="relu", name="units_32")(x)           # line 3
outputs = Dense(1, activation="sigmoid", name="answer")(x)     # line 4
model = Model(inputs, outputs, name="swapped")                 # line 5
```

### Predict 4

Swap two of these lines, any two: there are ten ways. **How many of the ten still run?**
And does the model stay the same?

The next cell tries them all. Each time it starts with nothing but `Input`, `Dense` and
`Model`, because in a notebook names from earlier cells live on and hide such mistakes.
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"

lines = [
    'inputs = Input(shape=(32,), name="row")',
    'x = Dense(64, activation="relu", name="units_64")(inputs)',
    'x = Dense(32, activation="relu", name="units_32")(x)',
    'outputs = Dense(1, activation="sigmoid", name="answer")(x)',
    'model = Model(inputs, outputs, name="swapped")',
]

print("You said:", my_guess)
for i in range(5):
    for j in range(i + 1, 5):
        swapped = list(lines)
        swapped[i], swapped[j] = lines[j], lines[i]
        names = {"Input": Input, "Dense": Dense, "Model": Model}
        try:
            exec("\n".join(swapped), names)  # runs the five lines in this order
        except NameError as error:
            print("lines", i + 1, "and", j + 1, "swapped: stops,", error)
        else:
            other = names["model"]
            size = tk.read(other).params
            print("lines", i + 1, "and", j + 1, f"swapped: runs, {size:,} numbers")

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

One of ten runs: lines 3 and 4. It runs without a word of warning, and it is **another
model**, with 2,177 numbers in place of 4,225.

In every other order some line uses a name that no line above it has made.

</details>
"""

# %% [markdown]
"""
The cell has kept the model of an order that runs, as `other`. Where is `units_32`?
"""

# %%
tk.show(other, direction="LR")

# %% [markdown]
"""
It is gone: it was made and it was called, but nothing on the way to `outputs` reads
what it returned.

> **Rule 3.** A Python name is only a label on a wire. `x = …(x)` moves the label; the
> old wire still exists.
>
> **Rule 5.** `Model(inputs, outputs)` keeps what it finds walking backwards from the
> outputs. Anything else is not in the model.

You may read that in a Functional model "everything in between is connected
automatically". Better: **you** connect, with every call. `Model` only follows your
wires back from the outputs until it arrives at the inputs.

**Explain** in one sentence: why did `units_64` survive the swap?

<details><summary>A possible answer</summary>

After the swap `outputs` is made from the `x` of line 2, so the way back from the
outputs leads through `units_64` to the inputs, and never meets `units_32`.

</details>
"""

# %% [markdown]
"""
## 6 · What if: real data, 30 numbers in place of 32

Doctors measured 30 things on pictures of the cells of 569 breast tumours: radius,
smoothness, and so on. The answer is 0 for malignant and 1 for benign. The table comes
with scikit-learn.

**Predict:** with 30 numbers coming in, how many numbers does the whole model hold? (It
was 4,225 with 32.)
"""

# %% jupyter={"outputs_hidden": true}
my_guess = "nothing yet"

keras.utils.set_random_seed(1)

# 1 INPUTS
inputs = Input(shape=(30,))

# 2 LAYERS
x = Dense(64, activation="relu")(inputs)
x = Dense(32, activation="relu")(x)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
model = Model(inputs, outputs)

print("You said:", my_guess)
print(f"numbers inside: {tk.read(model).params:,}")

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

Only step 1 was changed. The first layer has 31 × 64 = 1,984 numbers now, 128 fewer. The
other two never see the inputs, so nothing changes for them: 1,984 + 2,080 + 33 = 4,097.

</details>
"""

# %% [markdown]
"""
One more thing with real data: some columns are near 0.1 and others near 1,000. We bring
each to mean 0 and spread 1. What is needed for this is computed from the training rows
**only**; the held-out rows must stay unseen in every respect.
"""

# %%
rows, answers = load_breast_cancer(return_X_y=True)
train_rows, test_rows, train_answers, test_answers = train_test_split(
    rows, answers, test_size=0.25, random_state=0, stratify=answers
)
scaler = StandardScaler().fit(train_rows)
train_rows = scaler.transform(train_rows)
test_rows = scaler.transform(test_rows)

model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
history = model.fit(train_rows, train_answers, epochs=10, verbose=0)

loss, accuracy = model.evaluate(test_rows, test_answers, verbose=0)
baseline = max(np.mean(test_answers == 0), np.mean(test_answers == 1))
print("held-out rows:", len(test_rows))
print("baseline, right on held-out rows:", round(baseline, 2))
print("network, right on more than 0.90:", accuracy > 0.90)

# %% [markdown]
"""
Far above the baseline. To be fair: on this table a much simpler method, logistic
regression, does about as well. And for a doctor one number is not enough; it matters
*which* tumours are taken for the other kind.

### Two slips that cost an evening

**First:** someone leaves out the word `metrics=` and writes
`compile("adam", "binary_crossentropy", ["accuracy"])`. Python then goes by position.
Which place is the third?
"""

# %%
import inspect

places = list(inspect.signature(model.compile).parameters)
for number in range(4):
    print(number + 1, places[number])

# %% [markdown]
"""
The third place belongs to `loss_weights`, and the message that follows says nothing
about metrics. Write `metrics=["accuracy"]`, with the word.

**Second:** someone has heard that *softmax* is for classes and writes
`Dense(1, activation="softmax")` at the end. Softmax shares out a total of 1 among the
units of a layer. **Predict** what a single unit gets.
"""

# %% jupyter={"outputs_hidden": true}
import warnings

my_guess = "nothing yet"

with warnings.catch_warnings(action="ignore"):  # Keras has a hint here, see below
    shares = Dense(1, activation="softmax")(test_rows[:5]).numpy()
chances = Dense(1, activation="sigmoid")(test_rows[:5]).numpy()

print("You said:", my_guess)
print("softmax gives", shares.ravel())
print("sigmoid gives five different numbers:", len(np.unique(chances)) == 5)

# %% [markdown]
"""
<details><summary>When you have run it: what happened, and why</summary>

A single unit gets all of it, always: 1 for every row, before and after any training.
Keras runs it all the same, with a warning that is easily overlooked (we kept it back,
not to spoil the surprise). One unit that answers yes or no wants `sigmoid`.

</details>
"""

# %% [markdown]
"""
## 7 · Your turn

### The last step is missing

A wine has 13 measurements; the question has the answer yes or no. Replace the three
dots, then run the cell.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(13,))

# 2 LAYERS
x = Dense(16, activation="relu")(inputs)

# 3 OUTPUTS
outputs = Dense(1, activation="sigmoid")(x)

# 4 MODEL
wine = ...

if wine is ...:
    print("Not written yet: step 4.")
else:
    print("Your model:", wine.count_params(), "numbers. The solution has 241.")

# %% [markdown]
"""
The next cell is a solution. Click its three dots to unfold it.
"""

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
wine = Model(inputs, outputs)
print("Solution:", wine.count_params(), "numbers, 14 × 16 + 17 × 1")

# %% [markdown]
"""
**Why** does `Model` need `inputs` and `outputs`, but not `x`?

<details><summary>A possible answer</summary>

It walks back from `outputs` and finds the layers in between by itself (rule 5). It
must be told where the walk starts and where it should end.

</details>

### The last two steps are missing

Five numbers describe a flat, and we want its price. A price may be any number, far
above 1 too. A `Dense` layer without `activation` leaves its sum as it is.
"""

# %%
# 1 INPUTS
inputs = Input(shape=(5,))

# 2 LAYERS
x = Dense(8, activation="relu")(inputs)

# 3 OUTPUTS
outputs = ...

# 4 MODEL
flat = ...

if outputs is ... or flat is ...:
    print("Not written yet: steps 3 and 4.")
else:
    print("Your model:", flat.count_params(), "numbers. The solution has 57.")

# %% jupyter={"source_hidden": true} tags=["solution"]
# A solution
outputs = Dense(1)(x)
flat = Model(inputs, outputs)
print("Solution:", flat.count_params(), "numbers, 6 × 8 + 9 × 1")

# %% [markdown]
"""
**Why** does the last layer have 9 numbers, when 8 come in?

<details><summary>A possible answer</summary>

Its one unit has a weight for each of the 8, and a bias.

</details>
"""

# %% [markdown]
"""
## 8 · Decide

Which last layer would you choose? Say why before you unfold the answers.

1. Will it rain tomorrow, yes or no?
2. Which of 5 fruits is in the photo?
3. What does a flat cost?

<details><summary>One good choice for each</summary>

1. `Dense(1, activation="sigmoid")`: one number from 0 to 1, the chance of *yes*. (It
   also suits an answer that is itself a share, such as humidity.) Two units with
   softmax would do as well, with a few more weights.
2. `Dense(5, activation="softmax")`: five numbers that share a total of 1. Five sigmoids
   would answer five separate questions, and could say yes to two fruits at once.
3. `Dense(1)` without activation: a price is not bound to the range from 0 to 1, which
   sigmoid and softmax never leave.

Next to it goes a loss that fits: `binary_crossentropy`, `categorical_crossentropy` (or
its *sparse* sister, when answers are class numbers), `mse`.

</details>
"""

# %%
some_rows = np.random.default_rng(0).normal(size=(1000, 8))
chance = Dense(1, activation="sigmoid")(some_rows).numpy()
shares = Dense(5, activation="softmax")(some_rows).numpy()
price = Dense(1)(some_rows).numpy()

print("sigmoid stays from 0 to 1:", chance.min() >= 0 and chance.max() <= 1)
print("five shares sum to 1 in each row:", np.allclose(shares.sum(axis=1), 1))
print("no activation: below 0 and above 1 occur:", price.min() < 0 and price.max() > 1)

# %% [markdown]
"""
## 9 · Five questions

Choose, then unfold: every option is explained.
"""

# %% [markdown]
"""
**1.** What does `Dense(64)` give, without a second pair of brackets?

- (a) a tensor of 64 numbers
- (b) a layer without weights
- (c) a model with one layer
- (d) an error

<details><summary>Answers to 1</summary>

- (a) No: a tensor comes out of the *call*, `Dense(64)(x)`.
- **(b) Yes.** Rule 1: the weights come with the first call.
- (c) No: a model needs an input and an output wire.
- (d) No: making a layer and calling it later is quite usual; section 4 did it.

</details>
"""

# %% [markdown]
"""
**2.** In `Input(shape=(32,))`, what is 32?

- (a) the number of rows
- (b) the number of units
- (c) how many numbers one row has
- (d) how many rows are worked on at a time

<details><summary>Answers to 2</summary>

- (a) No: how many rows there are is left open, the `None` in front.
- (b) No: an input has no units and computes nothing.
- **(c) Yes.** The shape is that of one single row.
- (d) No: `fit` also takes 32 rows at a time if you say nothing else. That it is the
  same number here is chance.

</details>
"""

# %% [markdown]
"""
**3.** How many numbers does `Dense(10)` hold after a call on a wire of shape
`(None, 4)`?

- (a) 14
- (b) 40
- (c) 44
- (d) 50

<details><summary>Answers to 3</summary>

- (a) 14 is 4 + 10: but each unit has a weight for *each* number that comes in.
- (b) 40 = 4 × 10 are the weights. The biases are missing.
- (c) 44 has a bias for each number that comes in. Biases belong to units.
- **(d) Yes:** (4 + 1) × 10 = 50.

</details>
"""

# %% [markdown]
"""
**4.** How many `Dense` layers are in the model?

```python
inputs = Input(shape=(4,))
x = Dense(8)(inputs)
x = Dense(8)(inputs)
outputs = Dense(1)(x)
model = Model(inputs, outputs)
```

- (a) 1
- (b) 2
- (c) 3
- (d) none, it stops with an error

<details><summary>Answers to 4</summary>

- (a) No: `Dense(1)` reads `x`, and `x` came from a `Dense(8)`.
- **(b) Yes.** Both lines read `inputs`, and the second one moved the label `x`. Walking
  back from the outputs, the first `Dense(8)` is never met (rules 3 and 5).
- (c) No: three were written, and one is read by nobody.
- (d) No, and that is the danger: Keras says nothing.

</details>
"""

# %% [markdown]
"""
**5.** A network is right on 0.93 of the held-out rows. The more frequent answer makes
up 0.93 of them. What do you know?

- (a) By this score it is no better than always giving one answer.
- (b) It is very good.
- (c) The program has an error.
- (d) It would be better with more layers.

<details><summary>Answers to 5</summary>

- **(a) Yes.** The baseline is 0.93 as well.
- (b) No: 0.93 sounds good only until the baseline stands beside it.
- (c) Perhaps, but the score does not show it. It may be that nothing more can be
  learned from these data.
- (d) Nobody can know that from the score.

</details>
"""

# %% [markdown]
"""
## What you take with you

| step | you write | what it does |
|---|---|---|
| `# 1 INPUTS` | `inputs = Input(shape=(32,))` | the first wire; the shape of one row |
| `# 2 LAYERS` | `x = Dense(64)(x)` | makes a box, calls it, moves the label `x` |
| `# 3 OUTPUTS` | `outputs = Dense(1)(x)` | the last wire, with a fitting activation |
| `# 4 MODEL` | `model = Model(inputs, outputs)` | keeps what leads back to the inputs |

Then `compile`, `fit` and `evaluate`, as for any other Keras model, with a held-out part
and a baseline.

Try it on a model of your own: write it in a new cell, then `tk.show(model)`.
"""
