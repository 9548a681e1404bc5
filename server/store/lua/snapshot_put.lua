-- Keep the state as it is now, and let go of the journal before a number nobody needs any more.
-- KEYS head snapshot journal
-- ARGV fence state keep_from seq
-- RETURNS 1 when kept, 0 when somebody else conducts now
if redis.call('HGET', KEYS[1], 'fence') ~= ARGV[1] then
  return 0
end
redis.call('SET', KEYS[2], ARGV[2])
redis.call('HSETNX', KEYS[1], 'seq', ARGV[4])
redis.call('XTRIM', KEYS[3], 'MINID', ARGV[3])
return 1
