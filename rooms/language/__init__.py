"""The words that cross borders: plain data, no behaviour, the lowest layer."""
