-- Notes that somebody came to a room or went, unless later news of them are known.
-- KEYS[1] hash presence: user id to when they came (positive) or went (negative), ms
-- KEYS[2] zset absent: "eventId:roomId userId" by when to look at them again, ms
-- ARGV[1] user id  ARGV[2] when, ms  ARGV[3] come or gone  ARGV[4] when to look, ms  ARGV[5] eventId:roomId userId
-- ARGV[6] ms until the room's people are forgotten
local at = tonumber(ARGV[2])
local known = math.abs(tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0'))
if known > at then return 0 end
if ARGV[3] == 'gone' then
  -- Coming and going in the same millisecond: whoever reloads a page is here.
  if known == at then return 0 end
  redis.call('HSET', KEYS[1], ARGV[1], '-' .. ARGV[2])
  redis.call('ZADD', KEYS[2], ARGV[4], ARGV[5])
else
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
  redis.call('ZREM', KEYS[2], ARGV[5])
end
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return 1
