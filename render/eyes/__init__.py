"""Looking at drawn frames and at where everything stands: what a careful viewer would mind."""
