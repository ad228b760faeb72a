"""Configurations of attention with heads."""

from keras import layers

from tests.math.verifying import Case, In

QUERY, VALUE, KEY = In((2, 4, 3)), In((2, 5, 2)), In((2, 5, 6))
LONG = In((2, 5, 3))
QUERY_MASK = In(given=[[1, 1, 0, 1], [1, 1, 1, 0]], dtype="bool")
VALUE_MASK = In(given=[[1, 0, 1, 0, 1], [1, 1, 1, 0, 0]], dtype="bool")
KEY_MASK = In(given=[[1, 1, 1, 0, 0], [0, 1, 1, 0, 1]], dtype="bool")
PAIRS = In((2, 4, 5), "bool")
CAUSAL, SCORES = {"use_causal_mask": True}, {"return_attention_scores": True}
MASKS = {"value_mask": VALUE_MASK, "key_mask": KEY_MASK}
LENGTHS = (
    "Keras tells the length of the query for both axes of the scores",
    "shape",
)
IGNORED = ("MultiHeadAttention ignores a query_mask that is given by hand", "value")
BOTH = {"query": QUERY_MASK, "value": VALUE_MASK}
HEADS = In((2, 2, 4, 5), "bool")
ROWS, COLUMNS = (
    (In((2, 3, 2, 4)), In((2, 5, 2, 4))),
    (In((2, 3, 2, 4)), In((2, 3, 5, 4))),
)
SMALL = (In((2, 3, 2)), In((2, 3, 2)))


def multi(what, inputs=(QUERY, VALUE), kwargs=None, training=False, **options):
    wrong, hidden = options.pop("wrong", None), options.pop("hidden", {})
    made = {"num_heads": 2, "key_dim": 3, **options}
    return Case(
        f"MultiHeadAttention {what}".strip(),
        lambda: layers.MultiHeadAttention(**made),
        inputs,
        kwargs or {},
        training,
        wrong,
        hidden,
    )


def grouped(what, inputs=(QUERY, LONG), kwargs=None, training=False, **options):
    made = {"head_dim": 2, "num_query_heads": 4, "num_key_value_heads": 2, **options}
    return Case(
        f"GroupQueryAttention {what}".strip(),
        lambda: layers.GroupQueryAttention(**made),
        inputs,
        kwargs or {},
        training,
    )


CASES = [
    multi(""),
    multi("itself", (QUERY, QUERY)),
    multi("key", (QUERY, VALUE, KEY)),
    multi("value_dim", value_dim=4),
    multi("output_shape", output_shape=5),
    multi("output_shape of two axes", output_shape=(5, 2)),
    multi("without bias", use_bias=False),
    multi("one head", num_heads=1),
    multi("causal", kwargs=CAUSAL),
    multi("causal scores", (QUERY, QUERY), {**CAUSAL, **SCORES}),
    multi("scores", (QUERY, QUERY), SCORES),
    multi("scores of other lengths", kwargs=SCORES, wrong=LENGTHS),
    multi("attention mask", kwargs={"attention_mask": PAIRS}),
    multi("attention mask and causal", kwargs={"attention_mask": PAIRS, **CAUSAL}),
    multi("attention mask of heads", kwargs={"attention_mask": HEADS}),
    multi("nothing seen", kwargs={"attention_mask": In(given=[[[0] * 5] * 4] * 2)}),
    multi(
        "nothing seen scores",
        (QUERY, QUERY),
        {"attention_mask": In(given=[[[0] * 4] * 4] * 2), **SCORES},
    ),
    multi("value mask", kwargs={"value_mask": VALUE_MASK}),
    multi("value and key mask", (QUERY, VALUE, KEY), MASKS),
    multi("query mask by hand", kwargs={"query_mask": QUERY_MASK}, wrong=IGNORED),
    multi("hidden mask of the query", hidden={"query": QUERY_MASK}),
    multi(
        "hidden mask of query and value",
        hidden={"query": QUERY_MASK, "value": VALUE_MASK},
    ),
    multi(
        "hidden masks causal",
        kwargs=CAUSAL,
        hidden={"query": QUERY_MASK, "value": VALUE_MASK},
    ),
    multi(
        "hidden masks scores",
        kwargs=SCORES,
        hidden={"query": QUERY_MASK},
        wrong=LENGTHS,
    ),
    multi("sliding window", sliding_window=2),
    multi("sliding window causal", kwargs=CAUSAL, sliding_window=2),
    multi("gate", use_gate=True, value_dim=4),
    multi("gate without bias", use_gate=True, use_bias=False),
    multi("of images", (In((2, 3, 2, 4)), In((2, 2, 3, 4)))),
    multi("along the first axis", ROWS, attention_axes=1),
    multi(
        "along the second axis",
        (In((2, 3, 2, 4)), In((2, 3, 5, 4))),
        attention_axes=(2,),
    ),
    multi("along a negative axis", COLUMNS, attention_axes=-2),
    multi("dropout at inference", dropout=0.5),
    multi("dropout in training", SMALL, training=True, dropout=0.5),
    multi("dropout in training scores", SMALL, {**SCORES, **CAUSAL}, True, dropout=0.3),
    multi("training without dropout", training=True),
    multi("half precision", dtype="mixed_float16"),
    grouped(""),
    grouped("itself", (QUERY, QUERY)),
    grouped("key", (QUERY, LONG, KEY)),
    grouped("one group", num_key_value_heads=1),
    grouped("as many groups as heads", num_key_value_heads=4),
    grouped("without bias", use_bias=False),
    grouped("causal", kwargs=CAUSAL),
    grouped("causal scores", kwargs={**CAUSAL, **SCORES}),
    grouped("scores", kwargs=SCORES),
    grouped("attention mask", kwargs={"attention_mask": PAIRS}),
    grouped("attention mask scores", kwargs={"attention_mask": PAIRS, **SCORES}),
    grouped("masks", kwargs={"query_mask": QUERY_MASK, **MASKS}),
    grouped("masks scores", kwargs={"query_mask": QUERY_MASK, **MASKS, **SCORES}),
    grouped("gate", use_gate=True),
    grouped("sliding window", sliding_window=2),
    grouped("sliding window causal", kwargs=CAUSAL, sliding_window=3),
    grouped("dropout at inference", dropout=0.5),
    grouped(
        "dropout in training", SMALL, training=True, dropout=0.5, num_query_heads=2
    ),
    grouped("training without dropout", training=True),
]
