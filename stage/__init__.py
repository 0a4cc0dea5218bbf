"""What scene code imports: the vocabulary of a film, in pure standard library."""
