"""What is said to people by letter: written in the transaction that has the news, sent after it, each at most once.

Letters of service only: nobody is told of goods here.
"""
