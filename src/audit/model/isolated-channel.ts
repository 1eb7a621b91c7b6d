import { ModelError, quoted } from '../errors.js'
import type { Isolation } from '../types/isolation.js'
import { firstLineWithoutPaths } from './describe-inference-error.js'
import { InferenceError } from './inference-channel.js'
import type { Channel, Confirm } from './inference-channel.js'
import type { InferenceReply, InferenceRequest } from './inference-protocol.js'
import type { ChildReply } from './child-protocol.js'
import { superviseChild } from './supervise-child.js'

type LoadRequest = Extract<InferenceRequest, { kind: 'load' }>

/** A loaded model: what to ask for to have it again in a fresh process, and its number in the process that runs now. */
type Session = { load: LoadRequest; readonly confirm: Confirm | undefined; number: number }

const ENCODE_MS = 600_000 // a large model on a slow CPU takes minutes for a batch
const BATCHES_PER_PROCESS = 2_000 // what is leaked over so many is little, and loading again is seldom (microsoft/onnxruntime#25325)

/**
 * Inference in a process of its own. When it ends, its models are loaded again, confirmed to be the same files, and what was under way is asked
 * again. Rejects with ChildEnded where a request ends the process again and again. Tensors are copied: those that were sent stay whole.
 */
export function openIsolatedChannel(isolation: Isolation): Channel {
  const { encodeMs: ms = ENCODE_MS, requestsPerProcess = BATCHES_PER_PROCESS } = isolation
  const sessions = new Map<number, Session>()
  let opened = 0
  const child = superviseChild({
    isolation,
    requestsPerProcess,
    onStart: async (ask) => {
      for (const session of sessions.values()) {
        const reply = inferenceReply(await ask({ message: () => session.load, ms }))
        if (reply.kind === 'failed') throw await notAgain(session, reply.message)
        if (reply.kind === 'loaded') session.number = reply.session
        await session.confirm?.()
      }
    },
  })
  return {
    ask: async (request, _moved, confirm) => {
      if (request.kind === 'load') {
        const reply = inferenceReply(await child.ask({ message: () => request, ms }))
        if (reply.kind !== 'loaded') return reply
        sessions.set(++opened, { load: request, confirm, number: reply.session })
        return { ...reply, session: opened }
      }
      const session = sessions.get(request.session)
      if (session === undefined) return { kind: 'failed', message: `no session ${request.session}` }
      const reply = inferenceReply(await child.ask({ message: () => ({ ...request, session: session.number }), ms }))
      if (reply.kind === 'unloaded') sessions.delete(request.session)
      if (reply.kind === 'profiled') session.load = { ...session.load, isProfiled: false }
      if (reply.kind !== 'ran' || request.kind !== 'run') return reply
      return { ...reply, spent: request.feeds.map(({ data }) => data) }
    },
    close: () => Promise.resolve(child.close()),
  }
}

/** It was loaded before: what has changed is the file. `confirm` knows which of its files, and says so itself. */
async function notAgain({ load: { source }, confirm }: Session, message: string): Promise<Error> {
  await confirm?.()
  if (!('path' in source)) return new InferenceError(message)
  return new ModelError('model.changed', {
    at: source.path,
    expected: 'the file that was loaded before',
    received: `one that ONNX Runtime no longer loads: ${quoted(firstLineWithoutPaths(message))}`,
    hint: 'Run again when nobody writes into the model folder',
  })
}

function inferenceReply(reply: ChildReply): InferenceReply {
  if (reply.kind === 'prepared' || reply.kind === 'drawn') throw new InferenceError(`unexpected reply ${reply.kind}`)
  return reply
}
