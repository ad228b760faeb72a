# /// exercise
# id = "merge-or-error"
# number = "X17"
# title = "What comes out, or does it refuse?"
# level = 2
# type = "predict"
# asks = "answer"
# hints = [
#   "Concatenate lets one axis grow, the last one if you say nothing; all other axes must agree.",
#   "Add repeats an axis of size 1, and axes that are missing in front. Two of the nine merges refuse.",
#   "Axis 0 is the batch, so axis 1 of a picture is its height. And a sum is the same in either order; a row of numbers is not.",
# ]
#
# [[questions]]
# id = "add"
# text = "Add of (8,) and (8,): which shape comes out?"
# kind = "shape"
# answer = "(None, 8)"
# why = "Add goes place by place: eight sums."
# wrong = [
#   {value = "(None, 16)", message = "Add adds up the numbers, not the sizes: first and first, second and second. Eight sums come out.", misconception = "M09"},
#   {value = "(None, 1)", message = "Add goes place by place. One number is what `Dot` leaves."},
#   {value = "error", message = "Both are 8 wide, so each number finds its partner."},
# ]
#
# [[questions]]
# id = "concatenate"
# text = "Concatenate of (8,) and (8,): which shape comes out?"
# kind = "shape"
# answer = "(None, 16)"
# why = "Concatenate puts them in a row: 8 + 8."
# wrong = [
#   {value = "(None, 8)", message = "That is Add. Concatenate keeps all the numbers, side by side.", misconception = "M09"},
#   {value = "(None, 2, 8)", message = "That would be two rows of eight, with an axis more. Concatenate lets an axis grow that is there.", misconception = "M11"},
#   {value = "(None, 8, 2)", message = "That would be an axis more. Concatenate lets an axis grow that is there.", misconception = "M11"},
#   {value = "error", message = "Both are 8 wide; joined in a row they are longer."},
# ]
#
# [[questions]]
# id = "add_one"
# text = "Add of (8,) and (1,): which shape comes out?"
# kind = "shape"
# answer = "(None, 8)"
# why = "The single number is added to all eight, in silence."
# wrong = [
#   {value = "error", message = "Keras repeats the smaller one without a word: the single number is added to all eight.", misconception = "M10"},
#   {value = "(None, 9)", message = "That is Concatenate. Add repeats the single number and adds it to all eight.", misconception = "M09"},
#   {value = "(None, 1)", message = "The smaller one is repeated; the larger one is not shortened.", misconception = "M10"},
# ]
#
# [[questions]]
# id = "concatenate_channels"
# text = "Concatenate of (8, 8, 4) and (8, 8, 3): which shape comes out?"
# kind = "shape"
# answer = "(None, 8, 8, 7)"
# why = "The last axis grows, 4 + 3, and all other axes agree."
# wrong = [
#   {value = "error", message = "Only the axes that do not grow must agree: 8 and 8, and they do. The channels are put behind each other."},
#   {value = "(None, 16, 8, 7)", message = "One axis grows, not two: the last one, if you say nothing.", misconception = "M11"},
#   {value = "(None, 16, 16, 7)", message = "One axis grows, not all: the last one, if you say nothing.", misconception = "M11"},
#   {value = "(None, 8, 8, 12)", message = "You multiplied 4 and 3. They stand side by side: 4 + 3."},
#   {value = "(None, 8, 8, 4)", message = "That would be Add, if it could. Concatenate keeps all seven channels.", misconception = "M09"},
# ]
#
# [[questions]]
# id = "add_channels"
# text = "Add of (8, 8, 4) and (8, 8, 3): which shape comes out?"
# kind = "shape"
# answer = "error"
# why = "The fourth channel has no partner, and an axis of 3 is not repeated."
# wrong = [
#   {value = "(None, 8, 8, 7)", message = "That is Concatenate. Add goes place by place, and the fourth channel has no partner.", misconception = "M09"},
#   {value = "(None, 8, 8, 4)", message = "Only an axis of size 1 is repeated. With 4 and 3 the fourth channel has no partner.", misconception = "M10"},
#   {value = "(None, 8, 8, 3)", message = "Nothing is cut off: the fourth channel would need a partner, and has none.", misconception = "M10"},
# ]
#
# [[questions]]
# id = "concatenate_axis_1"
# text = "Concatenate(axis=1) of (8, 8, 4) and (8, 8, 4): which shape comes out?"
# kind = "shape"
# answer = "(None, 16, 8, 4)"
# why = "Axis 0 is the batch, so axis 1 is the height: one picture stands on the other."
# wrong = [
#   {value = "(None, 8, 8, 8)", message = "Axis 1 is height: one picture is put on top of the other. The channels are the last axis.", misconception = "M11"},
#   {value = "(None, 8, 16, 4)", message = "That is axis 2, the width. Axis 0 is the batch, so axis 1 is the height.", misconception = "M11"},
#   {value = "error", message = "The sizes agree on all axes, so any of them may grow. Nobody asks whether you meant the height.", misconception = "M11"},
# ]
#
# [[questions]]
# id = "concatenate_sizes"
# text = "Concatenate of (8, 8, 4) and (4, 4, 4): which shape comes out?"
# kind = "shape"
# answer = "error"
# why = "Beside the axis that grows all others must agree, and 8 is not 4."
# wrong = [
#   {value = "(None, 8, 8, 8)", message = "Beside the channels height and width must agree: 8 and 4 do not, and Concatenate repeats nothing.", misconception = "M08"},
#   {value = "(None, 12, 12, 8)", message = "One axis grows, not three; the others must agree.", misconception = "M11"},
#   {value = "(None, 12, 12, 4)", message = "One axis grows, not two; the others must agree.", misconception = "M11"},
#   {value = "(None, 8, 8, 4)", message = "That would need the small picture to be made larger. A merge does not do that.", misconception = "M08"},
# ]
#
# [[questions]]
# id = "dot"
# text = "Dot(axes=1) of (8,) and (8,): which shape comes out?"
# kind = "shape"
# answer = "(None, 1)"
# why = "Eight products, summed up to one number for each sample."
# wrong = [
#   {value = "(None, 16)", message = "Dot multiplies and sums: one number. 16 is Concatenate.", misconception = "M09"},
#   {value = "(None, 8)", message = "Those are the eight products, as Multiply makes them. Dot sums them up: one number."},
#   {value = "(None, 8, 8)", message = "That would be each number times each. Dot multiplies place by place and sums: one number."},
#   {value = "(None,)", message = "One number for each sample is still an axis of size 1 here: Dot keeps it."},
#   {value = "error", message = "Both have eight numbers along axis 1, so each finds its partner. Dot multiplies and sums: one number."},
# ]
#
# [[questions]]
# id = "add_row"
# text = "Add of (5, 8) and (8,): which shape comes out?"
# kind = "shape"
# answer = "(None, 5, 8)"
# why = "The eight numbers are added to each of the five rows, in silence."
# wrong = [
#   {value = "error", message = "Keras repeats the smaller one without a word: the eight numbers are added to each of the five rows.", misconception = "M10"},
#   {value = "(None, 6, 8)", message = "That would be Concatenate, with a row more. Add repeats the eight numbers for each of the five rows.", misconception = "M09"},
#   {value = "(None, 5, 16)", message = "That would be Concatenate. Add repeats the eight numbers for each of the five rows.", misconception = "M09"},
#   {value = "(None, 8)", message = "The smaller one is repeated; the larger one keeps its five rows.", misconception = "M10"},
# ]
#
# [[questions]]
# id = "swap_concatenate"
# text = "A trained model joins two arms of 8 by Concatenate. You swap the arms: the same answers?"
# kind = "choice"
# options = ["yes", "no"]
# answer = "no"
# why = "The next Dense has its own weight for each place, and all places hold other numbers now."
# wrong = [
#   {value = "yes", message = "The next Dense has its own weights for each place, and after the swap each place holds a number of the other arm. In the lesson one wine's chance moved by more than 0.5.", misconception = "M12"},
# ]
#
# [[questions]]
# id = "swap_add"
# text = "A trained model joins two arms of 8 by Add. You swap the arms: the same answers?"
# kind = "choice"
# options = ["yes", "no"]
# answer = "yes"
# why = "A sum is the same in either order."
# wrong = [
#   {value = "no", message = "For Concatenate that is so. A sum is the same in either order, and so is all that comes behind it.", misconception = "M09"},
# ]
# ///
# %% [markdown] prompt
# Nine merges. The shapes are those of one sample, as in `Input((8, 8, 4))`. Which shape
# comes out of each, such as `(8,)`? If Keras refuses, answer `"error"`.
#
# | key | merge |
# |---|---|
# | `add` | `Add()` of `(8,)` and `(8,)` |
# | `concatenate` | `Concatenate()` of `(8,)` and `(8,)` |
# | `add_one` | `Add()` of `(8,)` and `(1,)` |
# | `concatenate_channels` | `Concatenate()` of `(8, 8, 4)` and `(8, 8, 3)` |
# | `add_channels` | `Add()` of `(8, 8, 4)` and `(8, 8, 3)` |
# | `concatenate_axis_1` | `Concatenate(axis=1)` of `(8, 8, 4)` and `(8, 8, 4)` |
# | `concatenate_sizes` | `Concatenate()` of `(8, 8, 4)` and `(4, 4, 4)` |
# | `dot` | `Dot(axes=1)` of `(8,)` and `(8,)` |
# | `add_row` | `Add()` of `(5, 8)` and `(8,)` |
#
# Then two questions with the answer `"yes"` or `"no"`. In a **trained** model two arms of
# 8 numbers are joined, and a `Dense` reads the result. You swap the arms, `[b, a]` in
# place of `[a, b]`, and all layers keep their weights. Does the model give the same
# answers as before, if the merge is a Concatenate (`swap_concatenate`)? If it is an Add
# (`swap_add`)?
#
# Predict before you run anything, and answer with a dict named `answer`.
# %% start
answer = {
    "add": ____,
    "concatenate": ____,
    "add_one": ____,
    "concatenate_channels": ____,
    "add_channels": ____,
    "concatenate_axis_1": ____,
    "concatenate_sizes": ____,
    "dot": ____,
    "add_row": ____,
    "swap_concatenate": ____,
    "swap_add": ____,
}
# %% solution
answer = {
    "add": (8,),
    "concatenate": (16,),
    "add_one": (8,),
    "concatenate_channels": (8, 8, 7),
    "add_channels": "error",
    "concatenate_axis_1": (16, 8, 4),
    "concatenate_sizes": "error",
    "dot": (1,),
    "add_row": (5, 8),
    "swap_concatenate": "no",
    "swap_add": "yes",
}
# %% accept shapes as people write them
answer = {
    "add": 8,
    "concatenate": "16",
    "add_one": [8],
    "concatenate_channels": "8×8×7",
    "add_channels": "Error",
    "concatenate_axis_1": "16 x 8 x 4",
    "concatenate_sizes": "it refuses",
    "dot": 1,
    "add_row": "5x8",
    "swap_concatenate": False,
    "swap_add": True,
}
# %% accept with the batch
answer = {
    "add": (None, 8),
    "concatenate": (None, 16),
    "add_one": "(None, 8)",
    "concatenate_channels": (None, 8, 8, 7),
    "add_channels": ValueError,
    "concatenate_axis_1": "(?, 16, 8, 4)",
    "concatenate_sizes": "ValueError",
    "dot": (-1, 1),
    "add_row": [None, 5, 8],
    "swap_concatenate": "No",
    "swap_add": "Yes",
}
# %% accept a list in the order of the questions
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% accept computed by Keras


def comes_out(merge, *shapes):
    try:
        return merge([Input(shape) for shape in shapes]).shape
    except ValueError:
        return "error"


answer = {
    "add": comes_out(Add(), (8,), (8,)),
    "concatenate": comes_out(Concatenate(), (8,), (8,)),
    "add_one": comes_out(Add(), (8,), (1,)),
    "concatenate_channels": comes_out(Concatenate(), (8, 8, 4), (8, 8, 3)),
    "add_channels": comes_out(Add(), (8, 8, 4), (8, 8, 3)),
    "concatenate_axis_1": comes_out(Concatenate(axis=1), (8, 8, 4), (8, 8, 4)),
    "concatenate_sizes": comes_out(Concatenate(), (8, 8, 4), (4, 4, 4)),
    "dot": comes_out(Dot(axes=1), (8,), (8,)),
    "add_row": comes_out(Add(), (5, 8), (8,)),
    "swap_concatenate": "no",
    "swap_add": "yes",
}
# %% wrong add_one M10 an error for unequal lengths
answer = [8, 16, "error", (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% wrong add_row M10 an error for a missing axis
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, "error", "no", "yes"]
# %% wrong concatenate_axis_1 M11 the channels grow
answer = [8, 16, 8, (8, 8, 7), "error", (8, 8, 8), "error", 1, (5, 8), "no", "yes"]
# %% wrong dot M09 sixteen for Dot
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 16, (5, 8), "no", "yes"]
# %% wrong swap_concatenate M12 the order of Concatenate does not matter
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "yes", "yes"]
# %% wrong swap_add M09 the order of Add matters
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "no", "no"]
# %% wrong add M09 sizes are added
answer = [16, 16, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% wrong concatenate M09 Concatenate as Add
answer = [8, 8, 8, (8, 8, 7), "error", (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% wrong add_channels M10 the larger size comes out
answer = [8, 16, 8, (8, 8, 7), (8, 8, 4), (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% wrong concatenate_channels unequal channels are refused
answer = [8, 16, 8, "error", "error", (16, 8, 4), "error", 1, (5, 8), "no", "yes"]
# %% wrong concatenate_sizes M08 sizes are made to fit
answer = [8, 16, 8, (8, 8, 7), "error", (16, 8, 4), (8, 8, 8), 1, (5, 8), "no", "yes"]
# %% wrong swap_add nothing is said about the swaps of Add
answer = {
    "add": 8,
    "concatenate": 16,
    "add_one": 8,
    "concatenate_channels": (8, 8, 7),
    "add_channels": "error",
    "concatenate_axis_1": (16, 8, 4),
    "concatenate_sizes": "error",
    "dot": 1,
    "add_row": (5, 8),
    "swap_concatenate": "no",
}
