"""What happens to people that a message may follow, and what it is made of: each module is one trigger.

What a trigger finds, and what has become of it since, is said in SQL over whole sets: nobody is asked one by one.
"""
