-- Loads a message's reactions from what its attributes say, unless they are loaded, and applies parked toggles.
-- KEYS[1] hash    the message's reactions
-- ARGV[1] json    list of {"e": emoji, "n": count, "u": [user ids in order]}
-- ARGV[2] number  how many different emojis a message may have; parked toggles beyond are dropped
-- ARGV[3] number  how long to keep the reactions, ms
-- answers 1 if it loaded them
if redis.call('HGET', KEYS[1], 'loaded') == '1' then
  return 0
end
local parked = {}
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  if string.sub(fields[i], 1, 2) == 'p:' then
    parked[#parked + 1] = {string.sub(fields[i], 3), tonumber(fields[i + 1])}
  end
end
table.sort(parked, function(a, b) return a[2] < b[2] end)
local version = tonumber(redis.call('HGET', KEYS[1], 'v') or 0)
redis.call('DEL', KEYS[1])
local different = 0
local function add(emoji, count)
  if redis.call('HEXISTS', KEYS[1], 'c:' .. emoji) == 0 then
    different = different + 1
  end
  redis.call('HINCRBY', KEYS[1], 'c:' .. emoji, count)
end
for _, reaction in ipairs(cjson.decode(ARGV[1])) do
  add(reaction.e, reaction.n)
  for _, user in ipairs(reaction.u) do
    version = version + 1
    redis.call('HSET', KEYS[1], 'u:' .. reaction.e .. '\n' .. user, version)
  end
end
for _, toggle in ipairs(parked) do
  local emoji = string.match(toggle[1], '^(.-)\n')
  version = version + 1
  if redis.call('HDEL', KEYS[1], 'u:' .. toggle[1]) == 1 then
    if redis.call('HINCRBY', KEYS[1], 'c:' .. emoji, -1) <= 0 then
      redis.call('HDEL', KEYS[1], 'c:' .. emoji)
      different = different - 1
    end
  elseif redis.call('HEXISTS', KEYS[1], 'c:' .. emoji) == 1 or different < tonumber(ARGV[2]) then
    add(emoji, 1)
    redis.call('HSET', KEYS[1], 'u:' .. toggle[1], version)
  end
end
redis.call('HSET', KEYS[1], 'loaded', '1', 'v', version, 'n', different)
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1
