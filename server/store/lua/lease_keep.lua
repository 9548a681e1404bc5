-- Prolong a lease for as long as nobody took a newer one, even if it had run out.
-- KEYS lease head
-- ARGV owner fence lease_ms
-- RETURNS 1 when kept, 0 when it is lost
if redis.call('HGET', KEYS[2], 'fence') ~= ARGV[2] then
  return 0
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return 1
