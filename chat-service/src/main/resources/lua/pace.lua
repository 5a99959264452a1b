-- Gives out evenly spaced moments for actions, shared by all replicas (generic cell rate algorithm).
-- KEYS[1] string  the moment (epoch microseconds) from which the next action may happen
-- ARGV[1] number  actions a second
-- ARGV[2] number  how many may happen at once after a pause
-- ARGV[3] number  the longest acceptable wait, ms
-- answers how long to wait, ms; -1 - wait if that is too long, and then nothing is reserved
local now = redis.call('TIME')
local micros = now[1] * 1000000 + now[2]
local interval = 1000000 / ARGV[1]
local earliest = micros - interval * (ARGV[2] - 1)
local at = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), earliest)
local wait = math.max(0, math.ceil((at - micros) / 1000))
if wait > tonumber(ARGV[3]) then
  return -1 - wait
end
redis.call('SET', KEYS[1], string.format('%.0f', at + interval), 'PX', wait + 60000)
return wait
