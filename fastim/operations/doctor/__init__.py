"""Everything around FastIM that has to be right for it to run well: each a line, with a cure.

Nothing here changes anything, but for a file that is written into the storage, read and removed again.
"""
