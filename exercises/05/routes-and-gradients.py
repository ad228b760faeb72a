# /// exercise
# id = "routes-and-gradients"
# number = "X23"
# title = "Count routes, compare gradients"
# level = 2
# type = "predict"
# asks = "answer"
# hints = [
#   "At each block a route has two ways: through the branch, or around it.",
#   "`Add` has no weights. And where a branch gives nothing, ask what the skip still brings.",
#   "2 · 2 · 2 routes; for the gradients look at the bar chart of the lesson: one bar near 1, the other near 0.00000002.",
# ]
#
# [[questions]]
# id = "routes"
# text = "Three residual blocks in a row: how many routes lead from the input to the output?"
# answer = 8
# why = "Two ways at each of three blocks: 2 · 2 · 2."
# wrong = [
#   {value = 3, message = "Each block lets a route go through or around, and three such choices make more than three routes: the choices multiply."},
#   {value = 6, message = "That is 2 + 2 + 2. Whatever is chosen at the first block, both ways are open at the second: the choices multiply."},
#   {value = 4, message = "There are four lengths, with 0, 1, 2 or 3 branches on the way. But three different routes have one branch."},
#   {value = 2, message = "All branches, or all skips: those are two of them. A route may choose anew at each block."},
#   {value = 9, message = "That is 3 · 3. There are two ways at each block, and three blocks."},
#   {value = 1, message = "That is the plain chain. Each skip opens a second way around its block.", misconception = "M15"},
# ]
#
# [[questions]]
# id = "added_parameters"
# text = "Three blocks, each with a Dense of 32 units. How many parameters do the three skips add?"
# answer = 0
# why = "A skip is a wire that ends in an Add, and Add owns no weights."
# wrong = [
#   {value = 3072, message = "32 · 32 for each skip would be a table of weights. A bare wire has none, and Add only adds.", misconception = "M16"},
#   {value = 3168, message = "That is a second Dense for each block. A bare wire has no layer on it, and Add only adds.", misconception = "M16"},
#   {value = 1024, message = "32 · 32 would be a table of weights. A bare wire has none, and Add only adds.", misconception = "M16"},
#   {value = 1056, message = "That is one more Dense. A bare wire has no layer on it, and Add only adds.", misconception = "M16"},
#   {value = 96, message = "That would be a weight for each number that is added. Add does not weigh, it only adds.", misconception = "M16"},
#   {value = 3, message = "There are three Add layers, and none of them owns a number.", misconception = "M16"},
# ]
#
# [[questions]]
# id = "larger"
# text = "Twelve sigmoid blocks, untrained: which net has the larger gradient at block 1?"
# kind = "choice"
# options = ["plain", "residual"]
# answer = "residual"
# why = "Along the skips the gradient comes back without being made smaller."
# wrong = [
#   {value = "plain", message = "In the plain net the gradient passes twelve sigmoids, none of them steeper than 1/4, and no other way leads back to block 1.", misconception = "M15"},
# ]
#
# [[questions]]
# id = "power_of_ten"
# text = "How many times as large is it? Write the exponent only: 3 for 10³ = 1,000 times."
# answer = 7
# tolerance = 0.15
# why = "About 1 against 0.00000002 or so. From 6 to 8 is right: it depends on the first weights."
# wrong = [
#   {value = 0, message = "10⁰ is 1, so that would be equally large. In the chart each line is ten times the one below: count the lines between the two bars at block 1."},
#   {value = 1, message = "Ten times is what two blocks make in the plain net. There are eleven between the last and the first."},
#   {value = 2, message = "The gradient of the plain net is multiplied by about 1/4 at each of eleven blocks. Multiply that out."},
#   {value = 3, message = "The gradient of the plain net is multiplied by about 1/4 at each of eleven blocks. Multiply that out."},
#   {value = 12, message = "Twelve blocks, but not a factor of ten at each: it is about four."},
#   {value = -7, message = "Minus 7 would mean ten million times as small. The question is how many times as large."},
#   {value = 10000000, message = "Write the exponent only, not the number: for 1,000 times that is 3."},
# ]
#
# [[questions]]
# id = "block_2"
# text = "Three residual blocks: what comes out of block 2 if its branch gives only zeros?"
# kind = "choice"
# options = ["zeros", "what came in", "half of what came in", "an error"]
# answer = "what came in"
# why = "x + 0 is x: the block hands on what it gets. It has become the identity."
# wrong = [
#   {value = "zeros", message = "Zeros come out of the branch. The skip still brings what block 1 gave, and the two are added.", misconception = "M15"},
#   {value = "half of what came in", message = "Add makes no mean. It adds zeros to what the skip brings."},
#   {value = "an error", message = "Zeros are numbers like others, of the right shape. They are added to what the skip brings."},
# ]
# ///
# %% [markdown] prompt
# Predict, then look it up in lesson 5 or compute it.
#
# | key | question |
# |---|---|
# | `routes` | Three residual blocks in a row, $x + f(x)$ each: how many routes lead from the input to the output? |
# | `added_parameters` | Each block is one `Dense(32)` on 32 numbers. How many parameters do the three skips add? |
# | `larger` | Twelve sigmoid blocks as in the lesson, untrained: which net has the larger gradient at block 1, `"plain"` or `"residual"`? |
# | `power_of_ten` | How many times as large is it, roughly? Only the exponent of the power of ten: 3 for $10^3$, a thousand times. |
# | `block_2` | Three residual blocks; the branch of block 2 gives only zeros. What comes out of block 2: `"zeros"`, `"what came in"`, `"half of what came in"` or `"an error"`? |
#
# Answer with a dict named `answer`.
# %% start
answer = {
    "routes": ____,
    "added_parameters": ____,
    "larger": ____,
    "power_of_ten": ____,
    "block_2": ____,
}
# %% solution
answer = {
    "routes": 8,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% accept words and other powers
answer = {
    "routes": "8",
    "added_parameters": "0",
    "larger": "Residual",
    "power_of_ten": 8,
    "block_2": "What came in",
}
# %% accept computed
i = Input((32,))
answer = {
    "routes": 2**3,
    "added_parameters": 3 * Model(i, Add()([i, i])).count_params(),
    "larger": "residual",
    "power_of_ten": 6.0,
    "block_2": "what came in",
}
# %% accept an exponent with a fraction
answer = dict(
    routes=8.0,
    added_parameters=np.int64(0),
    larger="residual",
    power_of_ten=np.log10(1.1 / 1.6e-8),
    block_2="what came in",
)
# %% wrong routes 3
answer = {
    "routes": 3,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% wrong routes 6
answer = {
    "routes": 6,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% wrong added_parameters M16
answer = {
    "routes": 8,
    "added_parameters": 3072,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% wrong added_parameters M16 a Dense for each skip
answer = {
    "routes": 8,
    "added_parameters": 3168,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% wrong larger M15
answer = {
    "routes": 8,
    "added_parameters": 0,
    "larger": "plain",
    "power_of_ten": 7,
    "block_2": "what came in",
}
# %% wrong power_of_ten a thousand times
answer = {
    "routes": 8,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 3,
    "block_2": "what came in",
}
# %% wrong power_of_ten the number itself
answer = {
    "routes": 8,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 10**7,
    "block_2": "what came in",
}
# %% wrong block_2 M15
answer = {
    "routes": 8,
    "added_parameters": 0,
    "larger": "residual",
    "power_of_ten": 7,
    "block_2": "zeros",
}
