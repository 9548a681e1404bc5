-- Become the conductor of an event that nobody else conducts; a worker may take its own lease again.
-- KEYS lease head
-- ARGV owner lease_ms
-- RETURNS the new fence number, or 0 when somebody else conducts
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
-- At least the time: a replica that takes over may not know the last number given out, and must not give it again.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local fence = math.max(now, tonumber(redis.call('HGET', KEYS[2], 'fence') or '0') + 1)
redis.call('HSET', KEYS[2], 'fence', string.format('%d', fence))
return fence
