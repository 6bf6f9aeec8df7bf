"""What may be read of requests, disclosures, looks and rights. One noun a file."""
