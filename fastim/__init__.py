"""FastIM: a self-hosted instant-messaging server on Flask and gevent."""

__version__ = "0.1.0"
