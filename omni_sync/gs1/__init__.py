"""What GS1 says a code is: application identifiers, element strings, Digital Link URIs. Pure: it asks no database."""
