// The hub's own GraphQL page: ask, read the answer, look things up. It keeps nothing: the key is gone with the page.
const at = id => document.getElementById(id)
const texts = {
  zh: { running: '正在运行…', took: (status, ms) => `HTTP ${status} · ${ms} 毫秒`, offline: '无法连接服务器。', badJson: '变量不是有效的 JSON：', back: '← 全部类型', none: '没有找到。', args: '参数', example: '# 查询您能看到的资源；按 Ctrl+Enter 运行\n' },
  en: { running: 'Running…', took: (status, ms) => `HTTP ${status} · ${ms} ms`, offline: 'The server cannot be reached.', badJson: 'The variables are not valid JSON: ', back: '← All types', none: 'Nothing found.', args: 'Arguments', example: '# Resources that you may see; Ctrl+Enter runs it\n' },
}
let language = (navigator.language || 'zh').startsWith('zh') ? 'zh' : 'en'
let types = []
let shown = null
const text = () => texts[language]

function say() {
  document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  for (const element of document.querySelectorAll('[data-zh]')) element.textContent = element.dataset[language]
  at('language').textContent = language === 'zh' ? 'English' : '中文'
  at('language').lang = language === 'zh' ? 'en' : 'zh-CN'
}

async function send(query, variables) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' }
  const key = at('key').value.trim()
  if (key) headers.Authorization = `Bearer ${key}`
  return fetch('graphql', { method: 'POST', headers, body: JSON.stringify({ query, variables }) })
}

async function run() {
  let variables
  try {
    variables = at('variables').value.trim() ? JSON.parse(at('variables').value) : undefined
  } catch (wrong) {
    at('state').textContent = text().badJson + wrong.message
    return
  }
  at('state').textContent = text().running
  const began = performance.now()
  try {
    const answer = await send(at('query').value, variables)
    const body = await answer.text()
    at('state').textContent = text().took(answer.status, Math.round(performance.now() - began))
    try { at('answer').textContent = JSON.stringify(JSON.parse(body), null, 2) } catch { at('answer').textContent = body }
  } catch {
    at('state').textContent = text().offline
  }
}

const reference = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }'
const introspection = `{ __schema { types { kind name description fields { name description args { name description defaultValue type { ${reference} } } type { ${reference} } } inputFields { name description type { ${reference} } } enumValues { name description } possibleTypes { name } } } }`

const nameOf = type => type.kind === 'NON_NULL' ? nameOf(type.ofType) + '!' : type.kind === 'LIST' ? `[${nameOf(type.ofType)}]` : type.name
const namedOf = type => type.ofType ? namedOf(type.ofType) : type.name

function make(tag, content, ...children) {
  const element = document.createElement(tag)
  if (content) element.textContent = content
  element.append(...children)
  return element
}

function link(name, label = name) {
  const button = make('button', label)
  button.type = 'button'
  button.addEventListener('click', () => { shown = name; at('find').value = ''; show(); at('manual').querySelector('button')?.focus() })
  return button
}

function member(m) {
  const args = m.args?.length ? `(${m.args.map(a => `${a.name}: ${nameOf(a.type)}${a.defaultValue ? ` = ${a.defaultValue}` : ''}`).join(', ')})` : ''
  const term = make('dt', m.name + args + (m.type ? ': ' : ''))
  if (m.type) term.append(link(namedOf(m.type), nameOf(m.type)))
  const about = [m.description, ...(m.args ?? []).filter(a => a.description).map(a => `${a.name}: ${a.description}`)].filter(Boolean)
  return [term, ...about.map(words => make('dd', words))]
}

function show() {
  const manual = at('manual')
  const words = at('find').value.trim().toLowerCase()
  manual.replaceChildren()
  if (words) {
    const found = types.filter(t => [t, ...(t.fields ?? []), ...(t.inputFields ?? []), ...(t.enumValues ?? [])].some(x => `${x.name} ${x.description ?? ''}`.toLowerCase().includes(words)))
    manual.append(found.length ? make('ul', '', ...found.map(t => make('li', '', link(t.name)))) : make('p', text().none))
    return
  }
  const type = types.find(t => t.name === shown)
  if (!type) {
    manual.append(make('ul', '', ...types.map(t => make('li', '', link(t.name)))))
    return
  }
  manual.append(link(null, text().back), make('h3', type.name))
  if (type.description) manual.append(make('p', type.description))
  if (type.possibleTypes?.length) manual.append(make('ul', '', ...type.possibleTypes.map(t => make('li', '', link(t.name)))))
  manual.append(make('dl', '', ...[...(type.fields ?? []), ...(type.inputFields ?? []), ...(type.enumValues ?? [])].flatMap(member)))
}

async function learn() {
  try {
    const answer = await (await send(introspection)).json()
    types = answer.data.__schema.types.filter(t => !t.name.startsWith('__'))
    const first = ['Query', 'Mutation']
    types.sort((a, b) => (first.includes(b.name) - first.includes(a.name)) || b.name.startsWith('Query') - a.name.startsWith('Query') || a.name.localeCompare(b.name))
    show()
  } catch {
    at('manual').textContent = text().offline
  }
}

at('run').addEventListener('click', run)
at('find').addEventListener('input', show)
at('language').addEventListener('click', () => { language = language === 'zh' ? 'en' : 'zh'; say(); show() })
document.addEventListener('keydown', e => { if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); run() } })
const asked = new URLSearchParams(location.search)
say()
at('query').value = asked.get('query') ?? `${text().example}{\n  search(first: 5) {\n    totalCount\n    edges { node { title kind { label } school { name } } }\n  }\n}\n`
at('variables').value = asked.get('variables') ?? ''
learn()
