/* Random editing sessions with real yjs, repeatable by seed. Needs the bundle's global YJS. */

/** Small, fast, good enough: mulberry32. Returns numbers in [0, 1). */
function random (seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6D2B79F5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/*
 * After remote changes yjs deletes rich-text marks that have become redundant. That is a new edit of that replica, not
 * part of merging, and an engine that does not interpret marks does not make it. So the replica that says what is
 * expected does not either; those that write do.
 */
const cleanUpMarks = YJS.Y.Text.prototype._callObserver
YJS.Y.Text.prototype._callObserver = function (transaction, keys) {
  if (!this.doc.isOracle) cleanUpMarks.call(this, transaction, keys)
}

class Session {
  constructor (next) {
    this.next = next
    const { Y } = YJS
    this.updates = []
    const count = 2 + this.int(3)
    this.docs = []
    this.inbox = []
    for (let i = 0; i < count; i++) {
      const doc = new Y.Doc()
      doc.clientID = this.freshClientId()
      this.docs.push(doc)
      this.inbox.push([])
    }
    this.docs.forEach((doc, i) => doc.on('update', (update, origin) => {
      if (origin === 'remote') return
      this.updates.push(update)
      this.inbox.forEach((box, j) => { if (j !== i) box.push(update) })
    }))
  }

  int (n) { return Math.floor(this.next() * n) }
  pick (list) { return list[this.int(list.length)] }
  chance (p) { return this.next() < p }

  /** Two writers with one id would overwrite each other, which yjs does not forgive either. */
  freshClientId () {
    let id = this.clientId()
    while (this.docs.some(doc => doc.clientID === id)) id = this.clientId()
    return id
  }

  clientId () {
    const kind = this.int(4)
    if (kind === 0) return 1 + this.int(1000)
    if (kind === 1) return Math.floor(this.next() * 2 ** 50)
    return Math.floor(this.next() * 2 ** 32)
  }

  text () {
    let text = ''
    for (let i = 1 + this.int(5); i > 0; i--) text += this.pick(['a', 'bc', 'ä', '€', '😀', '👩‍👧', ' ', '\n', '中', '"\\'])
    return text
  }

  value () {
    const { Y } = YJS
    return this.pick([
      () => this.int(100), () => -this.int(1e6), () => -0, () => 2 ** 31 - 1, () => 2 ** 31, () => 2 ** 53 - 1,
      () => this.next(), () => this.next() * 1e300, () => 0.5, () => NaN, () => Infinity, () => null, () => true,
      () => false, () => undefined, () => this.text(), () => '', () => BigInt(this.int(1e9)) * -12345678901n,
      () => ({ a: this.int(9), b: [this.text(), null, { c: [] }], 'ü': undefined }), () => [1, [2.5, ['x']]],
      () => new Uint8Array([this.int(256), 0, 255]), () => ({ bytes: new Uint8Array(this.int(5)) }),
      () => new Date(1e12)
    ])()
  }

  nested () {
    const { Y } = YJS
    return this.pick([
      () => new Y.Map(), () => new Y.Map([['k', 1], ['l', this.text()]]), () => new Y.Array(),
      () => Y.Array.from([1, 'two']), () => new Y.Text(this.text()), () => new Y.XmlElement('p'),
      () => new Y.XmlText('x'), () => new Y.XmlHook('hook'), () => new Y.XmlFragment(),
      () => new Y.Doc({ guid: 'guid-' + this.int(99), meta: this.chance(0.5) ? { m: this.int(9) } : null, autoLoad: this.chance(0.3) })
    ])()
  }

  edit (doc) {
    const { Y } = YJS
    const kinds = ['map', 'array', 'text', 'xml', 'queue', 'queue', 'nested']
    doc.transact(() => {
      for (let i = 1 + this.int(3); i > 0; i--) this['edit_' + this.pick(kinds)](doc)
    })
  }

  edit_map (doc) { this.editMap(doc.getMap('map')) }
  edit_array (doc) { this.editArray(doc.getArray('array')) }
  edit_text (doc) { this.editText(doc.getText('text')) }

  editMap (map) {
    const key = this.pick(['a', 'b', 'ключ', ''])
    const what = this.next()
    if (what < 0.2) map.delete(key)
    else if (what < 0.4) map.set(key, this.nested())
    else map.set(key, this.value())
  }

  editArray (array) {
    const { Y } = YJS
    const what = this.next()
    if (what < 0.3 && array.length > 0) {
      const at = this.int(array.length)
      array.delete(at, 1 + this.int(Math.min(3, array.length - at)))
    } else if (what < 0.4) {
      array.insert(this.int(array.length + 1), [this.nested()])
    } else if (what < 0.5) {
      this.appendOldJson(array)
    } else {
      const values = []
      for (let i = 1 + this.int(3); i > 0; i--) values.push(this.pick([this.int(9), this.text(), null, { o: 1 }, [], true, new Uint8Array([7])]))
      array.insert(this.int(array.length + 1), values)
    }
  }

  /** Old clients wrote JSON texts where new ones write any values; no public call makes them any more. */
  appendOldJson (array) {
    const { Y } = YJS
    const doc = array.doc
    let left = array._start
    while (left !== null && left.right !== null) left = left.right
    const content = new Y.ContentJSON([{ j: this.text() }, undefined, null, [1, 'x']].slice(0, 1 + this.int(4)))
    doc.transact(tr => new Y.Item(Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID)), left, left && left.lastId, null, null, array, null, content).integrate(tr, 0))
  }

  editText (text) {
    const what = this.next()
    if (what < 0.3 && text.length > 0) {
      const at = this.int(text.length)
      text.delete(at, 1 + this.int(Math.min(4, text.length - at)))
    } else if (what < 0.45 && text.length > 0) {
      const at = this.int(text.length)
      text.format(at, 1 + this.int(text.length - at), this.pick([{ bold: true }, { bold: null }, { em: { deep: ['ö'] } }]))
    } else if (what < 0.55) {
      text.insertEmbed(this.int(text.length + 1), { image: this.text() })
    } else {
      text.insert(this.int(text.length + 1), this.text(), this.chance(0.2) ? { bold: true } : undefined)
    }
  }

  edit_xml (doc) {
    const { Y } = YJS
    const root = doc.getXmlFragment('xml')
    const what = this.next()
    if (what < 0.2 && root.length > 0) {
      root.delete(this.int(root.length), 1)
    } else if (what < 0.5 && root.length > 0) {
      const child = root.get(this.int(root.length))
      if (child instanceof Y.XmlElement) {
        if (this.chance(0.5)) child.setAttribute(this.pick(['id', 'class']), this.text())
        else child.insert(this.int(child.length + 1), [this.chance(0.5) ? new Y.XmlElement('li') : new Y.XmlText(this.text())])
      } else if (child instanceof Y.XmlText) {
        this.editText(child)
      }
    } else {
      root.insert(this.int(root.length + 1), [this.chance(0.6) ? new Y.XmlElement(this.pick(['div', 'ul'])) : new Y.XmlText(this.text())])
    }
  }

  /** The traffic this suite lives on: people who move between two lists. */
  edit_queue (doc) {
    const { Y } = YJS
    const queue = doc.getMap('queue')
    const user = 'u' + this.int(5)
    const what = this.next()
    let entry = queue.get(user)
    if (!(entry instanceof Y.Map) || what < 0.1) {
      entry = new Y.Map()
      queue.set(user, entry)
      entry.set('list', 'pending')
      entry.set('rank.pending', 'a' + this.int(99))
      entry.set('name', this.text())
      entry.set('requestedAt', 1795377520000 + this.int(1e6))
    } else if (what < 0.4) {
      entry.set('list', 'live')
      entry.set('rank.live', 'b' + this.int(99))
    } else if (what < 0.6) {
      queue.delete(user)
    } else {
      entry.set('rank.pending', 'c' + this.int(99))
    }
  }

  edit_nested (doc) {
    const { Y } = YJS
    const values = [...doc.getMap('map').values(), ...doc.getArray('array').toArray()]
    const types = values.filter(value => value instanceof Y.AbstractType)
    if (types.length === 0) return this.edit_map(doc)
    const type = this.pick(types)
    if (type instanceof Y.Map) this.editMap(type)
    else if (type instanceof Y.Text) this.editText(type)
    else if (type instanceof Y.Array) this.editArray(type)
  }

  receive (i) {
    const box = this.inbox[i]
    while (box.length > 0 && this.chance(0.8)) YJS.Y.applyUpdate(this.docs[i], box.shift(), 'remote')
  }
}

/** A document that takes updates and adds nothing of its own. */
function oracleDoc () {
  const doc = new YJS.Y.Doc()
  doc.isOracle = true
  return doc
}

/**
 * One session of several writers, and in which order their updates reach a reader: mixed up, some twice, some merged,
 * sometimes not all of them. Returns them with what real yjs makes of them.
 */
function scenario (seed, edits) {
  const { Y } = YJS
  const session = new Session(random(seed))
  for (let k = 0; k < edits; k++) {
    const i = session.int(session.docs.length)
    if (session.chance(0.35)) session.receive(i)
    else session.edit(session.docs[i])
  }
  let updates = session.updates
  if (session.chance(0.8)) shuffle(updates, session)
  if (session.chance(0.5)) updates = updates.concat(updates.filter(() => session.chance(0.2)))
  if (session.chance(0.3) && updates.length > 3) updates = mergeSome(updates, session)
  if (session.chance(0.2)) updates = updates.slice(0, Math.ceil(updates.length * 0.8))
  const reader = oracleDoc()
  updates.forEach(update => Y.applyUpdate(reader, update))
  const known = Y.encodeStateVector(session.pick(session.docs))
  return {
    updates,
    state: Y.encodeStateAsUpdate(reader),
    stateVector: Y.encodeStateVector(reader),
    known,
    diff: Y.encodeStateAsUpdate(reader, known),
    merged: Y.mergeUpdates(updates)
  }
}

function shuffle (list, session) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = session.int(i + 1)
    const swap = list[i]
    list[i] = list[j]
    list[j] = swap
  }
}

function mergeSome (updates, session) {
  const from = session.int(updates.length - 2)
  const to = from + 2 + session.int(updates.length - from - 2)
  return [...updates.slice(0, from), YJS.Y.mergeUpdates(updates.slice(from, to)), ...updates.slice(to)]
}

/** What a document says, in a form in which equal documents have equal strings. */
function content (state) {
  const { Y } = YJS
  const doc = oracleDoc()
  Y.applyUpdate(doc, state)
  const plain = value => {
    if (typeof value === 'bigint') return { bigint: String(value) }
    if (value instanceof Uint8Array) return { bytes: Array.from(value) }
    if (typeof value === 'number' && !(Number.isFinite(value) && !Object.is(value, -0))) return { number: Object.is(value, -0) ? '-0' : String(value) }
    if (value === undefined) return { undefined: true }
    if (value instanceof Y.Doc) return { guid: value.guid, meta: value.meta }
    if (value instanceof Y.XmlElement) return { tag: value.nodeName, attributes: plain(value.getAttributes()), children: value.toArray().map(plain) }
    if (value instanceof Y.Text) return { delta: plain(value.toDelta()) }
    if (value instanceof Y.XmlHook) return { hook: value.hookName }
    if (value instanceof Y.Array || value instanceof Y.XmlFragment) return value.toArray().map(plain)
    if (value instanceof Y.Map) return plain(Object.fromEntries(value.entries()))
    if (Array.isArray(value)) return value.map(plain)
    if (value !== null && typeof value === 'object') return Object.keys(value).sort().map(key => [key, plain(value[key])])
    return value
  }
  return JSON.stringify([doc.getMap('map'), doc.getArray('array'), doc.getText('text'), doc.getXmlFragment('xml'), doc.getMap('queue')].map(plain))
}
