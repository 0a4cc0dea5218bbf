"""What scene code imports: a small vocabulary of films in pure standard library."""
