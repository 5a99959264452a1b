-- Keeps a toggle of a message whose reactions are not loaded. Two toggles of the same person and emoji cancel each other out,
-- so what is kept is whether there was an odd number. If the reactions have been loaded meanwhile, nothing is done.
-- KEYS, ARGV[1..6] as in toggle.lua
-- answers what: PARKED, TOO_MANY or NOT_LOADED (they are loaded: toggle again)
if redis.call('HGET', KEYS[1], 'loaded') == '1' then
  return 'NOT_LOADED'
end
local field = 'p:' .. ARGV[1] .. '\n' .. ARGV[2]
if redis.call('HDEL', KEYS[1], field) == 0 then
  redis.call('HSET', KEYS[1], field, redis.call('HINCRBY', KEYS[1], 'v', 1))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
local now = redis.call('TIME')
local millis = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZADD', KEYS[2], 'NX', millis + ARGV[4], ARGV[6])
return 'PARKED'
