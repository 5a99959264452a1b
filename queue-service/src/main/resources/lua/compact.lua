-- Replaces the log up to a position by a snapshot, unless a newer one is there.
-- KEYS[1] hash room   KEYS[2] stream log   KEYS[3] string snapshot
-- ARGV[1] epoch  ARGV[2] generation  ARGV[3] position  ARGV[4] snapshot  ARGV[5] ms until forgotten
-- Answer: 1 if done or not needed, -1 if another log or document is there now, or the end of this one is lost
local m = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'snapshot', 'n')
if m[1] ~= ARGV[1] or m[2] ~= ARGV[2] or tonumber(m[4]) < tonumber(ARGV[3]) then return -1 end
if tonumber(ARGV[3]) <= tonumber(m[3]) then return 1 end
redis.call('SET', KEYS[3], ARGV[4], 'PX', ARGV[5])
redis.call('HSET', KEYS[1], 'snapshot', ARGV[3])
redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f-0', ARGV[3] + 1))
return 1
