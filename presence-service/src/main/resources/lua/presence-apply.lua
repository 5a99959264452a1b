-- Applies a batch of operations to a room in one step: at most one new version, one entry in the log, one message.
--
-- KEYS (all of one shard, thus of one hash slot)
--  1 meta     hash    epoch, version, chain, online, away, offline, events (last event sequence), batch:<node> (last number)
--  2 people   hash    user id -> {"name":..,"role":..,"status":..,"since":..}, exactly in that form
--  3 sockets  hash    user id -> open sockets, as connection~node~status~openedAt joined by ";", oldest first
--  4 due      zset    user id -> when to look at them again, epoch ms; the empty id is the room itself
--  5 stage    hash    user id -> {"stayId":..,"enteredAt":..}
--  6 pins     hash    track sid -> {"userId":..,"by":..,"at":..}
--  7 facts    hash    recording, queue, chat -> JSON; recordingId
--  8 seqs     hash    subject -> sequence of the newest event taken
--  9 log      stream  <version>-0 -> p (chain before), c (chain), d (change); bounded
-- 10 sweep    zset    of the shard: room -> its earliest deadline
-- 11 fenced   zset    of the shard: node -> when it was given up
-- 12 outbox   stream  of the shard: events for Kafka
--
-- ARGV: 1 room, 2 channel of the shard, 3 node or "", 4 batch number, 5 known epoch or "", 6 known version, 7 known chain,
--  8 fresh epoch, "" to leave an unknown room alone, 9 "1" to begin a new epoch if data was lost, 10 operations (JSON), 11 sockets per person,
--  12 removal after ms, 13 log length, 14 event ids: first 24 characters, 15 the number behind them, 16 wake channel, 17 number of the
--  last batch of the node that was acknowledged, 0 for none, 18 W3C trace context of the cause or ""
--
-- Returns { outcome, epoch, version, chain, chain before, change or "", evicted connections joined by "," }

local META, PEOPLE, SOCKETS, DUE, STAGE, PINS, FACTS, SEQS, LOG, SWEEP, FENCED, OUTBOX = unpack(KEYS)
local room, channel, node, number = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local knownEpoch, knownVersion, knownChain = ARGV[5], tonumber(ARGV[6]), ARGV[7]
local maxSockets, removeAfter = tonumber(ARGV[11]), tonumber(ARGV[12])
local trace = ARGV[18] or ''
local RECOVERY_GRACE = 10000

local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local function int(value) return string.format('%.0f', value) end

if node ~= '' and redis.call('ZSCORE', FENCED, node) then return { 'FENCED' } end

local meta = redis.call('HMGET', META, 'epoch', 'version', 'chain', 'batch:' .. node)
local epoch, version, chain = meta[1], tonumber(meta[2] or '0'), meta[3] or ''

local function begin(from)
  epoch, version, chain = ARGV[8], from, ''
  redis.call('HSET', META, 'epoch', epoch, 'version', int(version), 'chain', chain, 'online', 0, 'away', 0, 'offline', 0)
  -- Grows even if all is lost, or the last of it, because the clock does.
  local last = redis.call('HGET', META, 'events')
  local fresh = clock[1] .. string.format('%06d', tonumber(clock[2]))
  if not last or tonumber(last) < tonumber(fresh) then redis.call('HSET', META, 'events', fresh) end
  redis.call('ZADD', DUE, int(now + removeAfter), '')
  redis.call('ZADD', SWEEP, 'LT', int(now + removeAfter), room)
end

if not epoch then
  if ARGV[8] == '' then
    redis.call('ZREM', SWEEP, room)
    return { 'OK', '', '0', '', '', '', '' }
  end
  if knownEpoch ~= '' and ARGV[9] ~= '1' then return { 'LOST' } end
  begin(knownEpoch == '' and 0 or knownVersion)
elseif knownEpoch ~= '' and knownEpoch < epoch then
  return { 'OTHER_EPOCH', epoch, int(version), chain }
elseif knownEpoch > epoch or tonumber(meta[4] or '0') < tonumber(ARGV[17]) or (knownEpoch ~= '' and (version < knownVersion or (version == knownVersion and chain ~= knownChain))) then
  -- Epochs sort by time: an older one than the caller knows, or less of the same, means that old data came back.
  -- So does a lost batch of the caller's, even if nobody saw anything of it.
  if ARGV[9] ~= '1' then return { 'LOST' } end
  redis.call('DEL', PEOPLE, SOCKETS, DUE, STAGE, PINS, FACTS, SEQS, LOG)
  begin(knownVersion)
elseif node ~= '' and meta[4] and number <= tonumber(meta[4]) then
  return { 'STALE', epoch, int(version), chain }
end
if node ~= '' then redis.call('HSET', META, 'batch:' .. node, int(number)) end

-- What the batch changes; false stands for "gone".
local rows, before, deadlines, reasons, restored = {}, {}, {}, {}, {}
local stage, pins, facts, seqs, evicted = {}, {}, {}, {}, {}

local function row(user)
  if rows[user] == nil then
    before[user] = redis.call('HGET', PEOPLE, user)
    rows[user] = before[user]
  end
  return rows[user]
end

local function parse(text)
  return string.match(text, '^{"name":(".*"),"role":"(%a+)","status":"(%a+)","since":(%d+)}$')
end

local function setRow(user, name, role, status)
  local old = row(user)
  local since = int(now)
  if old then
    local oldName, oldRole, oldStatus, oldSince = parse(old)
    name, role = name or oldName, role or oldRole
    if oldStatus == status then since = oldSince end
  end
  rows[user] = '{"name":' .. name .. ',"role":"' .. role .. '","status":"' .. status .. '","since":' .. since .. '}'
end

local function socketsOf(user)
  local list, stored = {}, redis.call('HGET', SOCKETS, user)
  if stored then
    for id, owner, status, opened in string.gmatch(stored, '([^~;]+)~([^~;]+)~([^~;]+)~([^~;]+)') do
      list[#list + 1] = { id = id, node = owner, status = status, opened = tonumber(opened) }
    end
  end
  return list
end

local function keepSockets(user, list)
  if #list == 0 then redis.call('HDEL', SOCKETS, user) return end
  local parts = {}
  for i, s in ipairs(list) do parts[i] = s.id .. '~' .. s.node .. '~' .. s.status .. '~' .. int(s.opened) end
  redis.call('HSET', SOCKETS, user, table.concat(parts, ';'))
end

local function best(list)
  for _, s in ipairs(list) do if s.status == 'online' then return 'online' end end
  return 'away'
end

local function goOffline(user, reason)
  setRow(user, nil, nil, 'offline')
  reasons[user] = reason
  deadlines[user] = now + removeAfter
end

local function present(user)
  local text = row(user)
  if not text then return false end
  local _, _, status = parse(text)
  return status ~= 'offline'
end

-- Takes an event's sequence if it is the newest of its subject.
local function newer(subject, sequence)
  local last = seqs[subject] or redis.call('HGET', SEQS, subject)
  if last and tonumber(sequence) <= tonumber(last) then return false end
  seqs[subject] = sequence
  return true
end

-- Notes a change of a hash if it is one.
local function put(changes, key, field, value)
  local old = changes[field]
  if old == nil then old = redis.call('HGET', key, field) end
  if old ~= value then changes[field] = value end
end

local function pinOf(sid)
  if pins[sid] ~= nil then return pins[sid] end
  return redis.call('HGET', PINS, sid)
end

local apply = {}

function apply.here(op)
  local list, found = socketsOf(op.u), nil
  for _, s in ipairs(list) do if s.id == op.c then found = s end end
  if found then
    found.node, found.status = node, op.s
  else
    list[#list + 1] = { id = op.c, node = node, status = op.s, opened = op.o }
    table.sort(list, function(a, b) return a.opened < b.opened end)
    while #list > maxSockets do evicted[#evicted + 1] = table.remove(list, 1).id end
  end
  keepSockets(op.u, list)
  setRow(op.u, op.n, op.r, best(list))
  deadlines[op.u] = false
end

function apply.gone(op)
  local list, owner = socketsOf(op.u), op.k ~= '' and op.k or node
  for i, s in ipairs(list) do
    if s.id == op.c and s.node == owner then
      table.remove(list, i)
      keepSockets(op.u, list)
      if #list > 0 then
        setRow(op.u, nil, nil, best(list))
      elseif op.g > 0 then
        deadlines[op.u] = now + op.g
      else
        goOffline(op.u, 'left')
      end
      return
    end
  end
end

local function expireRoom()
  if redis.call('HLEN', PEOPLE) > 0 or next(rows) then
    deadlines[''] = now + removeAfter
    return
  end
  redis.call('DEL', META, PEOPLE, SOCKETS, DUE, STAGE, PINS, FACTS, SEQS, LOG)
  redis.call('ZREM', SWEEP, room)
  return true
end

function apply.expire(op)
  local due = redis.call('ZSCORE', DUE, op.u)
  if not due or tonumber(due) > now or deadlines[op.u] ~= nil then return end
  if op.u == '' then return expireRoom() end
  if redis.call('HEXISTS', SOCKETS, op.u) == 1 or not row(op.u) then
    deadlines[op.u] = false
  elseif present(op.u) then
    goOffline(op.u, 'lost')
  else
    rows[op.u] = false
    deadlines[op.u] = false
  end
end

function apply.pin(op)
  local old = pinOf(op.t)
  local prefix = '{"userId":"' .. op.u .. '",'
  if old and string.sub(old, 1, #prefix) == prefix then return end
  pins[op.t] = prefix .. '"by":"' .. op.b .. '","at":' .. int(now) .. '}'
end

function apply.unpin(op)
  put(pins, PINS, op.t, false)
end

function apply.unpinOf(op)
  -- Stored pins and those this very batch has set.
  local sids = {}
  for _, sid in ipairs(redis.call('HKEYS', PINS)) do sids[sid] = true end
  for sid in pairs(pins) do sids[sid] = true end
  for sid in pairs(sids) do
    local user, at = string.match(pinOf(sid) or '', '^{"userId":"([^"]*)".*"at":(%d+)}$')
    if user == op.u and tonumber(at) <= op.until_ then pins[sid] = false end
  end
end

function apply.enter(op) if newer('stage:' .. op.u, op.q) then put(stage, STAGE, op.u, op.v) end end
function apply.exit(op) if newer('stage:' .. op.u, op.q) then put(stage, STAGE, op.u, false) end end
function apply.queue(op) if newer('queue', op.q) then put(facts, FACTS, 'queue', op.v) end end
function apply.chat(op) if newer('chat', op.q) then put(facts, FACTS, 'chat', op.v) end end

-- Ids sort by time: what is still heard of an older recording must not hide the one that is running.
function apply.recording(op)
  local shown = facts.recordingId or redis.call('HGET', FACTS, 'recordingId')
  if (shown and op.i < shown) or not newer('recording', op.q) then return end
  facts.recordingId = op.i
  put(facts, FACTS, 'recording', op.v)
end

function apply.restorePerson(op)
  if row(op.u) then return end
  rows[op.u] = op.v
  restored[op.u] = true
  deadlines[op.u] = now + (present(op.u) and RECOVERY_GRACE or removeAfter)
end

function apply.restorePin(op) if not pinOf(op.t) then pins[op.t] = op.v end end
function apply.restoreSeq(op) newer(op.s, op.q) end

for _, op in ipairs(cjson.decode(ARGV[10])) do
  if apply[op.t_](op) then return { 'OK', '', '0', '', '', '', '' } end
end

-- Write what changed, and say it: as a change for replicas, as events for other systems.
local parts, events, counts = {}, {}, { online = 0, away = 0, offline = 0 }
local firstId, lastSeq = tonumber(ARGV[15]), redis.call('HGET', META, 'events')
local eventSeq = tonumber(lastSeq)
local ids = 0
local colon = string.find(room, ':', 1, true)
local where = '{"eventId":"' .. string.sub(room, 1, colon - 1) .. '","roomId":"' .. string.sub(room, colon + 1) .. '","userId":"'

local function emit(kind, fields)
  eventSeq = eventSeq + 1
  local entry = { 'id', ARGV[14] .. string.format('%012x', firstId + ids),
    'type', 'com.eventuall.' .. kind .. '.v1', 'room', room, 'time', int(now), 'seq', int(eventSeq), 'data', where .. fields .. '}' }
  if trace ~= '' then
    entry[#entry + 1] = 'trace'
    entry[#entry + 1] = trace
  end
  redis.call('XADD', OUTBOX, '*', unpack(entry))
  ids = ids + 1
end

local function objectOf(name, entries)
  if #entries > 0 then parts[#parts + 1] = '"' .. name .. '":{' .. table.concat(entries, ',') .. '}' end
end

local people = {}
for user, text in pairs(rows) do
  local old = before[user]
  if text ~= old then
    people[#people + 1] = '"' .. user .. '":' .. (text or 'null')
    if text then redis.call('HSET', PEOPLE, user, text) else redis.call('HDEL', PEOPLE, user) end
    local name, role, status, since, _, was
    if text then name, role, status, since = parse(text) end
    if old then _, _, was = parse(old) end
    if status ~= was then
      if status then counts[status] = counts[status] + 1 end
      if was then counts[was] = counts[was] - 1 end
      -- Other systems have heard of a restored person before.
      if restored[user] then was = status end
      local isHere, wasHere = status ~= nil and status ~= 'offline', was ~= nil and was ~= 'offline'
      if isHere and not wasHere then
        emit('participant.connected', user .. '","name":' .. name .. ',"role":"' .. role .. '","connectedAt":' .. since)
      elseif wasHere and not isHere then
        emit('participant.disconnected', user .. '","disconnectedAt":' .. int(now) .. ',"reason":"' .. (reasons[user] or 'expired') .. '"')
      end
      if status ~= was then emit('presence.changed', user .. '","status":"' .. (status or 'removed') .. '","since":' .. (since or int(now))) end
    end
  end
end
objectOf('people', people)
if ids > 0 then
  redis.call('HSET', META, 'events', int(eventSeq))
  redis.call('PUBLISH', ARGV[16], '1')
end

local function hash(name, key, changes)
  local entries = {}
  for field, value in pairs(changes) do
    -- Put there and taken away within one batch is no change.
    if redis.call('HGET', key, field) ~= value then
      entries[#entries + 1] = '"' .. field .. '":' .. (value or 'null')
      if value then redis.call('HSET', key, field, value) else redis.call('HDEL', key, field) end
    end
  end
  objectOf(name, entries)
end
hash('stage', STAGE, stage)
hash('pins', PINS, pins)
for field, value in pairs(facts) do
  redis.call('HSET', FACTS, field, value)
  if field ~= 'recordingId' then parts[#parts + 1] = '"' .. field .. '":' .. value end
end

local visible = #parts > 0
local sequences = {}
for subject, sequence in pairs(seqs) do
  redis.call('HSET', SEQS, subject, sequence)
  sequences[#sequences + 1] = '"' .. subject .. '":' .. sequence
end
objectOf('seqs', sequences)

local moved = {}
for _, status in ipairs({ 'online', 'away', 'offline' }) do
  if counts[status] ~= 0 then moved[1] = true end
end
if moved[1] then
  for i, status in ipairs({ 'online', 'away', 'offline' }) do
    moved[i] = '"' .. status .. '":' .. int(redis.call('HINCRBY', META, status, counts[status]))
  end
  objectOf('counts', moved)
end

local due = false
for user, at in pairs(deadlines) do
  due = true
  if at then redis.call('ZADD', DUE, int(at), user) else redis.call('ZREM', DUE, user) end
end
if due then
  local first = redis.call('ZRANGE', DUE, 0, 0, 'WITHSCORES')
  if first[2] then redis.call('ZADD', SWEEP, first[2], room) else redis.call('ZREM', SWEEP, room) end
end

local gone = table.concat(evicted, ',')
if gone ~= '' then redis.call('PUBLISH', channel, 'evict\n' .. room .. '\n' .. gone) end
if not visible then return { 'OK', epoch, int(version), chain, '', '', gone } end

local change, previous = '{' .. table.concat(parts, ',') .. '}', chain
version = version + 1
chain = string.sub(redis.sha1hex(chain .. epoch .. change), 1, 12)
redis.call('HSET', META, 'version', int(version), 'chain', chain)
redis.call('XADD', LOG, 'MAXLEN', '~', ARGV[13], int(version) .. '-0', 'p', previous, 'c', chain, 'd', change)
if trace ~= '' then redis.call('PUBLISH', channel, 'trace\n' .. room .. '\n' .. int(version) .. '\n' .. trace) end
redis.call('PUBLISH', channel, 'step\n' .. room .. '\n' .. epoch .. '\n' .. int(version) .. '\n' .. previous .. '\n' .. chain .. '\n' .. change)
return { 'OK', epoch, int(version), chain, previous, change, gone }
