-- Put one order into the inbox, unless it is full or the order comes too late to be wanted.
-- KEYS inbox lease bell
-- ARGV order most not_after
-- RETURNS {entry id, whether somebody conducts}, or 'full', or 'late'
local time = redis.call('TIME')
local not_after = tonumber(ARGV[3])
if not_after > 0 and tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000 > not_after then
  -- The sender has been told that nothing was done: after a stall of Redis this keeps it true.
  return 'late'
end
local waiting = redis.call('XLEN', KEYS[1])
if waiting > tonumber(ARGV[2]) then
  return 'full'
end
local id = redis.call('XADD', KEYS[1], '*', 'o', ARGV[1])
if waiting <= 1 then
  -- Each commit leaves the entry at the cursor, so up to one means that the conductor may be asleep.
  redis.call('SPUBLISH', KEYS[3], '')
end
return {id, redis.call('EXISTS', KEYS[2])}
