"""Rules that what is stored keeps. Each finds what breaks it; some can be put right from other rows.

All need an app context. A repair changes nothing that people wrote: only numbers that the log says better,
rows that refer to nothing, marks beyond the end.
"""
