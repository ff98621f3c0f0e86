"""Our server and its peers under the same load: `python -m bench`."""
