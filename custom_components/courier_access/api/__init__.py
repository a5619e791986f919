"""What people can ask and do, and what each of them may see."""
