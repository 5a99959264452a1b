-- The entries after a position.
-- KEYS[1] hash room   KEYS[2] stream log
-- ARGV[1] epoch  ARGV[2] generation  ARGV[3] position
-- Answer: number of the first entry, then the entries; -1 if another log or document is there, the log was cut further on, or
-- its end is lost
local m = redis.call('HMGET', KEYS[1], 'epoch', 'generation', 'snapshot', 'n')
local position = tonumber(ARGV[3])
if m[1] ~= ARGV[1] or m[2] ~= ARGV[2] or position < tonumber(m[3]) or position > tonumber(m[4]) then return {-1} end
local answer = {position + 1}
for _, entry in ipairs(redis.call('XRANGE', KEYS[2], string.format('%.0f-0', position + 1), '+')) do
  answer[#answer + 1] = entry[2][2]
end
return answer
