"""What each noun's seam does with its rows, inside one transaction."""
