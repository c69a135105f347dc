// A line as village schools have it: a TCP proxy that breaks the connection after so many bytes towards the hub, as often as it is told.
import net from 'node:net'

/** @param cuts bytes after which each connection in turn breaks; later ones hold. */
export function cuttingProxy(target, cuts) {
  const left = [...cuts]
  const proxy = { cut: 0, connections: 0, bytes: 0 }
  const server = net.createServer((near) => {
    proxy.connections++
    const far = net.connect(Number(target.port), target.hostname)
    let toGo = null
    near.on('data', (chunk) => {
      proxy.bytes += chunk.length
      // Small talk (creation, HEAD) is let through: what breaks is the body.
      if (toGo === null && chunk.length > 4096) toGo = left.shift() ?? Infinity
      if (toGo !== null && chunk.length >= toGo) {
        proxy.cut++
        far.write(chunk.subarray(0, toGo), () => {
          far.destroy()
          near.resetAndDestroy()
        })
        toGo = Infinity
        near.pause()
        return
      }
      if (toGo !== null) toGo -= chunk.length
      if (!far.write(chunk)) {
        near.pause()
        far.once('drain', () => near.resume())
      }
    })
    far.on('data', (chunk) => near.write(chunk))
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('close', () => other.destroy())
      one.on('error', () => other.destroy())
    }
  })
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => {
    proxy.url = `http://127.0.0.1:${server.address().port}`
    proxy.close = () => server.close()
    ready(proxy)
  }))
}
