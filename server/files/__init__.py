"""Files that people bring or take away: rosters, tables, contact cards, calendar entries. Bytes in, bytes out."""
