// Golden vectors of npm's fractional-indexing: lines of "lower upper key", with - for none. Deterministic.
import fs from 'node:fs'
import { generateKeyBetween } from 'fractional-indexing'

let state = 42
const int = n => { state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff; return state % n }
const lines = []
const note = (a, b) => {
  const key = generateKeyBetween(a, b)
  lines.push(`${a ?? '-'} ${b ?? '-'} ${key}`)
  return key
}

for (let list = 0; list < 40; list++) {
  const keys = []
  for (let i = 0; i < 60; i++) {
    // Some lists grow at random places, others always in one gap or at one end.
    const at = list % 4 === 0 ? Math.min(1, keys.length) : list % 4 === 1 ? keys.length : list % 4 === 2 ? 0 : int(keys.length + 1)
    keys.splice(at, 0, note(keys[at - 1] ?? null, keys[at] ?? null))
  }
}
for (const [a, b] of [['zzzzzzzzzzzzzzzzzzzzzzzzzzz', null], [null, 'A00000000000000000000000001'], ['a0', 'a0V'], ['Zz', 'a0'], ['Zz', 'a1'], ['b99', 'c000'], ['azz', 'b00']]) {
  try { note(a, b) } catch (e) { if (!/invalid|cannot/.test(e.message)) throw e }
}
fs.writeFileSync(new URL('../resources/golden/fractional-indexing-4.0.0.txt', import.meta.url), lines.join('\n') + '\n')
console.log(`${lines.length} vectors`)
