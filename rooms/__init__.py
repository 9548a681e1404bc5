"""What is true: the words, the rules, the matching and the media of an event. No delivery."""
