"""What a scorecard says of a repository, in Korean: tables by the id or the English, and the sentences made of them."""
