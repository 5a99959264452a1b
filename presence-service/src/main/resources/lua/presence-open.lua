-- Reads a room in one step: its place, its state, its last changes. Begins the room if it is unknown.
--
-- KEYS: 1 meta, 2 people, 3 due, 4 stage, 5 pins, 6 facts, 7 seqs, 8 log, 9 sweep, as in presence-apply.lua
-- ARGV: 1 room, 2 fresh epoch, or "" to leave an unknown room alone, 3 removal after ms, 4 how many changes, 5 how many people
--
-- Returns { epoch, version, chain, online, away, offline, people, stage, pins, facts, seqs, log }, an empty list if unknown.
-- People are false if there are more of them than asked for: then they are to be read by page.

local meta = redis.call('HMGET', KEYS[1], 'epoch', 'version', 'chain', 'online', 'away', 'offline')
if not meta[1] then
  if ARGV[2] == '' then return {} end
  local clock = redis.call('TIME')
  local deadline = string.format('%.0f', tonumber(clock[1]) * 1000 + tonumber(ARGV[3]))
  meta = { ARGV[2], '0', '', '0', '0', '0' }
  redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'version', 0, 'chain', '', 'online', 0, 'away', 0, 'offline', 0,
    'events', clock[1] .. string.format('%06d', tonumber(clock[2])))
  redis.call('ZADD', KEYS[3], deadline, '')
  redis.call('ZADD', KEYS[9], 'LT', deadline, ARGV[1])
end
meta[#meta + 1] = redis.call('HLEN', KEYS[2]) <= tonumber(ARGV[5]) and redis.call('HGETALL', KEYS[2])
for key = 4, 7 do
  meta[#meta + 1] = redis.call('HGETALL', KEYS[key])
end
local log = redis.call('XREVRANGE', KEYS[8], '+', '-', 'COUNT', ARGV[4])
meta[#meta + 1] = log
return meta
