import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'

export type CutProxy = {
  readonly port: number
  /** Ends every connection, and refuses new ones. */
  readonly cut: () => Promise<void>
  readonly mend: () => Promise<void>
  readonly close: () => Promise<void>
}

/** A network that can be cut: passes bytes to a port of this machine. */
export async function startProxy(to: number): Promise<CutProxy> {
  const open = new Set<Socket>()
  const pass = (from: Socket): void => {
    const target = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [from, target],
      [target, from],
    ]) {
      open.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
      one.pipe(other)
    }
  }
  let server = await listen(pass, 0)
  const { port } = server.address() as AddressInfo
  const cut = async (): Promise<void> => {
    if (!server.listening) return
    const closed = once(server, 'close')
    server.close()
    for (const socket of open) socket.destroy()
    await closed
  }
  return {
    port,
    cut,
    mend: async () => {
      server = await listen(pass, port)
    },
    close: cut,
  }
}

async function listen(pass: (socket: Socket) => void, port: number): Promise<Server> {
  const server = createServer(pass).listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}
