-- Note that a worker lives, by the time all workers share: the clock of Redis, and what it was set wrong by since.
-- KEYS workers clock
-- ARGV worker expected turn most
-- RETURNS {now in ms, 1 if it was known before, turn, ms which the clock of Redis is behind, 1 if nothing was noted}
local time = redis.call('TIME')
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2])  -- nobody is left who would be surprised: the clock of Redis is right
end
local behind = tonumber(redis.call('HGET', KEYS[2], 'behind') or '0')
local turn = redis.call('HGET', KEYS[2], 'turn') or '0'
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000) + behind
local known = redis.call('ZSCORE', KEYS[1], ARGV[1]) and 1 or 0
local expected = tonumber(ARGV[2])
if expected > 0 and turn == ARGV[3] and math.abs(now - expected) > tonumber(ARGV[4]) then
  return {now, known, tonumber(turn), behind, 1}
end
redis.call('ZADD', KEYS[1], string.format('%d', now), ARGV[1])
return {now, known, tonumber(turn), behind, 0}
