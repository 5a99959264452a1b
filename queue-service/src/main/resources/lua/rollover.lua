-- Begins the next generation of a room's document, if nothing was added after the position it was made at.
-- KEYS[1] hash room   KEYS[2] stream log   KEYS[3] string snapshot
-- ARGV[1] epoch  ARGV[2] generation  ARGV[3] position  ARGV[4] new document  ARGV[5] channel  ARGV[6] eventId:roomId
-- ARGV[7] ms until forgotten
-- Answer: 1 if done, 0 if something was added, -1 if another log or document is there now, or the end of this one is lost
local m = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'n')
if m[1] ~= ARGV[1] or m[2] ~= ARGV[2] or tonumber(m[3]) < tonumber(ARGV[3]) then return -1 end
if m[3] ~= ARGV[3] then return 0 end
redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[7])
local generation = redis.call('HINCRBY', KEYS[1], 'generation', 1)
redis.call('HSET', KEYS[1], 'snapshot', ARGV[3])
redis.call('XTRIM', KEYS[2], 'MAXLEN', '0')
redis.call('PUBLISH', ARGV[5], table.concat({'entry', ARGV[6], m[1], string.format('%.0f', generation), m[3], ''}, '\n'))
return 1
