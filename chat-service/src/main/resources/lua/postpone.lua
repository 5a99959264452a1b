-- Tries to mirror a message again later, and ends the lease.
-- KEYS as in mirrored.lua
-- ARGV[1] number  how long to wait, ms
-- ARGV[2] number  for how long a write that was given up may still arrive, ms; 0 if none can
-- ARGV[3] text    the message as a member of KEYS[2]
-- ARGV[4] text    the lease's owner
local now = redis.call('TIME')
local millis = now[1] * 1000 + math.floor(now[2] / 1000)
if redis.call('HGET', KEYS[1], 'loaded') == '1' then
  -- Also if a newer writer took the message out meanwhile, as in mirrored.lua: what was given up may arrive after theirs.
  redis.call('ZADD', KEYS[2], millis + ARGV[1], ARGV[3])
else
  redis.call('ZADD', KEYS[2], 'XX', millis + ARGV[1], ARGV[3])
end
if tonumber(ARGV[2]) > 0 and redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'unsure', millis + ARGV[2])
end
if redis.call('GET', KEYS[3]) == ARGV[4] then
  redis.call('DEL', KEYS[3])
end
return 1
