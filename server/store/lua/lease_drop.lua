-- Stop conducting, unless an order came in after the last one decided.
-- KEYS lease head inbox
-- ARGV owner fence
-- RETURNS 1 when dropped or lost, 0 when there is work left
if redis.call('HGET', KEYS[2], 'fence') ~= ARGV[2] then
  return 1
end
local cursor = redis.call('HGET', KEYS[2], 'cursor') or '0-0'
if #redis.call('XRANGE', KEYS[3], '(' .. cursor, '+', 'COUNT', 1) > 0 then
  return 0
end
if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('DEL', KEYS[1])
end
return 1
