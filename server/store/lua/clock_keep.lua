-- Go on with the time as it was: the clock of Redis was set, since nobody's heartbeat is near what it shows.
-- KEYS workers clock
-- ARGV expected turn seen prompt most
-- RETURNS 1 when done, 0 when somebody has beaten by that clock, or was first, or this came too late to be true
local time = redis.call('TIME')
local raw = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local behind = tonumber(redis.call('HGET', KEYS[2], 'behind') or '0')
if (redis.call('HGET', KEYS[2], 'turn') or '0') ~= ARGV[2] or math.abs(raw + behind - tonumber(ARGV[3])) > tonumber(ARGV[4]) then
  return 0
end
local now, most = raw + behind, tonumber(ARGV[5])
if redis.call('ZCOUNT', KEYS[1], string.format('%d', now - most), string.format('%d', now + most)) > 0 then
  return 0
end
redis.call('HSET', KEYS[2], 'behind', string.format('%d', tonumber(ARGV[1]) - raw))
redis.call('HINCRBY', KEYS[2], 'turn', 1)
return 1
