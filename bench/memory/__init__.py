"""What memory keeps, what it costs, and what it lets through: one file per group of figures."""
