// queue-service beside the y-websocket server and Hocuspocus: the same updates of EDITORS editors, delivered to MODERATORS.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '../presence/lib/client.mjs'
import { cpu, freePort, pass, percentile, redis, rss, service, sleep, start, until } from '../presence/lib/stack.mjs'
import { ANY_MARK, content, edits, initial, mark } from './edits.mjs'
import { dialect } from './protocol.mjs'

const number = (name, value) => Number(process.env[name] ?? value)
const MODERATORS = number('MODERATORS', 50)
const EDITORS = number('EDITORS', 10)
const PEOPLE = number('PEOPLE', 100)
const EDITS = number('EDITS', 600)
const RATE = number('RATE', 300)
const RATED_EDITS = number('RATED_EDITS', 200)
const WINDOW = number('WINDOW', 20)
const here = dirname(fileURLToPath(import.meta.url))
let counter = 0

const peer = (name, dialectOf) => ({
  name,
  async start() {
    this.port = await freePort()
    this.process = start('node', [join(here, 'peers', `${name}.mjs`), String(this.port)])
    await until(`${name} is ready`, 20000, () => this.process.output.includes('READY'))
  },
  /** A new document; says how it is opened and spoken to. */
  room() {
    const doc = `room-${counter++}`
    return { speech: dialectOf(doc), open: onText => Client.open({ port: this.port, path: `/${doc}`, onText }) }
  },
  cpu() {
    return cpu(this.process.pid)
  },
  rss() {
    return rss(this.process.pid)
  }
})

const queueService = store => ({
  name: 'queue-service',
  async start() {
    const limits = { 'queue.limits.messages-per-second': 100000, 'queue.limits.message-burst': 100000 }
    this.node = await service('queue-service', store.url, limits, ['-Xmx512m', '-XX:+UseSerialGC'])
  },
  room() {
    const event = `bench-${counter++}`
    const carrier = encodeURIComponent(`quarkus-http-upgrade#Authorization#Bearer ${pass(event, 'moderator', 'moderator')}`)
    return {
      speech: dialect(null),
      open: onText =>
        Client.open({ port: this.node.port, path: `/v1/events/${event}/rooms/main/queue`, protocols: ['queue.v1', carrier], onText })
    }
  },
  /** With Redis, which makes every update durable. */
  cpu() {
    return cpu(this.node.process.pid) + cpu(store.process.pid)
  },
  rss() {
    return rss(this.node.process.pid) + rss(store.process.pid)
  }
})

const countOf = (data, what) => {
  let count = 0
  for (let at = data.indexOf(what); at >= 0; at = data.indexOf(what, at + what.length)) count++
  return count
}

/** The updates are made once; every server gets the same bytes. */
const state = initial(PEOPLE)
const workload = count => Array.from({ length: EDITORS }, (_, editor) => edits(state, editor, EDITORS, PEOPLE, count))
const saturating = workload(EDITS)
const rated = workload(RATED_EDITS)

/** A server that has just started may ask for patience (503). */
async function openPatiently(open, attempts = 20) {
  const client = await open()
  if (client.status !== 503 || attempts === 0) return client
  client.drop()
  await sleep(500)
  return openPatiently(open, attempts - 1)
}

/** Opens a room with all moderators, every one of them complete. */
async function openRoom(system, onEdits) {
  const { speech, open } = system.room()
  const clients = await Promise.all(Array.from({ length: MODERATORS }, () => openPatiently(() => open((self, data) => onEdits(self, data)))))
  clients.forEach((client, index) => {
    if (client.status !== 101) throw new Error(`${system.name} answers ${client.status}`)
    Object.assign(client, { index, seen: 0 })
    if (speech.hello) client.sendBinary(speech.hello)
    client.sendBinary(speech.askAll)
  })
  clients[0].sendBinary(speech.update(state))
  await sleep(500)
  return { clients, speech, open }
}

/** Waits until all have everything; says what is missing if that does not come. */
async function delivered(system, { clients }, limit, condition) {
  try {
    await until(`${system.name} delivers everything`, limit, condition)
  } catch (e) {
    const seen = clients.map(client => `${client.seen}${client.closed || client.closeCode ? ` (closed ${client.closeCode})` : ''}`)
    throw new Error(`${e.message}; edits seen by each client: ${seen.join(', ')}`)
  }
}

const close = clients => clients.forEach(client => client.drop())

/** Every server must end with the same document as yjs makes of all updates. */
async function verify(system, { speech, open }, updates) {
  const received = []
  const client = await open((self, data) => {
    const found = speech.updateIn(data)
    if (found?.step === 1) received.push(found.update)
  })
  if (speech.hello) client.sendBinary(speech.hello)
  client.sendBinary(speech.askAll)
  await until(`${system.name} sends its document`, 10000, () => received.length > 0)
  client.drop()
  const expected = content([state, ...updates.flat()])
  if (content(received) !== expected) throw new Error(`${system.name} ends with another document`)
}

/** As fast as it goes: each editor has WINDOW edits on the way and sends the next when one of its own comes back. */
async function saturate(system) {
  const updates = saturating
  const total = EDITORS * EDITS
  const sent = new Array(EDITORS).fill(0)
  let complete = 0
  let frames = 0
  const marks = sent.map((_, editor) => Buffer.from(mark(editor)))
  const room = await openRoom(system, (client, data) => {
    const found = countOf(data, ANY_MARK)
    if (!found) return
    frames++
    client.seen += found
    if (client.seen === total) complete++
    if (client.index < EDITORS) for (let own = countOf(data, marks[client.index]); own > 0; own--) next(client)
  })
  const next = client => {
    const at = sent[client.index]++
    if (at < EDITS) client.sendBinary(room.speech.update(updates[client.index][at]))
  }
  const used = system.cpu()
  const begun = performance.now()
  room.clients.slice(0, EDITORS).forEach(client => {
    for (let i = 0; i < WINDOW; i++) next(client)
  })
  await delivered(system, room, 60000, () => complete === MODERATORS)
  const seconds = (performance.now() - begun) / 1000
  const seconds1 = system.cpu() - used
  await verify(system, room, updates)
  close(room.clients)
  return { updatesPerSecond: total / seconds, cpuMicrosPerUpdate: (seconds1 / total) * 1e6, framesPerUpdate: frames / total / MODERATORS, updates: total }
}

/** At a rate that all can bear: what it costs, and how long an edit takes to the last moderator. */
async function paced(system) {
  const updates = rated
  const total = EDITORS * RATED_EDITS
  const sentAt = new Map()
  const arrivals = new Map()
  const delays = []
  const room = await openRoom(system, (client, data) => {
    for (let at = data.indexOf(ANY_MARK); at >= 0; at = data.indexOf(ANY_MARK, at + 10)) {
      client.seen++
      const edit = data.toString('latin1', at, at + 10)
      const arrived = (arrivals.get(edit) ?? 0) + 1
      arrivals.set(edit, arrived)
      if (arrived === MODERATORS) delays.push(performance.now() - sentAt.get(edit))
    }
  })
  const used = system.cpu()
  const begun = performance.now()
  for (let i = 0; i < total; i++) {
    const editor = i % EDITORS
    const edit = Math.floor(i / EDITORS)
    await sleep(Math.max(0, begun + (i * 1000) / RATE - performance.now()))
    sentAt.set(`${mark(editor)}${String(edit).padStart(6, '0')}`, performance.now())
    room.clients[editor].sendBinary(room.speech.update(updates[editor][edit]))
  }
  await delivered(system, room, 60000, () => delays.length === total)
  const seconds = system.cpu() - used
  await verify(system, room, updates)
  close(room.clients)
  return { cpuMicrosPerUpdate: (seconds / total) * 1e6, medianMs: percentile(delays, 0.5), p99Ms: percentile(delays, 0.99), updates: total }
}

/** Runs all systems alternating; a first round that does not count lets just-in-time compilers do their work. */
export async function compareServers(rounds) {
  const store = await redis({ kept: true })
  const systems = [queueService(store), peer('y-websocket', () => dialect(null)), peer('hocuspocus', dialect)]
  await Promise.all(systems.map(system => system.start()))
  const measured = Object.fromEntries(systems.map(({ name }) => [name, { saturated: [], paced: [] }]))
  for (let round = 0; round <= rounds; round++) {
    for (const system of systems) {
      const fast = await saturate(system)
      const slow = await paced(system)
      console.log(`${round ? `round ${round}` : 'warm-up'} ${system.name}: ${fast.updatesPerSecond.toFixed(0)} updates/s, ${fast.cpuMicrosPerUpdate.toFixed(0)} us CPU each in ${fast.framesPerUpdate.toFixed(2)} frames; at ${RATE}/s ${slow.cpuMicrosPerUpdate.toFixed(0)} us, p50 ${slow.medianMs.toFixed(1)} ms, p99 ${slow.p99Ms.toFixed(1)} ms`)
      if (round) {
        measured[system.name].saturated.push(fast)
        measured[system.name].paced.push(slow)
      }
    }
  }
  for (const system of systems) measured[system.name].rssKb = system.rss()
  return { moderators: MODERATORS, editors: EDITORS, people: PEOPLE, window: WINDOW, rate: RATE, rounds, measured }
}
