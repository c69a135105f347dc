// node gql-audit.mjs URL KEY: the graphql-http package's own audit of GraphQL over HTTP, as nobody and with a key. Every item must be ok, the optional ones too.
import { serverAudits } from 'graphql-http'

const url = new URL('/graphql', process.argv[2]).href
let wrong = 0
for (const [who, headers] of [['nobody', {}], ['a key', { authorization: `Bearer ${process.argv[3]}` }]]) {
  const audits = serverAudits({ url, fetchFn: (to, init = {}) => fetch(to, { ...init, headers: { ...init.headers, ...headers } }) })
  let ok = 0
  for (const audit of audits) {
    const { status, reason } = await audit.fn()
    if (status === 'ok') ok++
    else console.log(`${status} ${audit.id} ${audit.name}: ${reason}`)
  }
  console.log(`graphql over http, as ${who}: ${ok} of ${audits.length} ok`)
  if (ok < audits.length || audits.length < 61) wrong++
}
process.exit(wrong === 0 ? 0 : 1)
