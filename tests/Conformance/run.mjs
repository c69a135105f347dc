// node run.mjs URL KEY [NAME...]: runs the judges against a running hub; KEY is an admin's. One line each, then "N passed, N failed".
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

// Each judge is a program of its own: node FILE URL KEY. It ends with 0 when the hub keeps to the standard, and says on its output what it saw.
const judges = {
  'gql-audit': 'gql-audit.mjs',
  sse: 'sse.mjs',
  tus: 'tus.mjs',
}

const [url, key, ...wanted] = process.argv.slice(2)
if (!url || !key) {
  console.error('node run.mjs URL KEY [NAME...]')
  process.exit(2)
}
const unknown = wanted.filter((name) => !(name in judges))
if (unknown.length > 0) {
  console.error(`no such judge: ${unknown.join(', ')}; there are ${Object.keys(judges).join(', ')}`)
  process.exit(2)
}

const run = (file) => new Promise((done) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL(file, import.meta.url)), url, key], { stdio: ['ignore', 'inherit', 'inherit'] })
  child.on('close', (code) => done(code === 0))
})

let passed = 0
let failed = 0
for (const [name, file] of Object.entries(judges)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue
  const ok = await run(file)
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`)
  if (ok) passed++
  else failed++
}
console.log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 && passed > 0 ? 0 : 1)
