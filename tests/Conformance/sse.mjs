// node sse.mjs URL KEY: the real graphql-sse client against a running hub: events once each, streams that end when their reader may no longer follow.
import assert from 'node:assert/strict'
import { createClient } from 'graphql-sse'

const url = new URL('/graphql', process.argv[2]).href
const admin = process.argv[3]

async function ask(query, variables, key = admin) {
  const answer = await fetch(url, { method: 'POST', headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }) })
  const { data, errors } = await answer.json()
  assert.equal(errors, undefined, JSON.stringify(errors))
  for (const payload of Object.values(data)) if (payload?.errors) assert.deepEqual(payload.errors, [])
  return data
}

/** Follows an operation; resolves once the hub has answered that it listens. */
async function follow(query, variables, key) {
  const followed = { events: [] }
  await new Promise((connected, failed) => {
    followed.client = createClient({ url, headers: key ? { Authorization: `Bearer ${key}` } : {}, retryAttempts: 0, on: { connected: () => connected() } })
    followed.ended = new Promise((ended) => {
      followed.stop = followed.client.subscribe({ query, variables }, {
        next: (event) => { followed.events.push(event); followed.told?.() },
        error: (wrong) => { failed(wrong); ended({ wrong }) },
        complete: () => ended({ at: Date.now() }),
      })
    })
  })
  followed.until = async (count) => {
    while (followed.events.length < count) await Promise.race([new Promise((told) => { followed.told = told }), late(10_000, `event ${count}`)])
  }
  return followed
}

const late = (ms, what) => new Promise((_, failed) => setTimeout(() => failed(new Error(`${what} did not come within ${ms} ms`)), ms).unref())
const school = async (name) => (await ask('mutation($name: String!) { createSchool(input: { name: $name }) { school { id } errors { message } } }', { name })).createSchool.school.id
const keyOf = async (schoolId) => (await ask('mutation($schoolId: ID!) { createApiKey(input: { name: "portal", schoolId: $schoolId, role: TEACHER, scopes: ["read", "write"] }) { secret apiKey { id } errors { message } } }', { schoolId })).createApiKey
const rename = (id, title) => ask('mutation($id: ID!, $title: String) { updateResource(input: { resourceId: $id, title: $title }) { errors { message } } }', { id, title })
const changed = 'subscription($id: ID!) { resourceChanged(id: $id) { title school { name } } }'
const activity = 'subscription($id: ID!) { partnershipActivity(id: $id) { kind resource { title } school { name } } }'

const stamp = Date.now()
const giver = await school(`江北校 ${stamp}`)
const taker = await school(`巴中校 ${stamp}`)
const elsewhere = await keyOf(await school(`别处校 ${stamp}`))
const takers = await keyOf(taker)
const pair = (await ask('mutation($ids: [ID!]!, $name: String!) { createPartnership(input: { kind: PAIR, name: $name, schoolIds: $ids, from: "2020-09-01" }) { partnership { id } errors { message } } }', { ids: [giver, taker], name: `结对 ${stamp}` })).createPartnership.partnership.id
const id = (await ask('mutation($schoolId: ID!) { createResource(input: { schoolId: $schoolId, title: "圆的面积", kind: "slides", licence: "cc-by" }) { resource { id } errors { message } } }', { schoolId: giver })).createResource.resource.id
const share = () => ask('mutation($id: ID!, $with: [ID!]!) { shareResource(input: { resourceId: $id, partnershipIds: $with }) { errors { message } } }', { id, with: [pair] })
await share()

// Queries and mutations are streamed too: one answer, then the end.
const query = await follow('{ viewer { isSignedIn } }', {}, admin)
await query.ended
assert.deepEqual(query.events, [{ data: { viewer: { isSignedIn: true } } }])
const mutation = await follow('mutation($id: ID!) { updateResource(input: { resourceId: $id, description: "半径与面积" }) { resource { description } } }', { id }, admin)
await mutation.ended
assert.equal(mutation.events[0].data.updateResource.resource.description, '半径与面积')
const invalid = await follow('{ nothing }', {}, admin)
await invalid.ended
assert.equal(invalid.events[0].errors.length, 1)

// Two streams, one event each; one that is let go hears no more.
const first = await follow(changed, { id }, takers.secret)
const second = await follow(changed, { id }, admin)
const members = await follow(activity, { id: pair }, takers.secret)
await rename(id, '圆的周长')
await Promise.all([first.until(1), second.until(1), members.until(1)])
first.stop()
await rename(id, '圆柱')
await Promise.all([second.until(2), members.until(2)])
assert.deepEqual(first.events.map((e) => e.data.resourceChanged.title), ['圆的周长'])
assert.deepEqual(second.events.map((e) => e.data.resourceChanged.title), ['圆的周长', '圆柱'])
assert.deepEqual(members.events.map((e) => e.data.partnershipActivity.kind), ['CHANGED', 'CHANGED'])

// What is not there and what is somebody else's answer alike.
const absent = await follow(changed, { id: Buffer.from('Resource:0198c0de000070008000000000000001').toString('base64url') }, elsewhere.secret)
const hidden = await follow(changed, { id }, elsewhere.secret)
const others = await follow(activity, { id: pair }, elsewhere.secret)
await Promise.all([absent.ended, hidden.ended, others.ended])
// An error names its request, which is all they may differ in.
const unnumbered = (events) => JSON.parse(JSON.stringify(events, (key, value) => (key === 'requestId' ? undefined : value)))
assert.deepEqual(unnumbered(hidden.events), unnumbered(absent.events))
assert.equal(hidden.events[0].errors[0].extensions.code, 'NOT_FOUND')
assert.equal(others.events[0].errors[0].extensions.code, 'NOT_FOUND')

// A revoked key, a resource taken back and a partnership at its end close their streams within 5 s.
const within = async (what, followed, act) => {
  const began = Date.now()
  await act()
  const { at, wrong } = await Promise.race([followed.ended, late(5_000, what)])
  assert.equal(wrong, undefined)
  console.log(`${what}: complete after ${at - began} ms`)
}
const revoked = await follow(changed, { id }, takers.secret)
await within('key revoked', revoked, () => ask('mutation($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { errors { message } } }', { id: takers.apiKey.id }))
await Promise.race([members.ended, late(5_000, 'members')])
const again = await keyOf(taker)
const withdrawn = await follow(changed, { id }, again.secret)
const activities = await follow(activity, { id: pair }, again.secret)
await within('resource withdrawn', withdrawn, () => ask('mutation($id: ID!) { withdrawResource(input: { resourceId: $id }) { errors { message } } }', { id }))
await activities.until(1)
assert.equal(activities.events[0].data.partnershipActivity.kind, 'WITHDRAWN')
assert.equal(activities.events[0].data.partnershipActivity.resource, null)
const today = new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 10)
await within('partnership ended', activities, () => ask('mutation($id: ID!, $on: Date!) { endPartnership(input: { partnershipId: $id, on: $on, reason: "期满" }) { errors { message } } }', { id: pair, on: today }))
assert.equal(activities.events.at(-1).data.partnershipActivity.kind, 'ENDED')
second.stop()
console.log('graphql-sse: all as it should be')
process.exit(0)
