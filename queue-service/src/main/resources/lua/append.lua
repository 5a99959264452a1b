-- Adds an entry to a room's log and tells all replicas, in one step: whoever hears of it finds it in the log.
-- KEYS[1] hash room   KEYS[2] stream log   KEYS[3] string snapshot   KEYS[4] hash live
-- KEYS[5] zset dirty: rooms of this shard with entries that nobody has announced yet, by the time of the last entry (ms)
-- ARGV[1] epoch  ARGV[2] generation  ARGV[3] entry  ARGV[4] channel  ARGV[5] eventId:roomId  ARGV[6] ms until forgotten
-- ARGV[7] how far the caller has followed the log
-- Answer: the entry's number; -1 if another log or document is there now, or the end of this one is lost
local m = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'n')
if m[1] ~= ARGV[1] or m[2] ~= ARGV[2] or tonumber(m[3]) < tonumber(ARGV[7]) then return -1 end
local n = redis.call('HINCRBY', KEYS[1], 'n', 1)
redis.call('XADD', KEYS[2], string.format('%.0f-0', n), 'e', ARGV[3])
local time = redis.call('TIME')
redis.call('ZADD', KEYS[5], string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)), ARGV[5])
for i = 1, 4 do redis.call('PEXPIRE', KEYS[i], ARGV[6]) end
redis.call('PUBLISH', ARGV[4], table.concat({'entry', ARGV[5], m[1], m[2], string.format('%.0f', n), ARGV[3]}, '\n'))
return n
