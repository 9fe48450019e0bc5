"""Follow-ups: something happened to a person, some time passed, and they hear of it once, if they want to.

A **trigger** is code: what happened, to whom, whether it is still so, and what a message about it is made of. A
**journey** is a row that a marketer edits: which trigger, how many steps, how long after, by which channels. A
**follow-up** is one step for one person and one occurrence: planned, decided once, and kept with its reason.
"""
