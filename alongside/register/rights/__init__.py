"""What she can ask for, what others ask about her, and what is shared without asking her."""
