// node oidc-issuer.mjs: a real OpenID Connect issuer (oidc-provider) on a loopback port, for tests. It is not Entra ID: it only writes claims of the same names.
// Prints one line of JSON with its addresses, and ends when its input does. POST to the control address:
//   /set     { users, apps, redirect, signInAs, accessTokenSeconds, mode }   what it knows and how it behaves; what is left out stays
//   /rotate  {}                                                             a new signing key; the old one is gone
//   /sign    { claims, header, key }                                        a token with any claims and header, signed as header.alg says
//   /count   {}                                                             requests so far by path
import { createServer } from 'node:http'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 12)) {
  console.error(`The test issuer needs Node 20.12 or newer; this is ${process.version}.`)
  process.exit(3)
}
const { Provider } = await import('oidc-provider')
const { createMemoryAdapter } = await import('oidc-provider/lib/adapters/memory_adapter.js')

const scopes = 'access_as_user resources.read'
const state = { users: {}, apps: {}, redirect: 'http://127.0.0.1', signInAs: null, accessTokenSeconds: 300, mode: 'up' }
const counts = {}
let key
let answer

const clients = {
  'hub-pages': () => ({
    client_id: 'hub-pages', client_secret: 'pages-secret-for-tests', grant_types: ['authorization_code'], response_types: ['code'],
    redirect_uris: [`${state.redirect}/accounts/callback`], post_logout_redirect_uris: [`${state.redirect}/accounts/signed-out`],
  }),
  'hub-tool': () => ({
    client_id: 'hub-tool', token_endpoint_auth_method: 'none', grant_types: ['authorization_code'], response_types: ['code'],
    redirect_uris: ['http://127.0.0.1/done'],
  }),
  'hub-portal': () => ({
    client_id: 'hub-portal', client_secret: 'portal-secret-for-tests', grant_types: ['client_credentials'], response_types: [], redirect_uris: [],
  }),
}

const memory = createMemoryAdapter()
const adapter = (name) => (name === 'Client' ? { find: async (id) => clients[id]?.() } : memory(name))

function newKey() {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = Buffer.from(pair.publicKey.export({ type: 'spki', format: 'der' }).subarray(-24)).toString('base64url')
  return { ...pair, kid, jwk: { ...pair.privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } }
}

function rotate() {
  key = newKey()
  const provider = new Provider(issuer, {
    adapter,
    jwks: { keys: [key.jwk] },
    cookies: { keys: ['only for tests'] },
    claims: { openid: ['sub', 'name', 'tid', 'oid', 'groups', 'roles', 'hasgroups'] },
    conformIdTokenClaims: false,
    // The library's own page loads a font from elsewhere.
    renderError: (ctx, out) => { ctx.type = 'text/plain'; ctx.body = JSON.stringify(out) },
    pkce: { required: () => true },
    findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ ...state.users[id], sub: id }) }),
    extraTokenClaims: (ctx, token) => state.users[token.accountId] ?? state.apps[token.clientId],
    interactions: { url: (ctx, interaction) => `/interaction/${interaction.uid}` },
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId })
      grant.addOIDCScope('openid')
      for (const resource of ctx.oidc.params.resource ? [ctx.oidc.params.resource].flat() : ['api://hub']) grant.addResourceScope(resource, scopes)
      await grant.save()
      return grant
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      rpInitiatedLogout: { logoutSource: (ctx, form) => { ctx.body = `<!doctype html><title>Sign out</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>` } },
      resourceIndicators: {
        enabled: true,
        defaultResource: (ctx, client) => (client.clientId === 'hub-pages' ? undefined : 'api://hub'),
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx, resource) => ({ scope: scopes, audience: resource, accessTokenFormat: 'jwt', accessTokenTTL: state.accessTokenSeconds }),
      },
    },
  })
  provider.on('server_error', (ctx, error) => console.error(error))
  const callback = provider.callback()
  answer = (request, response) => (request.url.startsWith('/interaction/') ? interact(provider, request, response) : callback(request, response))
}

async function interact(provider, request, response) {
  const name = request.method === 'POST' ? new URLSearchParams(await bodyOf(request)).get('name') : state.signInAs
  if (state.users[name]) return provider.interactionFinished(request, response, { login: { accountId: name } })
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end('<!doctype html><title>Issuer</title><form method="post"><label>Name <input name="name" autofocus></label> <button>Sign in</button></form>')
}

async function bodyOf(request) {
  let text = ''
  for await (const piece of request) text += piece
  return text
}

function forge({ claims, header = {}, key: which }) {
  const head = { alg: 'RS256', typ: 'JWT', kid: key.kid, ...header }
  const text = [head, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  // The public key as an HMAC secret: what a verifier that trusts the token's own alg would check against.
  const signature = head.alg === 'none' ? Buffer.alloc(0)
    : head.alg === 'HS256' ? createHmac('sha256', key.publicKey.export({ type: 'spki', format: 'pem' })).update(text).digest()
    : sign('sha256', Buffer.from(text), which === 'stranger' ? newKey().privateKey : key.privateKey)
  return `${text}.${signature.toString('base64url')}`
}

const front = createServer((request, response) => {
  const path = request.url.split('?')[0].replace(/^\/(auth|interaction)\/.*/, '/$1')
  counts[path] = (counts[path] ?? 0) + 1
  if (state.mode === 'gone') request.socket.destroy()
  else if (state.mode === 'broken') response.writeHead(500).end('broken')
  else if (state.mode === 'up') answer(request, response)
  // 'silent': takes the request and never answers.
})
await new Promise((done) => front.listen(0, '127.0.0.1', done))
const issuer = `http://127.0.0.1:${front.address().port}`
rotate()

const control = createServer(async (request, response) => {
  const told = JSON.parse((await bodyOf(request)) || '{}')
  const verbs = {
    '/set': () => { Object.assign(state, told); if (state.mode !== 'up') front.closeIdleConnections(); return {} },
    '/rotate': () => { rotate(); return {} },
    '/sign': () => ({ token: forge(told) }),
    '/count': () => counts,
  }
  const done = verbs[request.url]?.()
  response.writeHead(done ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(done ?? {}))
})
await new Promise((done) => control.listen(0, '127.0.0.1', done))
console.log(JSON.stringify({ issuer, control: `http://127.0.0.1:${control.address().port}` }))
process.stdin.resume().on('end', () => process.exit(0))
