-- Make what one batch of orders decided come true: all of it, or nothing when somebody else conducts now.
-- KEYS head lease journal inbox channel
-- ARGV owner fence lease_ms seq cursor batch ...
-- RETURNS 1 when done, 0 when the lease is lost
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then
  return 0
end
local seq = tonumber(ARGV[4])
if tonumber(redis.call('HGET', KEYS[1], 'seq') or '0') ~= seq then
  return 0
end
for i = 7, #ARGV do
  seq = seq + 1
  redis.call('XADD', KEYS[3], string.format('%d-0', seq), 'e', ARGV[i])
end
redis.call('HSET', KEYS[1], 'seq', string.format('%d', seq), 'cursor', ARGV[5])
redis.call('XTRIM', KEYS[4], 'MINID', ARGV[5])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
redis.call('SPUBLISH', KEYS[5], ARGV[6])
return 1
