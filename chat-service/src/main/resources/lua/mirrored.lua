-- Notes that a message's attributes say what was true at a version, and ends the lease.
-- KEYS[1] hash    the message's reactions
-- KEYS[2] zset    the shard's unmirrored messages
-- KEYS[3] string  the lease
-- ARGV[1] number  the version that was written
-- ARGV[2] number  how long to gather toggles before the next write, ms
-- ARGV[3] text    the message as a member of KEYS[2]
-- ARGV[4] text    the lease's owner
-- answers 1 if the message is mirrored, 0 if it stays due
local now = redis.call('TIME')
local millis = now[1] * 1000 + math.floor(now[2] / 1000)
local current = tonumber(redis.call('HGET', KEYS[1], 'v') or 0)
local unsure = tonumber(redis.call('HGET', KEYS[1], 'unsure') or 0)
local done = 1
-- Makes the message due. Somebody who was held up for longer than the lease comes here after a newer writer was done and took the
-- message out, and has put old content over theirs: it has to come back in. A message that is not loaded was forgotten, or waits
-- here already: it is put off, never put back.
local function due(at)
  if redis.call('HGET', KEYS[1], 'loaded') == '1' then
    redis.call('ZADD', KEYS[2], at, ARGV[3])
  else
    redis.call('ZADD', KEYS[2], 'XX', at, ARGV[3])
  end
end
if current ~= tonumber(ARGV[1]) then
  due(millis + ARGV[2])
  done = 0
elseif unsure > millis then
  -- A write that was given up may still arrive and undo this one: look again when it no longer can.
  due(unsure)
  done = 0
else
  redis.call('HDEL', KEYS[1], 'unsure')
  redis.call('ZREM', KEYS[2], ARGV[3])
end
if redis.call('GET', KEYS[3]) == ARGV[4] then
  redis.call('DEL', KEYS[3])
end
return done
