-- Claim one dead worker for a while: the first to ask sees its people off, the next may try if that takes too long.
-- KEYS workers clock
-- ARGV dead_ms expected most
-- RETURNS the worker, or nothing
local time = redis.call('TIME')
local behind = tonumber(redis.call('HGET', KEYS[2], 'behind') or '0')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + behind
if math.abs(now - tonumber(ARGV[2])) > tonumber(ARGV[3]) then
  return false  -- one of the two clocks was set: who is silent is not known before the next heartbeat
end
local dead = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now - tonumber(ARGV[1])), 'LIMIT', 0, 1)
if not dead[1] then
  return false
end
redis.call('ZADD', KEYS[1], string.format('%d', now), dead[1])
return dead[1]
