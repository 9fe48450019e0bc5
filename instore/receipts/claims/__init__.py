"""A purchase comes home: whoever holds its receipt adds it to an account, once; also before its sale has arrived."""
