-- Become the conductor of an event that nobody else conducts; a worker may take its own lease again.
-- KEYS lease head
-- ARGV owner lease_ms
-- RETURNS the new fence number, or 0 when somebody else conducts
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return redis.call('HINCRBY', KEYS[2], 'fence', 1)
