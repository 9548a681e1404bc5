-- Note that a worker lives, on the clock of Redis.
-- KEYS workers
-- ARGV worker
-- RETURNS {now in ms, 1 if it was known before}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local known = redis.call('ZSCORE', KEYS[1], ARGV[1]) and 1 or 0
redis.call('ZADD', KEYS[1], string.format('%d', now), ARGV[1])
return {now, known}
