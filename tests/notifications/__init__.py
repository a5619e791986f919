"""Every resident is told of every entry, over their targets in turn, or it shows that they can't be (promise 2)."""
