"""What could an ordered query be made of? Five answers, trained alike, on a leave-last-out validation row of each user.

python bench/ordered-variants.py DIR VARIANT (pip install jax): DIR holds user_item_interactions.csv.

fixed      two tables under the kernels 1/a and e^(-(a-1)/2), as in src/core/model/query.ts
learned    the kernels are parameters, one number for each age
columns    the kernels are parameters, one number for each age and column
attention  fixed, and one head of attention over the history, asked by the fixed query
network    fixed, passed through z + relu(z W) V, as in src/core/model/query-head.ts

Prints Recall@10 and NDCG@10 at the best weight of popularity, and beside the transitions of src/core/neighbours/transitions.ts.
Width 64, 15 epochs of at most 30 positions of a user, 1,024 negatives drawn by popularity^.5, no features: a comparison of
queries, simpler than the product.
"""
import csv
import sys
import time

import jax
import jax.numpy as jnp
import numpy as np

WIDTH, REACH, TAU, EPOCHS, BATCH, NEGATIVES, POSITIONS, RATE = 64, 50, 0.1, 15, 512, 1024, 30, 0.02
folder, variant = sys.argv[1:3]
random = np.random.default_rng(0)
ages = np.arange(1, REACH + 1)
KERNELS = [(1 / ages)[:, None], np.exp(-0.5 * (ages - 1))[:, None]]


def histories():
    """Of every user with at least four items their indices in order, each at its first time; and the number of items."""
    with open(f"{folder}/user_item_interactions.csv") as file:
        rows = sorted(
            (int(row["user_id"]), int(row["timestamp"]), int(row["interaction_id"]), int(row["item_id"]))
            for row in csv.DictReader(file)
        )
    items, of_user = {}, {}
    for user, _, _, item in rows:
        of_user.setdefault(user, {}).setdefault(items.setdefault(item, len(items)))
    return [np.array(list(own), np.int32) for own in of_user.values() if len(own) >= 4], len(items)


sequences, ITEMS = histories()
train = [sequence[:-2] for sequence in sequences]
target = np.array([sequence[-2] for sequence in sequences])
USERS = len(train)
lengths = np.array([len(own) for own in train])
offsets = np.concatenate([[0], np.cumsum(lengths)])
flat = np.concatenate(train)
popularity = np.bincount(flat, minlength=ITEMS).astype(float)
has = np.zeros((USERS, ITEMS), bool)
has[np.repeat(np.arange(USERS), lengths), flat] = True


def initial():
    normal = lambda *shape: random.normal(0, 1, shape).astype(np.float32)
    parameters = {"item": 0.01 * normal(ITEMS + 1, WIDTH), "recent": 0.01 * normal(ITEMS + 1, WIDTH)}
    if variant in ("learned", "columns"):
        columns = WIDTH if variant == "columns" else 1
        parameters["kernels"] = np.stack([np.repeat(kernel, columns, 1) for kernel in KERNELS]).astype(np.float32)
    if variant == "attention":
        parameters["ask"] = normal(WIDTH, 32) / WIDTH**0.5
        parameters["key"] = normal(WIDTH, 32) / WIDTH**0.5
        parameters["age"] = -np.log(ages).astype(np.float32)
        parameters["value"] = np.zeros((WIDTH, WIDTH), np.float32)
    if variant == "network":
        parameters["hidden"] = normal(WIDTH, 2 * WIDTH) / WIDTH**0.5
        parameters["output"] = np.zeros((2 * WIDTH, WIDTH), np.float32)
    return {name: jnp.array(values) for name, values in parameters.items()}


def unit(z):
    return z / jnp.sqrt((z * z).sum(-1, keepdims=True) + 1e-12)


def query(p, history, known):
    """(B, WIDTH) from the latest items (B, REACH), last first; `known` is 0 beyond the first."""
    kernels = p.get("kernels", [jnp.array(kernel, jnp.float32) for kernel in KERNELS])
    q = 0
    for table, kernel, fixed in zip(("item", "recent"), kernels, KERNELS):
        sums = (p[table][history] * (kernel * known[:, :, None])).sum(1)
        q = q + sums / jnp.sqrt(known @ jnp.array(fixed, jnp.float32))
    if "value" in p:
        seen = p["recent"][history]
        asked = jnp.einsum("bh,blh->bl", unit(q) @ p["ask"], unit(seen) @ p["key"]) * 4 + p["age"]
        shares = jax.nn.softmax(jnp.where(known > 0, asked, -1e9), 1)
        q = q + jnp.einsum("bl,bld->bd", shares, seen) @ p["value"]
    if "hidden" in p:
        z = unit(q)
        q = z + jax.nn.relu(z @ p["hidden"]) @ p["output"]
    return unit(q)


def loss(p, history, known, positive, negatives, masked, weights):
    q = query(p, history, known)
    here = (q * unit(p["item"][positive])).sum(1) / TAU
    there = jnp.where(masked, -1e9, q @ unit(p["item"][negatives]).T / TAU)
    return (weights * (jnp.logaddexp(here, jax.nn.logsumexp(there, axis=1)) - here)).sum()


@jax.jit
def adam(p, state, rate, *batch):
    """Rows of the tables that the batch does not touch stay as they are, and count their own steps."""
    gradients = jax.grad(loss)(p, *batch)
    new, after = {}, {}
    for name, g in gradients.items():
        m, v, steps = state[name]
        is_table = name in ("item", "recent")
        touched = jnp.abs(g).sum(1, keepdims=True) > 0 if is_table else jnp.array(True)
        steps = steps + touched
        m = jnp.where(touched, 0.9 * m + 0.1 * g, m)
        v = jnp.where(touched, 0.99 * v + 0.01 * g * g, v)
        own = rate * (0.1 if name in ("hidden", "output") else 1)
        n = jnp.maximum(steps, 1)
        move = own * (m / (1 - 0.9**n)) / (jnp.sqrt(v / (1 - 0.99**n)) + 1e-8)
        new[name], after[name] = p[name] - jnp.where(touched, move, 0), (m, v, steps)
    return new, after


def asked(users, places):
    """The latest items before a place of each user's history."""
    at = offsets[users][:, None] + places[:, None] - ages[None]
    known = ages[None] <= places[:, None]
    return np.where(known, flat[np.maximum(at, 0)], ITEMS).astype(np.int32), known.astype(np.float32)


def epoch():
    drawn = [np.arange(1, n) if n - 1 <= POSITIONS else random.choice(n - 1, POSITIONS, False) + 1 for n in lengths]
    users = np.repeat(np.arange(USERS), [len(places) for places in drawn])
    order = random.permutation(len(users))
    return users[order], np.concatenate(drawn)[order]


def figures(scores):
    own = scores[np.arange(USERS), target][:, None]
    rank = ((scores > own) & ~has).sum(1)
    return (rank < 10).mean(), np.where(rank < 10, 1 / np.log2(rank + 2), 0).mean()


def transitions():
    """(USERS, ITEMS) log(1 + evidence / (.3 mean evidence)) of what follows the latest items."""
    counts = np.zeros((ITEMS, ITEMS), np.float32)
    for k in range(1, 11):
        pairs = [(own[:-k], own[k:]) for own in train if len(own) > k]
        np.add.at(counts, tuple(np.concatenate(side) for side in zip(*pairs)), np.exp(-0.2 * (k - 1)))
    rows, columns = (np.maximum(counts.sum(axis), 1e-9) for axis in (1, 0))
    counts /= rows[:, None] ** 0.5 * columns[None] ** 0.25
    evidence = np.zeros((USERS, ITEMS), np.float32)
    for user, own in enumerate(train):
        latest = own[::-1][:20]
        evidence[user] = (1 / np.arange(1, len(latest) + 1)) @ counts[latest]
    return np.log1p(evidence / (0.3 * evidence.mean(1, keepdims=True)))


started = time.time()
p = initial()
state = {
    name: (jnp.zeros_like(x), jnp.zeros_like(x), jnp.zeros((len(x), 1) if name in ("item", "recent") else ()))
    for name, x in p.items()
}
share = np.cumsum(popularity**0.5 / (popularity**0.5).sum())
weight_of = np.clip(lengths - 1, 1, POSITIONS) ** -0.5
steps = EPOCHS * (len(epoch()[0]) // BATCH)
step = 0
for _ in range(EPOCHS):
    users, places = epoch()
    for start in range(0, len(users) // BATCH * BATCH, BATCH):
        u, at = users[start : start + BATCH], places[start : start + BATCH]
        drawn = np.unique(np.searchsorted(share, random.random(NEGATIVES)).clip(0, ITEMS - 1))
        negatives = np.concatenate([drawn, np.full(NEGATIVES - len(drawn), ITEMS)]).astype(np.int32)
        masked = np.ones((BATCH, NEGATIVES), bool)
        masked[:, : len(drawn)] = has[u][:, drawn]
        weights = (weight_of[u] / weight_of[u].sum()).astype(np.float32)
        batch = (*asked(u, at), flat[offsets[u] + at], negatives, masked, weights)
        p, state = adam(p, state, RATE * (1 - step / steps), *batch)
        step += 1
seconds = time.time() - started

score = jax.jit(lambda p, history, known: query(p, history, known) @ unit(p["item"][:ITEMS]).T / TAU)
blocks = np.array_split(np.arange(USERS), USERS // 500 + 1)
scores = np.concatenate([np.asarray(score(p, *asked(users, lengths[users]))) for users in blocks])
prior = np.log1p(popularity).astype(np.float32)
best = lambda tried: max(tried, key=lambda figure: figure[1])
alone = best(figures(scores + beta * prior) for beta in (0, 0.1, 0.2, 0.3, 0.5, 0.7))
evidence = transitions()
beside = best(
    figures(scores + weight * evidence + beta * prior) for weight in (0.3, 0.6, 1, 1.5, 2, 3, 4) for beta in (0, 0.2)
)
print(f"{variant:10} alone {alone[0]:.4f} / {alone[1]:.4f}, with transitions {beside[0]:.4f} / {beside[1]:.4f}, {seconds:.0f} s")
