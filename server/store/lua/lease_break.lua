-- Free an event whose conductor's worker is known to be dead.
-- KEYS lease
-- ARGV owner
-- RETURNS 1 when it was that worker's, else 0
if redis.call('GET', KEYS[1]) == ARGV[1] then
  return redis.call('DEL', KEYS[1])
end
return 0
