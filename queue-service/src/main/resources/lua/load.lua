-- Everything that is stored of a room, which begins to exist if it did not.
-- KEYS[1] hash    room: epoch, generation, n (entries so far), snapshot (entry up to which it stands), seq, revision,
--                 published (entry up to which lists tell), lists (JSON), owner, until (ms), fence
-- KEYS[2] stream  log: entry number n has the id n-0 and one field e, the entry's bytes
-- KEYS[3] string  snapshot: one Yjs update
-- ARGV[1] epoch for a room that begins   ARGV[2] generation at least   ARGV[3] ms until an unused room is forgotten
-- ARGV[4] epoch of the log that the caller has followed, or ""   ARGV[5] how far
-- Answer: epoch, generation, n, revision, published, lists, snapshot, entries after the snapshot
local room, log, snapshot = KEYS[1], KEYS[2], KEYS[3]
local generation = math.max(1, tonumber(ARGV[2]))
local n = tonumber(redis.call('HGET', room, 'n') or '-1')
local time = redis.call('TIME')
-- Numbers that go on from the clock are larger than those that were lost, so consumers do not take them for old.
local seq = string.format('%.0f', time[1] * 1000)
if n == -1 then
  redis.call('DEL', log, snapshot)
  redis.call('HSET', room, 'epoch', ARGV[1], 'generation', generation, 'n', 0, 'snapshot', 0, 'seq', seq,
    'revision', 0, 'published', 0, 'fence', 0)
elseif n < tonumber(ARGV[5]) and redis.call('HGET', room, 'epoch') == ARGV[4] then
  -- The end of the log is lost, and with it perhaps numbers of events. All replicas load again and write down what they have.
  local last = math.max(tonumber(redis.call('HGET', room, 'seq')), tonumber(seq))
  redis.call('HSET', room, 'epoch', ARGV[1], 'seq', string.format('%.0f', last))
elseif n == 0 and tonumber(redis.call('HGET', room, 'generation')) < generation then
  redis.call('HSET', room, 'generation', generation)
end
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[3]) end
local m = redis.call('HMGET', room, 'epoch', 'generation', 'n', 'snapshot', 'revision', 'published', 'lists')
local entries = {}
for _, entry in ipairs(redis.call('XRANGE', log, string.format('%.0f-0', m[4] + 1), '+')) do
  entries[#entries + 1] = entry[2][2]
end
return {m[1], m[2], m[3], m[5], m[6], m[7] or '', redis.call('GET', snapshot) or '', entries}
