"""The entry for gunicorn and `flask run`: gevent patches first, so both run one concurrency model."""

from gevent import monkey

monkey.patch_all()

from fastim.app import create_app

app = create_app()
