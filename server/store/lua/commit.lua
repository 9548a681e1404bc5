-- Make what one batch of orders decided come true: all of it, or nothing when somebody else conducts now.
-- KEYS head lease journal inbox channel
-- ARGV owner fence lease_ms seq last cursor batch
-- RETURNS 1 when done, 0 when the lease is lost
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[2] then
  return 0
end
if (redis.call('HGET', KEYS[1], 'seq') or '0') ~= ARGV[4] then
  return 0
end
if ARGV[5] ~= ARGV[4] then
  -- One row however many entries: a round of ten thousand is written down and told within a few milliseconds.
  redis.call('XADD', KEYS[3], ARGV[5] .. '-0', 'b', ARGV[7])
end
redis.call('HSET', KEYS[1], 'seq', ARGV[5], 'cursor', ARGV[6])
redis.call('XTRIM', KEYS[4], 'MINID', ARGV[6])
redis.call('SET', KEYS[2], ARGV[1], 'PX', ARGV[3])
redis.call('SPUBLISH', KEYS[5], ARGV[7])
return 1
