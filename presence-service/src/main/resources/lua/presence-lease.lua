-- Renews a node's lease, finds leases that ran out, and hands out one dead node to clean up after.
--
-- KEYS: 1 leases zset node -> until when, epoch ms; 2 dead zset node -> until when somebody is cleaning up, epoch ms
-- ARGV: 1 node, 2 lease ms, 3 "1" if the node has no lease yet, 4 "1" if the node may judge others
--
-- Returns { 1 if the lease is held, 1 if it had not run out before, claimed node or "", live nodes, time of the store, epoch ms }
local CLAIM = 10000
local clock = redis.call('TIME')
local now = tonumber(clock[1]) * 1000 + math.floor(tonumber(clock[2]) / 1000)
local function int(value) return string.format('%.0f', value) end

local held = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not held and (ARGV[3] ~= '1' or redis.call('ZSCORE', KEYS[2], ARGV[1])) then return { 0, 0, '', {}, int(now) } end
redis.call('ZADD', KEYS[1], int(now + tonumber(ARGV[2])), ARGV[1])

local claimed = ''
if ARGV[4] == '1' then
  for _, node in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', '(' .. int(now))) do
    redis.call('ZREM', KEYS[1], node)
    redis.call('ZADD', KEYS[2], 0, node)
  end
  local open = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', int(now), 'LIMIT', 0, 1)
  if open[1] then
    claimed = open[1]
    redis.call('ZADD', KEYS[2], int(now + CLAIM), claimed)
  end
end
local unbroken = (held and tonumber(held) >= now) and 1 or 0
return { 1, unbroken, claimed, redis.call('ZRANGEBYSCORE', KEYS[1], int(now), '+inf'), int(now) }
