"""Music that is composed for a film: from mood, tempo and length to notes, and from notes to sound."""
