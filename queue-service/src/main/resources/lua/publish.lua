-- Announces lists, stays and events of a room in one step, if the caller is its owner or becomes it.
-- KEYS[1] hash room   KEYS[2] hash live: user id to {"stayId","enteredAt"}   KEYS[3] stream outbox   KEYS[4] zset dirty
-- ARGV[1] epoch   ARGV[2] generation   ARGV[3] replica   ARGV[4] lease (ms)   ARGV[5] revision the caller builds on
-- ARGV[6] position the lists tell of   ARGV[7] 1 if they differ from what was announced   ARGV[8] channel
-- ARGV[9] wake channel   ARGV[10] eventId:roomId   ARGV[11] ms until forgotten
-- ARGV[12] text to be replaced by the time (ms)   ARGV[13] text to be replaced by the new revision   ARGV[14] lists (JSON)
-- ARGV[15] number of people on stage, then so many pairs: user id, JSON
-- then the number of events, then so many triples: id, type, data (JSON), then the W3C trace context of their cause or "",
-- then the channel of news for other services
-- Answer: status, revision, published position, lists
local room = KEYS[1]
local m = redis.call('HMGET', room, 'epoch', 'generation', 'revision', 'published', 'owner', 'until', 'lists', 'n')
if m[1] ~= ARGV[1] or m[2] ~= ARGV[2] or tonumber(m[8]) < tonumber(ARGV[6]) then return {'OTHER_SCOPE', '0', '0', ''} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local function text(number) return string.format('%.0f', number) end
if m[5] and m[5] ~= ARGV[3] and tonumber(m[6]) > now then return {'NOT_OWNER', m[3], m[4], m[7] or ''} end
local revision, expected, position = tonumber(m[3]), tonumber(ARGV[5]), tonumber(ARGV[6])
if revision > expected or position < tonumber(m[4]) then return {'STALE', m[3], m[4], m[7] or ''} end
if m[5] ~= ARGV[3] then redis.call('HINCRBY', room, 'fence', 1) end
redis.call('HSET', room, 'owner', ARGV[3], 'until', text(now + tonumber(ARGV[4])), 'published', ARGV[6])

local nextRevision = expected + 1
if expected == 0 then nextRevision = now end
local function fill(json)
  return (string.gsub(string.gsub(json, ARGV[12], text(now)), ARGV[13], text(nextRevision)))
end
local lists = ''
-- A stored revision below the caller's was lost with the store: what the caller knows is given back.
if ARGV[7] == '1' or revision < expected then
  lists = fill(ARGV[14])
  redis.call('HSET', room, 'revision', text(nextRevision), 'lists', lists)
  redis.call('DEL', KEYS[2])
  revision = nextRevision
end
local at = 16
for _ = 1, tonumber(ARGV[15]) do
  if lists ~= '' then redis.call('HSET', KEYS[2], ARGV[at], fill(ARGV[at + 1])) end
  at = at + 2
end
local events = tonumber(ARGV[at])
at = at + 1
local trace, newsChannel = ARGV[at + 3 * events], ARGV[at + 3 * events + 1]
local news = {ARGV[10]}
for _ = 1, events do
  local seq = text(redis.call('HINCRBY', room, 'seq', 1))
  local data = fill(ARGV[at + 2])
  local fields = {'id', ARGV[at], 'type', ARGV[at + 1], 'room', ARGV[10], 'time', text(now), 'seq', seq, 'data', data}
  news[#news + 1] = ARGV[at + 1] .. '\n' .. seq .. '\n' .. data
  if trace ~= '' then
    fields[#fields + 1] = 'trace'
    fields[#fields + 1] = trace
  end
  redis.call('XADD', KEYS[3], '*', unpack(fields))
  at = at + 3
end
redis.call('PEXPIRE', room, ARGV[11])
redis.call('PEXPIRE', KEYS[2], ARGV[11])
if ARGV[6] == m[8] then redis.call('ZREM', KEYS[4], ARGV[10]) end
redis.call('PUBLISH', ARGV[8],
  table.concat({'announced', ARGV[10], m[1], m[2], text(revision) .. ' ' .. ARGV[6], lists}, '\n'))
if events > 0 then
  redis.call('PUBLISH', ARGV[9], ARGV[10])
  -- What is traced goes by Kafka alone, where its trace goes on.
  if trace == '' then redis.call('PUBLISH', newsChannel, table.concat(news, '\n')) end
end
return {'DONE', text(revision), ARGV[6], lists}
