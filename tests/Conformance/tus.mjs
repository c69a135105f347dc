// node tus.mjs URL KEY: the real tus-js-client against a running hub, over whole lines and broken ones; what is downloaded equals what was sent.
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import * as tus from 'tus-js-client'
import { cuttingProxy } from './cutting-proxy.mjs'

const hub = new URL(process.argv[2])
const headers = { Authorization: `Bearer ${process.argv[3]}` }
const MiB = 1 << 20
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest('hex')

function client(content, options) {
  return new tus.Upload(content, {
    endpoint: new URL('/uploads', options.through ?? hub).href,
    headers,
    metadata: { filename: '圆的面积 教学设计.docx', filetype: 'application/octet-stream' },
    retryDelays: [0, 100, 200, 400, 800, 1600],
    ...options,
  })
}

function upload(content, options = {}) {
  return new Promise((done, failed) => {
    const one = client(content, { ...options, onError: failed, onSuccess: () => done(one) })
    one.start()
  })
}

async function graphql(query, variables) {
  const answer = await fetch(new URL('/graphql', hub), {
    method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = await answer.json()
  assert.equal(errors, undefined, JSON.stringify(errors))
  for (const payload of Object.values(data)) assert.deepEqual(payload.errors, [])
  return data
}

let resourceId
async function resource() {
  if (resourceId) return resourceId
  const name = `符合性测试学校 ${crypto.randomUUID()}`
  const school = await graphql('mutation($name: String!) { createSchool(input: { name: $name }) { school { id } errors { message } } }', { name })
  const made = await graphql(
    'mutation($schoolId: ID!) { createResource(input: { schoolId: $schoolId, title: "断点续传", kind: "lesson-plan", licence: "cc-by" }) { resource { id } errors { message } } }',
    { schoolId: school.createSchool.school.id })
  return resourceId = made.createResource.resource.id
}

/** Attaches an upload and takes it back through its download address. */
async function download(one) {
  const uploadId = new URL(one.url).pathname.split('/').pop()
  const data = await graphql(
    `mutation($resourceId: ID!, $uploadId: String!, $name: String!) {
       attachFile(input: { resourceId: $resourceId, uploadId: $uploadId, name: $name }) { resource { files { name size sha256 downloadUrl } } errors { message } } }`,
    { resourceId: await resource(), uploadId, name: `${uploadId}.bin` })
  const file = data.attachFile.resource.files.find((f) => f.name === `${uploadId}.bin`)
  const answer = await fetch(new URL(file.downloadUrl, hub), { headers })
  assert.equal(answer.status, 200)
  const bytes = Buffer.from(await answer.arrayBuffer())
  assert.equal(sha256(bytes), file.sha256)
  return bytes
}

const checks = {
  async 'what the door can do is told'() {
    const answer = await fetch(new URL('/uploads', hub), { method: 'OPTIONS' })
    assert.equal(answer.headers.get('tus-version'), '1.0.0')
    for (const extension of ['creation', 'creation-with-upload', 'expiration', 'checksum', 'termination'])
      assert.ok(answer.headers.get('tus-extension').split(',').includes(extension), extension)
  },
  async 'pieces of 1 MiB arrive'() {
    const content = crypto.randomBytes(5 * MiB + 17)
    assert.equal(sha256(await download(await upload(content, { chunkSize: MiB }))), sha256(content))
  },
  async 'the connection is cut three times and the bytes are equal'() {
    const content = crypto.randomBytes(24 * MiB + 3)
    const line = await cuttingProxy(hub, [3 * MiB, 5 * MiB + 1, 7 * MiB + 12345])
    const one = await upload(content, { through: line.url })
    line.close()
    assert.equal(line.cut, 3)
    assert.ok(line.bytes < content.length * 1.5, `${line.bytes} bytes were sent for ${content.length}: it began anew instead of resuming`)
    assert.equal(sha256(await download(one)), sha256(content))
  },
  async 'paused and taken up again by another client'() {
    const content = crypto.randomBytes(4 * MiB)
    const address = await new Promise((paused, failed) => {
      const one = client(content, {
        chunkSize: MiB,
        onError: failed,
        onChunkComplete: (_, sent) => {
          if (sent < 2 * MiB) return
          one.abort()
          paused(one.url)
        },
      })
      one.start()
    })
    assert.equal(sha256(await download(await upload(content, { uploadUrl: address, chunkSize: MiB }))), sha256(content))
  },
  async 'a small file comes with its creation'() {
    const content = crypto.randomBytes(300_000)
    assert.equal(sha256(await download(await upload(content, { uploadDataDuringCreation: true }))), sha256(content))
  },
  async 'an empty file arrives'() {
    assert.equal((await download(await upload(Buffer.alloc(0)))).length, 0)
  },
  async 'an upload that was ended is gone'() {
    const one = await upload(crypto.randomBytes(1000))
    await one.abort(true)
    const head = await fetch(one.url, { method: 'HEAD', headers: { ...headers, 'Tus-Resumable': '1.0.0' } })
    assert.equal(head.status, 404)
  },
}

let failed = 0
for (const [name, check] of Object.entries(checks)) {
  try {
    await check()
    console.log(`  ok   ${name}`)
  } catch (error) {
    failed++
    console.log(`  FAIL ${name}: ${error.stack ?? error}`)
  }
}
process.exit(failed === 0 ? 0 : 1)
