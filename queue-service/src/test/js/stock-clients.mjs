// The stock browser clients, unchanged: yjs with y-websocket against a running queue-service.
// Environment: BASE (http://host:port), ROOM (v1/events/E/rooms/R), MODERATOR_1, MODERATOR_2, PARTICIPANT (passes),
// IDLE_SECONDS (how long an idle client must stay connected; 0 to skip).
import assert from 'node:assert/strict'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

const { BASE, ROOM, MODERATOR_1, MODERATOR_2, PARTICIPANT, IDLE_SECONDS = '0' } = process.env
const url = `${BASE.replace('http', 'ws')}/${ROOM}`
const providers = []

const connect = (doc, pass, room = url) => {
  const protocols = ['queue.v1', `quarkus-http-upgrade#Authorization#Bearer%20${pass}`]
  const provider = new WebsocketProvider(room, 'queue', doc, { protocols, WebSocketPolyfill: WebSocket, disableBc: true })
  providers.push(provider)
  return provider
}
const until = async (what, condition, seconds = 10) => {
  const end = Date.now() + seconds * 1000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not in ${seconds} s: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 20))
  }
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b)
const all = doc => ({
  queue: doc.getMap('queue').toJSON(),
  notes: doc.getText('notes').toJSON(),
  xml: doc.getXmlFragment('xml').toString(),
  bytes: Array.from(doc.getMap('bytes').get('b') ?? []),
  rich: doc.getText('rich').toDelta()
})
// Alone in its room, from the beginning: it lives on what the server sends to it, not to others.
const idle = connect(new Y.Doc(), MODERATOR_1, `${url}-idle`)
const idleUntil = Date.now() + Number(IDLE_SECONDS) * 1000
let drops = 0
idle.on('connection-close', () => drops++)

const tests = {}
const one = new Y.Doc()
const two = new Y.Doc()
one.clientID = 2 ** 53 - 11
let first
let second

tests['two moderators see each other\'s edits'] = async () => {
  first = connect(one, MODERATOR_1)
  second = connect(two, MODERATOR_2)
  await until('both synced', () => first.synced && second.synced)
  one.transact(() => {
    const entry = new Y.Map()
    one.getMap('queue').set('u1', entry)
    entry.set('list', 'pending')
    entry.set('rank.pending', 'a0')
    entry.set('name', 'Ünï 😀')
  })
  await until('the other sees it', () => two.getMap('queue').get('u1')?.get('name') === 'Ünï 😀')
  two.getMap('queue').get('u1').set('list', 'live')
  two.getMap('queue').get('u1').set('rank.live', 'a0')
  await until('and back', () => one.getMap('queue').get('u1').get('list') === 'live')
}

tests['texts, XML, bytes and 53-bit client ids survive'] = async () => {
  one.getText('notes').insert(0, 'a😀b')
  one.getText('rich').applyDelta([{ insert: 'bold', attributes: { bold: true } }, { insert: { image: 'x' } }])
  one.getXmlFragment('xml').insert(0, [new Y.XmlElement('p')])
  one.getMap('bytes').set('b', new Uint8Array([0, 255, 7]))
  two.getText('notes').insert(0, '>')
  const late = new Y.Doc()
  const third = connect(late, MODERATOR_1)
  await until('all equal', () => third.synced && all(late).notes.length === 5 && same(all(one), all(two)) && same(all(one), all(late)))
  assert.equal(all(late).xml, '<p></p>')
  assert.deepEqual(all(late).bytes, [0, 255, 7])
  assert.ok(Y.decodeStateVector(Y.encodeStateVector(late)).has(2 ** 53 - 11))
  third.destroy()
}

tests['offline edits merge'] = async () => {
  second.disconnect()
  await until('gone', () => !second.wsconnected)
  one.getText('notes').insert(0, '1')
  two.getText('notes').insert(two.getText('notes').length, '2')
  second.connect()
  await until('merged', () => same(all(one), all(two)) && all(one).notes.endsWith('2') && all(one).notes.startsWith('1'))
}

tests['awareness comes and goes'] = async () => {
  first.awareness.setLocalStateField('selected', 'u1')
  await until('seen', () => second.awareness.getStates().get(one.clientID)?.selected === 'u1')
  assert.equal(second.awareness.getStates().get(one.clientID).user.userId, 'm1', 'identity is the pass\'s')
  first.disconnect()
  await until('gone', () => !second.awareness.getStates().has(one.clientID))
  first.connect()
  await until('back', () => first.synced)
}

tests['a participant reads, and edits in vain'] = async () => {
  const doc = new Y.Doc()
  const provider = connect(doc, PARTICIPANT)
  const refusals = []
  provider.messageHandlers[2] = () => refusals.push(1)
  await until('reads', () => provider.synced && doc.getMap('queue').has('u1'))
  doc.getMap('queue').get('u1').set('list', 'pending')
  doc.getMap('queue').delete('u1')
  await until('refused', () => refusals.length > 0)
  one.getText('notes').insert(0, '!')
  await until('still connected', () => doc.getText('notes').toJSON().startsWith('!'))
  assert.equal(one.getMap('queue').get('u1').get('list'), 'live')
  provider.destroy()
}

tests[`an idle client stays connected for ${IDLE_SECONDS} s`] = async () => {
  await until('connected', () => idle.synced)
  await new Promise(resolve => setTimeout(resolve, Math.max(0, idleUntil - Date.now())))
  assert.equal(drops, 0)
  assert.ok(idle.wsconnected)
}

let failed = false
for (const [name, test] of Object.entries(tests)) {
  try {
    await test()
    console.log(`ok ${name}`)
  } catch (e) {
    failed = true
    console.log(`FAILED ${name}: ${e.message}`)
  }
}
providers.forEach(provider => provider.destroy())
process.exit(failed ? 1 : 0)
