"""A load generator of clients that check what they get. It runs in a process of its own, without gevent.

`flask fastim loadtest run` starts it, and the bench uses its connections.
"""
