"""How many of each part a number of people needs, how long messages wait there, and what one failure does.

    python -m bench.simulate                       # one million users
    python -m bench.simulate --users 100000000
    python -m bench.simulate mine.toml --json      # own numbers; `--show` prints all of them as TOML

The needs are arithmetic. The waits are a simulation of queues with a fixed seed: messages come at random to
conversations of which few are busy (Zipf), and each part is the busiest of its kind: a chat process, a
Redis shard, a database shard that commits whatever came during the last commit. Then one of each fails.
"""
