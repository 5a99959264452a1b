-- Finds who has a deadline behind them, in the rooms of one shard. Changes nothing.
--
-- KEYS: 1 sweep. The due sets that it leads to are in the same shard, thus in the same hash slot.
-- ARGV: 1 prefix of the due sets' keys, 2 how many rooms, 3 how many people a room
--
-- Returns a flat list: room, user ids, room, user ids ...
local clock = redis.call('TIME')
local now = string.format('%.0f', tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000))
local found = {}
for _, room in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[2])) do
  found[#found + 1] = room
  found[#found + 1] = redis.call('ZRANGEBYSCORE', ARGV[1] .. room, '-inf', now, 'LIMIT', 0, ARGV[3])
end
return found
