"""The document of a sale, the same numbers on every paper and page, and the claim that brings it home to an account."""
