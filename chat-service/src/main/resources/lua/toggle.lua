-- Adds or takes back one person's reaction to a message.
-- KEYS[1] hash    the message's reactions, see RedisReactions
-- KEYS[2] zset    the shard's unmirrored messages, member to the time (epoch ms) from which they are due
-- ARGV[1] text    emoji
-- ARGV[2] text    user id
-- ARGV[3] number  how many different emojis a message may have
-- ARGV[4] number  how long to gather toggles before mirroring, ms
-- ARGV[5] number  how long to keep the reactions after the last toggle, ms
-- ARGV[6] text    the message as a member of KEYS[2]
-- answers {what, count}: what is ADDED, REMOVED, TOO_MANY or NOT_LOADED
if redis.call('HGET', KEYS[1], 'loaded') ~= '1' then
  return {'NOT_LOADED', 0}
end
local person = 'u:' .. ARGV[1] .. '\n' .. ARGV[2]
local total = 'c:' .. ARGV[1]
local what
local count
if redis.call('HDEL', KEYS[1], person) == 1 then
  what = 'REMOVED'
  count = redis.call('HINCRBY', KEYS[1], total, -1)
  if count <= 0 then
    redis.call('HDEL', KEYS[1], total)
    redis.call('HINCRBY', KEYS[1], 'n', -1)
  end
  redis.call('HINCRBY', KEYS[1], 'v', 1)
else
  if redis.call('HEXISTS', KEYS[1], total) == 0 then
    if tonumber(redis.call('HGET', KEYS[1], 'n') or 0) >= tonumber(ARGV[3]) then
      return {'TOO_MANY', 0}
    end
    redis.call('HINCRBY', KEYS[1], 'n', 1)
  end
  what = 'ADDED'
  count = redis.call('HINCRBY', KEYS[1], total, 1)
  redis.call('HSET', KEYS[1], person, redis.call('HINCRBY', KEYS[1], 'v', 1))
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
local now = redis.call('TIME')
local millis = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZADD', KEYS[2], 'NX', millis + ARGV[4], ARGV[6])
return {what, count}
