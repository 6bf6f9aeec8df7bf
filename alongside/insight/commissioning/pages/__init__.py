"""Pages of plans, questions, templates, and returns made elsewhere."""
