// Writes the golden vectors: for each seed what a reader is sent, in order, and what real yjs makes of it.
// Form, gzipped: i32 number of vectors, then each: i32 seed, i32 n, n blocks, and the blocks state, state vector, known,
// diff and merged; a block is i32 length and the bytes. All integers big endian.
import fs from 'node:fs'
import vm from 'node:vm'
import zlib from 'node:zlib'

const VECTORS = 4200
const EDITS = 20
const resources = new URL('../resources/', import.meta.url)
for (const script of ['oracle/yjs-bundle.min.js', 'oracle/scenario.js']) {
  vm.runInThisContext(fs.readFileSync(new URL(script, resources), 'utf8'), { filename: script })
}

const chunks = []
const int = n => { const b = Buffer.alloc(4); b.writeInt32BE(n); chunks.push(b) }
const block = bytes => { int(bytes.length); chunks.push(Buffer.from(bytes)) }

int(VECTORS)
for (let seed = 1; seed <= VECTORS; seed++) {
  const made = globalThis.scenario(seed, EDITS)
  int(seed)
  int(made.updates.length)
  made.updates.forEach(block)
  for (const part of ['state', 'stateVector', 'known', 'diff', 'merged']) block(made[part])
}
const out = new URL('golden/yjs-13.6.33.bin.gz', resources)
fs.writeFileSync(out, zlib.gzipSync(Buffer.concat(chunks), { level: 9 }))
console.log(`${VECTORS} vectors, ${fs.statSync(out).size} bytes`)
