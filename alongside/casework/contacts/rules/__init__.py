"""What is right and what follows, without a framework. One subject a file."""
