"""Credit vouchers: money that the retailer owes whoever holds one. No discount codes; those are Oscar's."""
